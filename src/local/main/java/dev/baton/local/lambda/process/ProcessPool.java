package dev.baton.local.lambda.process;

import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.local.logs.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The execution environments of all functions: an invocation gets an idle one of its function version, or a new one.
/// Idle ones go after a while, or when there are too many processes and another function needs one.
public final class ProcessPool implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final JavaRuntime runtime;
    private final InstantSource clock;
    private final Logs logs;
    private final BiConsumer<Invocation, String> lines;
    /// Guards all that follows.
    private final Object lock = new Object();

    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Set<FunctionProcess> all = new HashSet<>();
    private int live;
    private boolean closed;

    private @Nullable Workshop workshop;

    /// What all processes need, made for the first of them.
    private Workshop workshop() throws IOException {
        synchronized (lock) {
            if (workshop == null) {
                workshop = new Workshop(Files.createTempDirectory("baton-functions-"), runtime);
            }
            return workshop;
        }
    }

    private record Idle(Object owner, FunctionProcess process, Instant since, Instant freshUntil) {}

    /// The start of a new environment.
    ///
    /// @param freshUntil until when its credentials serve another invocation
    /// @param logged whether its role may write the log; what it prints is lost otherwise, as it is in Lambda
    public record Start(Map<String, String> environment, Instant freshUntil, boolean logged) {}

    /// @param lines is told each line that a function prints during an invocation
    public ProcessPool(JavaRuntime runtime, InstantSource clock, Logs logs, BiConsumer<Invocation, String> lines) {
        this.runtime = runtime;
        this.clock = clock;
        this.logs = logs;
        this.lines = lines;
    }

    /// Runs an invocation to its end.
    ///
    /// @param owner the function version; equal only to itself
    /// @param start makes credentials and environment where a new process is needed
    public FunctionProcess.Outcome run(
            Object owner, LambdaFunction function, Invocation invocation, Supplier<Start> start)
            throws InterruptedException {
        var taken = take(owner);
        if (taken == null) {
            taken = open(owner, function, invocation.version(), start);
        }
        var process = taken.process();
        try {
            return process.run(invocation);
        } finally {
            giveBack(taken);
        }
    }

    /// An idle process of the owner; null where there is leave for a new one.
    private @Nullable Idle take(Object owner) throws InterruptedException {
        var gone = new ArrayList<FunctionProcess>();
        try {
            synchronized (lock) {
                while (true) {
                    if (closed) {
                        throw new InterruptedException("the functions' processes are shut down");
                    }
                    reap(gone);
                    for (var candidate : idle) {
                        if (candidate.owner() == owner) {
                            idle.remove(candidate);
                            return candidate;
                        }
                    }
                    if (live < runtime.processes()) {
                        live++;
                        return null;
                    }
                    var oldest = idle.pollLast();
                    if (oldest != null) {
                        // Its place is taken over, so the number of processes stays.
                        all.remove(oldest.process());
                        gone.add(oldest.process());
                        return null;
                    }
                    lock.wait();
                }
            }
        } finally {
            gone.forEach(FunctionProcess::close);
        }
    }

    /// Takes out what is dead or has waited too long.
    private void reap(List<FunctionProcess> gone) {
        var now = clock.instant();
        idle.removeIf(candidate -> {
            var over = !candidate.process().alive()
                    || !now.isBefore(candidate.freshUntil())
                    || !now.isBefore(candidate.since().plus(IDLE));
            if (over) {
                all.remove(candidate.process());
                gone.add(candidate.process());
                live--;
            }
            return over;
        });
    }

    private Idle open(Object owner, LambdaFunction function, String version, Supplier<Start> start) {
        try {
            var how = start.get();
            var id = UUID.randomUUID().toString().replace("-", "");
            var environment = new java.util.HashMap<>(how.environment());
            var stream = environment.computeIfAbsent(
                    "AWS_LAMBDA_LOG_STREAM_NAME", name -> LogStreams.name(clock, version, id));
            var group = environment.getOrDefault("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
            var log = how.logged() ? logs.stream(group, stream) : logs.nowhere();
            var common = workshop();
            var process = FunctionProcess.start(
                    common.runtime(function.runtime()),
                    common.folder().resolve(id),
                    function,
                    version,
                    environment,
                    log,
                    clock,
                    lines);
            synchronized (lock) {
                all.add(process);
            }
            return new Idle(owner, process, clock.instant(), how.freshUntil());
        } catch (IOException e) {
            leave();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            leave();
            throw e;
        }
    }

    private void leave() {
        synchronized (lock) {
            live--;
            lock.notifyAll();
        }
    }

    private void giveBack(Idle used) {
        var keep = false;
        synchronized (lock) {
            keep = used.process().alive() && !closed;
            if (keep) {
                idle.addFirst(new Idle(used.owner(), used.process(), clock.instant(), used.freshUntil()));
            } else {
                all.remove(used.process());
                live--;
            }
            lock.notifyAll();
        }
        if (!keep) {
            used.process().close();
        }
    }

    /// Ends the idle processes whose time is over; called now and then.
    public void reap() {
        var gone = new ArrayList<FunctionProcess>();
        synchronized (lock) {
            reap(gone);
            lock.notifyAll();
        }
        gone.forEach(FunctionProcess::close);
    }

    /// Kills all processes.
    @Override
    public void close() {
        List<FunctionProcess> processes;
        synchronized (lock) {
            closed = true;
            processes = List.copyOf(all);
            idle.clear();
            lock.notifyAll();
        }
        processes.forEach(FunctionProcess::close);
        if (workshop != null) {
            FunctionProcess.delete(workshop.folder());
        }
    }
}
