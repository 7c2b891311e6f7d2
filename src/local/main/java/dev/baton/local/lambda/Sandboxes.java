package dev.baton.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.AccessDenied;
import dev.baton.local.iam.policy.Context;
import dev.baton.local.sts.RoleSessions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs invocations: finds or makes a sandbox, holds the timeout, reports failures as the Java runtime does.
final class Sandboxes {
    /// A sandbox gets no invocation that could outlive its credentials by being as long as Lambda allows.
    private static final Duration MARGIN = Duration.ofMinutes(15);

    private final Account account;
    private final RoleSessions sessions;
    private final Supplier<@Nullable String> endpoint;
    private final Scheduler scheduler;
    private final List<InvocationObserver> observers;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("function-", 1).factory());

    Sandboxes(
            Account account,
            RoleSessions sessions,
            Supplier<@Nullable String> endpoint,
            Scheduler scheduler,
            List<InvocationObserver> observers) {
        this.account = account;
        this.sessions = sessions;
        this.endpoint = endpoint;
        this.scheduler = scheduler;
        this.observers = observers;
    }

    InvocationResult run(FunctionVersion version, Invocation invocation) {
        tell(observer -> observer.started(invocation));
        var start = System.nanoTime();
        var result = outcome(version, invocation, start);
        tell(observer -> observer.finished(invocation, result));
        return result;
    }

    private InvocationResult outcome(FunctionVersion version, Invocation invocation, long start) {
        var function = version.function();
        var work = threads.submit(handling(version, invocation));
        try {
            var payload = work.get(function.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return new InvocationResult(invocation.requestId(), version.version(), payload, null, null, since(start));
        } catch (TimeoutException e) {
            work.cancel(true);
            return failed(
                    invocation, version, FunctionError.timedOut(invocation.requestId(), function.timeout()), start);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AwsError error) {
                throw error;
            }
            var thrown = e.getCause() == null ? e : e.getCause();
            return failed(invocation, version, FunctionError.of(thrown), start);
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

    private Callable<byte[]> handling(FunctionVersion version, Invocation invocation) {
        return () -> {
            var idle = version.take(scheduler.now());
            var sandbox = idle == null ? open(version) : idle;
            var context = new InvocationContext(
                    invocation, version.function(), text -> tell(observer -> observer.logged(invocation, text)));
            var output = new ByteArrayOutputStream();
            sandbox.handler().handleRequest(new ByteArrayInputStream(invocation.payload()), output, context);
            // One that was interrupted by its timeout never gets here, and is not used again.
            version.giveBack(sandbox);
            return output.size() == 0 ? new byte[] {'n', 'u', 'l', 'l'} : output.toByteArray();
        };
    }

    private Sandbox open(FunctionVersion version) {
        var function = version.function();
        var context = Context.builder()
                .put("aws:SourceArn", account.arn("lambda", "function:" + function.name()))
                .put("aws:SourceAccount", account.id())
                .build();
        try {
            var credentials =
                    sessions.assumeAsService("lambda.amazonaws.com", function.roleArn(), function.name(), context);
            var session = credentials.caller().session();
            var expires = session == null ? scheduler.now().plus(Duration.ofHours(1)) : session.expiresAt();
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
            RequestStreamHandler handler = function.handler().apply(environment);
            return new Sandbox(handler, expires.minus(MARGIN));
        } catch (AccessDenied e) {
            throw new AwsError(
                    403,
                    "AccessDeniedException",
                    "The role defined for the function cannot be assumed by Lambda: " + function.roleArn() + ": "
                            + e.getMessage());
        }
    }

    private static void putIfPresent(HashMap<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    private void tell(Consumer<InvocationObserver> news) {
        for (var observer : observers) {
            try {
                news.accept(observer);
            } catch (RuntimeException e) {
                // Watching must not change what is watched.
            }
        }
    }

    void close() {
        threads.shutdownNow();
    }
}
