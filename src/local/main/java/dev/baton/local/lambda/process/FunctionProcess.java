package dev.baton.local.lambda.process;

import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.local.logs.LogStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An execution environment: one process that runs the invocations of one function version, one at a time.
///
/// It has nothing of this process's environment, a folder of its own for temporary files that holds as much as in
/// Lambda, and dies with its timeout.
public final class FunctionProcess implements AutoCloseable {
    /// Lambda gives the start this long beside the function's own timeout.
    private static final Duration INIT = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(200);
    /// How often its temporary files are measured while it runs.
    private static final Duration LOOK = Duration.ofMillis(50);

    private final LambdaFunction function;
    private final String version;
    private final RuntimeApi api;
    private final Process process;
    private final Path folder;
    private final TemporaryStorage storage;
    private final LogStream log;
    private final BiConsumer<Invocation, String> lines;
    private final CompletableFuture<Integer> exited;
    private final Thread reader;
    private final long started = System.nanoTime();
    private volatile @Nullable Invocation current;
    private boolean fresh = true;

    private FunctionProcess(
            LambdaFunction function,
            String version,
            RuntimeApi api,
            Process process,
            Path folder,
            LogStream log,
            BiConsumer<Invocation, String> lines) {
        this.function = function;
        this.version = version;
        this.api = api;
        this.process = process;
        this.folder = folder;
        this.storage = new TemporaryStorage(folder.resolve("tmp"));
        this.log = log;
        this.lines = lines;
        this.exited = process.onExit().thenApply(Process::exitValue);
        this.reader = Thread.ofVirtual().name("function-log").start(this::read);
    }

    /// The end of an invocation.
    ///
    /// @param payload what the function wrote, or the error's JSON
    /// @param errorType null where the function succeeded
    public record Outcome(byte[] payload, @Nullable String errorType) {}

    /// Starts the process; it is not waited for.
    ///
    /// @param runtime what it runs on
    /// @param folder for temporary files, deleted with it
    /// @param environment all variables that the function has
    /// @param lines is told each line that the function prints during an invocation
    public static FunctionProcess start(
            FunctionRuntime runtime,
            Path folder,
            LambdaFunction function,
            String version,
            Map<String, String> environment,
            LogStream log,
            InstantSource clock,
            BiConsumer<Invocation, String> lines)
            throws IOException {
        if (!(function.code() instanceof FunctionCode.Unpacked code)) {
            throw new IllegalArgumentException(function.name() + " has no code for a process of its own");
        }
        var temporary = Files.createDirectories(folder.resolve("tmp"));
        var api = new RuntimeApi(clock);
        try {
            var builder = new ProcessBuilder(runtime.command(function.memoryMegabytes(), temporary, code.handler()))
                    .directory(code.taskRoot().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
            builder.environment().put("_HANDLER", code.handler());
            builder.environment().put("LAMBDA_TASK_ROOT", code.taskRoot().toString());
            builder.environment().put("TMPDIR", temporary.toString());
            if (!runtime.opening().isEmpty()) {
                log.add(runtime.opening());
            }
            return new FunctionProcess(function, version, api, builder.start(), folder, log, lines);
        } catch (IOException e) {
            api.close();
            throw e;
        }
    }

    /// Whether it can take another invocation.
    public boolean alive() {
        return process.isAlive();
    }

    /// Waits until the runtime asks for its first invocation, which under SnapStart it does after it was restored.
    ///
    /// @return false where the start failed, or took longer
    public boolean awaitStart(Duration patience) throws InterruptedException {
        return first(patience, api.initialized(), api.initError(), exited)
                && api.initialized().isDone();
    }

    /// Runs one invocation to its end. Only one at a time.
    public Outcome run(Invocation invocation) throws InterruptedException {
        var timeout = function.timeout();
        current = invocation;
        var around = new InvocationLines(log, invocation);
        around.start(version);
        var delivery = api.deliver(invocation, timeout.toMillis());
        var limit = fresh ? timeout.plus(INIT) : timeout;
        var began = System.nanoTime();
        var taken = first(limit, delivery.taken, api.initError(), exited);
        var init = fresh && taken ? Duration.ofNanos(System.nanoTime() - started) : null;
        fresh = false;
        if (delivery.taken.isDone()) {
            began = System.nanoTime();
            awaitReply(timeout, delivery);
        }
        var full = storage.isExceeded();
        var reply = full ? ErrorBody.of("java.io.IOException", "No space left on device") : reply(delivery, invocation);
        around.end(
                Duration.ofNanos(System.nanoTime() - began),
                function.memoryMegabytes(),
                megabytesUsed(),
                init,
                status(delivery));
        if (delivery.reply.isDone() && !full) {
            // The client comes again in an instant, or ends after an error of the JVM.
            first(MOMENT, api.idle(), exited);
        } else {
            close();
        }
        current = null;
        return new Outcome(reply.payload(), reply.errorType());
    }

    /// Until it replies, ends, is out of time or has filled its storage.
    private void awaitReply(Duration timeout, RuntimeApi.Delivery delivery) throws InterruptedException {
        var end = System.nanoTime() + timeout.toNanos();
        while (!storage.isExceeded()) {
            var left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative() || first(left.compareTo(LOOK) < 0 ? left : LOOK, delivery.reply, exited)) {
                return;
            }
        }
    }

    private RuntimeApi.Reply reply(RuntimeApi.Delivery delivery, Invocation invocation) {
        var reply = delivery.reply.getNow(null);
        if (reply != null) {
            return reply;
        }
        var initError = api.initError().getNow(null);
        if (initError != null) {
            return initError;
        }
        var exit = exited.getNow(null);
        if (exit != null) {
            return ErrorBody.exited(invocation, exit);
        }
        var text = String.format(
                Locale.ROOT,
                "RequestId: %s Error: Task timed out after %.2f seconds",
                invocation.requestId(),
                function.timeout().toMillis() / 1000.0);
        return ErrorBody.of("Sandbox.Timedout", text);
    }

    /// Waits for the first of them.
    ///
    /// @return false where the time was over before
    private static boolean first(Duration limit, CompletableFuture<?>... futures) throws InterruptedException {
        try {
            CompletableFuture.anyOf(futures).get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("none of these ends in an exception", e);
        }
    }

    /// What a report says of an end that no answer was.
    private @Nullable String status(RuntimeApi.Delivery delivery) {
        return delivery.reply.isDone()
                ? null
                : exited.isDone() || api.initError().isDone() ? "error" : "timeout";
    }

    /// The most that was ever resident; 0 where the system does not tell.
    private long megabytesUsed() {
        try (var status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }

    private void read() {
        try (var text = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = text.readLine(); line != null; line = text.readLine()) {
                log.add(line);
                var about = current;
                if (about != null) {
                    lines.accept(about, line);
                }
            }
        } catch (IOException e) {
            // It was killed; what it had written was read.
            return;
        }
    }

    /// Asks the process to end, which lets a JVM write what it writes at its end, such as an AOT cache, and waits for
    /// that.
    public void end() throws InterruptedException {
        // Process.destroy would close what the JVM still writes to.
        process.toHandle().destroy();
        process.waitFor();
        close();
    }

    /// Processor time that the process has used, user and system.
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// Kills the process and deletes what it left.
    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
        try {
            process.waitFor();
            reader.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var inside = Files.walk(folder)) {
            for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // Temporary files that somebody still holds are left to the system.
            return;
        }
    }

    @Override
    public String toString() {
        return function.name() + ":" + version + " (process " + process.pid() + ")";
    }
}
