package dev.baton.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.local.lambda.process.Interpreter;
import dev.baton.local.lambda.process.InvocationLines;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.local.lambda.process.LogStreams;
import dev.baton.local.lambda.process.ProcessPool;
import dev.baton.local.lambda.process.RuntimeEnvironment;
import dev.baton.local.lambda.process.ScriptLanguage;
import dev.baton.local.logs.CurrentLog;
import dev.baton.local.logs.LogStream;
import dev.baton.local.logs.Logs;
import dev.baton.local.service.Foundation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs invocations: finds or makes a sandbox, holds the timeout, reports failures as the Java runtime does.
final class Sandboxes {
    /// A sandbox gets no invocation that could outlive its credentials by being as long as Lambda allows.
    private static final Duration MARGIN = Duration.ofMinutes(15);
    private static final Duration REAPING = Duration.ofMinutes(1);

    private final Account account;
    private final Authorizer authorizer;
    private final RoleSessions sessions;
    private final Supplier<@Nullable String> endpoint;
    private final Scheduler scheduler;
    private final List<InvocationObserver> observers;
    private final Logs logs;
    /// The functions whose role may not write their log: theirs is lost, as it is in Lambda.
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    private volatile @Nullable ProcessPool processes;
    private volatile @Nullable Path certificate;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("function-", 1).factory());

    Sandboxes(Foundation foundation, List<InvocationObserver> observers, Logs logs) {
        this.account = foundation.account();
        this.authorizer = foundation.authorizer();
        this.sessions = foundation.sessions();
        this.endpoint = foundation.endpoint();
        this.scheduler = foundation.scheduler();
        this.observers = observers;
        this.logs = logs;
    }

    /// From now on functions that were uploaded run, each in processes of its own.
    synchronized void runProcesses(JavaRuntime runtime) {
        if (processes != null) {
            throw new IllegalStateException("the functions' processes have a runtime already");
        }
        processes = new ProcessPool(runtime, scheduler::now, logs, this::log);
        reapLater();
    }

    /// Has functions in interpreters trust who shows a certificate.
    void trust(Path pem) {
        certificate = pem;
    }

    private void reapLater() {
        scheduler.at(scheduler.now().plus(REAPING), () -> {
            var pool = processes;
            if (pool != null) {
                threads.execute(pool::reap);
                reapLater();
            }
        });
    }

    InvocationResult run(FunctionVersion version, Invocation invocation) {
        tell(observer -> observer.started(invocation));
        var start = System.nanoTime();
        var result = outcome(version, invocation, start);
        tell(observer -> observer.finished(invocation, result));
        return result;
    }

    private InvocationResult outcome(FunctionVersion version, Invocation invocation, long start) {
        return switch (version.function().code()) {
            case FunctionCode.InProcess code -> here(version, code, invocation, start);
            case FunctionCode.Unpacked code -> inProcess(version, invocation, start);
        };
    }

    private InvocationResult inProcess(FunctionVersion version, Invocation invocation, long start) {
        var pool = processes;
        if (pool == null) {
            throw new AwsError(
                    502,
                    "InvalidRuntimeException",
                    "The embedded AWS was started without a runtime for functions that are uploaded.");
        }
        var language = ScriptLanguage.of(version.function().runtime());
        if (language != null && Interpreter.of(language).isEmpty()) {
            throw new AwsError(
                    502,
                    "InvalidRuntimeException",
                    RuntimeVersions.withoutProgram(version.function().runtime(), language));
        }
        try {
            var outcome = pool.run(version, version.function(), invocation, () -> {
                var credentials = credentials(version);
                return new ProcessPool.Start(
                        RuntimeEnvironment.of(environment(version, credentials), version.function(), version.version()),
                        freshUntil(credentials),
                        !silent.contains(version.function().name()));
            });
            return new InvocationResult(
                    invocation.requestId(),
                    version.version(),
                    outcome.payload(),
                    outcome.errorType() == null ? null : "Unhandled",
                    outcome.errorType(),
                    since(start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsError(500, "ServiceException", "The service is shutting down.");
        }
    }

    private InvocationResult here(
            FunctionVersion version, FunctionCode.InProcess code, Invocation invocation, long start) {
        var function = version.function();
        var work = threads.submit(handling(version, code, invocation));
        try {
            var payload = work.get(function.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return payload.length > FunctionError.MAX_RESPONSE
                    ? failed(invocation, version, FunctionError.tooLarge(), start)
                    : new InvocationResult(
                            invocation.requestId(), version.version(), payload, null, null, since(start));
        } catch (TimeoutException e) {
            work.cancel(true);
            return failed(
                    invocation, version, FunctionError.timedOut(invocation.requestId(), function.timeout()), start);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AwsError error) {
                throw error;
            }
            var thrown = e.getCause() == null ? e : e.getCause();
            return failed(invocation, version, FunctionError.of(invocation.requestId(), thrown), start);
        } catch (InterruptedException e) {
            work.cancel(true);
            Thread.currentThread().interrupt();
            throw new AwsError(500, "ServiceException", "The service is shutting down.");
        }
    }

    private static InvocationResult failed(
            Invocation invocation, FunctionVersion version, FunctionError error, long start) {
        return new InvocationResult(
                invocation.requestId(), version.version(), error.payload(), "Unhandled", error.type(), since(start));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Callable<byte[]> handling(FunctionVersion version, FunctionCode.InProcess code, Invocation invocation) {
        return () -> {
            var idle = version.take(scheduler.now());
            var sandbox = idle == null ? open(version, code) : idle;
            var around = new InvocationLines(sandbox.log(), invocation);
            around.start(version.version());
            var start = System.nanoTime();
            String status = "error";
            try (var log = CurrentLog.begin(sandbox.log()::add)) {
                var context = new InvocationContext(
                        invocation, version.function(), sandbox.log().name(), text -> {
                            sandbox.log().add(text);
                            log(invocation, text);
                        });
                var output = new ByteArrayOutputStream();
                sandbox.handler().handleRequest(new ByteArrayInputStream(invocation.payload()), output, context);
                status = null;
                // One that was interrupted by its timeout never gets here, and is not used again.
                version.giveBack(sandbox);
                return output.size() == 0 ? new byte[] {'n', 'u', 'l', 'l'} : output.toByteArray();
            } catch (Exception | Error e) {
                around.thrown(e);
                throw e;
            } finally {
                var took = since(start);
                var late = took.compareTo(version.function().timeout()) >= 0;
                around.end(took, version.function().memoryMegabytes(), 0, null, late ? "timeout" : status);
            }
        };
    }

    private Sandbox open(FunctionVersion version, FunctionCode.InProcess code) {
        var credentials = credentials(version);
        RequestStreamHandler handler = code.handler().apply(environment(version, credentials));
        return new Sandbox(handler, freshUntil(credentials), log(version));
    }

    private LogStream log(FunctionVersion version) {
        var function = version.function().name();
        if (silent.contains(function)) {
            return logs.nowhere();
        }
        var id = UUID.randomUUID().toString().replace("-", "");
        return logs.stream("/aws/lambda/" + function, LogStreams.name(scheduler::now, version.version(), id));
    }

    /// Lambda itself in the function's role: who tells a destination.
    ///
    /// @throws AwsError when the role cannot be assumed
    Caller role(FunctionVersion version) {
        return credentials(version).caller();
    }

    private AccessKey credentials(FunctionVersion version) {
        var function = version.function();
        var context = source(function.name());
        try {
            var credentials =
                    sessions.assumeAsService("lambda.amazonaws.com", function.roleArn(), function.name(), context);
            if (mayLog(function, credentials.caller())) {
                silent.remove(function.name());
            } else {
                silent.add(function.name());
            }
            return credentials;
        } catch (AccessDenied e) {
            throw new AwsError(
                    403,
                    "AccessDeniedException",
                    "The role defined for the function cannot be assumed by Lambda: " + function.roleArn() + ": "
                            + e.getMessage());
        }
    }

    boolean mayAssume(String function, String roleArn) {
        return sessions.mayAssumeAsService("lambda.amazonaws.com", roleArn, source(function));
    }

    private RequestContext source(String function) {
        return RequestContext.builder()
                .put("aws:SourceArn", account.arn("lambda", "function:" + function))
                .put("aws:SourceAccount", account.id())
                .build();
    }

    /// Lambda makes the stream and writes what a function prints, with the function's role.
    private boolean mayLog(LambdaFunction function, Caller role) {
        var stream = account.arn("logs", "log-group:/aws/lambda/" + function.name() + ":log-stream:any");
        return Stream.of("logs:CreateLogStream", "logs:PutLogEvents")
                .allMatch(action -> authorizer
                        .decide(new AccessRequest(role, action, stream, account.id(), RequestContext.EMPTY, null))
                        .allowed());
    }

    private void log(Invocation invocation, String line) {
        if (!silent.contains(invocation.function())) {
            tell(observer -> observer.logged(invocation, line));
        }
    }

    private Instant freshUntil(AccessKey credentials) {
        var session = credentials.caller().session();
        var expires = session == null ? scheduler.now().plus(Duration.ofHours(1)) : session.expiresAt();
        return expires.minus(MARGIN);
    }

    private HashMap<String, String> environment(FunctionVersion version, AccessKey credentials) {
        var function = version.function();
        var environment = new HashMap<>(function.environment());
        environment.put("AWS_REGION", account.region());
        environment.put("AWS_DEFAULT_REGION", account.region());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", version.version());
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
        environment.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
        putIfPresent(environment, "AWS_SESSION_TOKEN", credentials.sessionToken());
        putIfPresent(environment, "AWS_ENDPOINT_URL", endpoint.get());
        if (certificate != null && ScriptLanguage.of(function.runtime()) != null) {
            environment.put("AWS_CA_BUNDLE", certificate.toString());
            environment.put("NODE_EXTRA_CA_CERTS", certificate.toString());
        }
        return environment;
    }

    private static void putIfPresent(HashMap<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    void tell(Consumer<InvocationObserver> news) {
        for (var observer : observers) {
            try {
                news.accept(observer);
            } catch (RuntimeException | Error e) {
                // Watching must not change what is watched.
            }
        }
    }

    void close() {
        var pool = processes;
        processes = null;
        if (pool != null) {
            pool.close();
        }
        threads.shutdownNow();
    }
}
