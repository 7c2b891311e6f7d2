package dev.baton.local.ecs;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.logs.CurrentLog;
import dev.baton.local.logs.LogStream;
import dev.baton.local.logs.Logs;
import dev.baton.local.service.Foundation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Starts the containers of tasks: pulls the image, opens the log, gives the role's credentials, and waits for the end.
final class ContainerLauncher {
    private static final String SERVICE = "ecs-tasks.amazonaws.com";

    private final Account account;
    private final Authorizer authorizer;
    private final RoleSessions sessions;
    private final Supplier<@Nullable String> endpoint;
    private final InstantSource clock;
    private final Logs logs;
    private final List<String> options;
    private final Map<String, ContainerCode> images = new ConcurrentHashMap<>();
    /// A laptop has less room than Fargate; a container that finds none stays `PENDING`.
    private final Semaphore room =
            new Semaphore(Math.max(4, Runtime.getRuntime().availableProcessors()));
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("container-", 1).factory());

    ContainerLauncher(Foundation foundation, Logs logs, List<String> options) {
        this.account = foundation.account();
        this.authorizer = foundation.authorizer();
        this.sessions = foundation.sessions();
        this.endpoint = foundation.endpoint();
        this.clock = foundation.scheduler()::now;
        this.logs = logs;
        this.options = List.copyOf(options);
    }

    void put(String image, ContainerCode code) {
        images.put(image, code);
    }

    /// Starts the task's container and returns at once.
    ///
    /// @throws dev.baton.local.http.AwsError `ClientException` where ECS may not assume a role
    void start(ContainerTask task, @Nullable String executionRole) {
        var role = task.role();
        var credentials = role == null ? null : assume(task, role);
        var execution = executionRole == null ? null : assume(task, executionRole);
        threads.execute(() -> run(task, role, credentials, execution));
    }

    private AccessKey assume(ContainerTask task, String role) {
        var context = RequestContext.builder()
                .put("aws:SourceArn", task.arn())
                .put("aws:SourceAccount", account.id())
                .build();
        try {
            return sessions.assumeAsService(SERVICE, role, task.id(), context);
        } catch (AccessDenied e) {
            throw EcsErrors.client("ECS was unable to assume the role '" + role
                    + "' that was provided for this task. Please verify that the role being passed has the proper trust"
                    + " relationship and permissions and that your IAM user has permissions to pass this role.");
        }
    }

    private void run(
            ContainerTask task, @Nullable String role, @Nullable AccessKey credentials, @Nullable AccessKey execution) {
        task.pending();
        var image = task.definition().image();
        var code = images.get(image);
        if (code == null) {
            task.failedToStart("CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to"
                    + " resolve ref " + image + ": " + image + ": not found");
            return;
        }
        try {
            var log = log(task, execution);
            room.acquire();
            try {
                run(task, code, role, credentials, log);
            } finally {
                room.release();
            }
        } catch (AccessDenied e) {
            task.failedToStart("ResourceInitializationError: failed to validate logger args: create stream has been"
                    + " retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: "
                    + e.getMessage());
        } catch (IOException e) {
            task.failedToStart("CannotStartContainerError: " + e.getMessage());
        } catch (InterruptedException e) {
            task.stop("The embedded AWS is shut down");
        }
    }

    private void run(
            ContainerTask task,
            ContainerCode code,
            @Nullable String role,
            @Nullable AccessKey credentials,
            LogStream log)
            throws IOException, InterruptedException {
        var variables = variables(task);
        switch (code) {
            case ContainerCode.InProcess here -> {
                if (credentials != null) {
                    // One process has one environment: here the keys themselves stand for where to ask for them.
                    variables.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
                    variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
                    variables.put("AWS_SESSION_TOKEN", String.valueOf(credentials.sessionToken()));
                }
                var running = Thread.currentThread();
                if (task.running(running::interrupt)) {
                    task.exited(exitCode(here, variables, log));
                }
            }
            case ContainerCode.Unpacked files -> {
                if (credentials == null || role == null) {
                    run(task, files, variables, log);
                    return;
                }
                try (var source = new CredentialEndpoint(role, credentials, () -> assume(task, role), clock)) {
                    variables.putAll(source.variables());
                    run(task, files, variables, log);
                }
            }
        }
    }

    private void run(ContainerTask task, ContainerCode.Unpacked files, Map<String, String> variables, LogStream log)
            throws IOException, InterruptedException {
        var process = ContainerProcess.start(
                files.root(), task.command(), options, task.definition().memoryMegabytes(), variables, log);
        if (!task.running(process::stop)) {
            process.stop();
        }
        task.exited(process.await());
    }

    /// A JVM whose main method throws exits with 1.
    private static int exitCode(ContainerCode.InProcess here, Map<String, String> variables, LogStream log) {
        try (var work = CurrentLog.begin(log::add)) {
            return here.program().apply(variables).getAsInt();
        } catch (RuntimeException | Error e) {
            log.add(e.toString());
            return 1;
        }
    }

    private LogStream log(ContainerTask task, @Nullable AccessKey execution) {
        var configuration = task.definition().container().object("logConfiguration");
        var options = configuration.map("options");
        var stream = options.getOrDefault("awslogs-stream-prefix", "ecs") + "/"
                + task.definition().containerName() + "/" + task.id();
        var group = options.getOrDefault(
                "awslogs-group", "/ecs/" + task.definition().family());
        if (execution != null && "awslogs".equals(configuration.text("logDriver"))) {
            authorizer.require(
                    execution.caller(),
                    "logs:CreateLogStream",
                    account.arn("logs", "log-group:" + group + ":log-stream:" + stream),
                    RequestContext.EMPTY);
        }
        return logs.stream(group, stream);
    }

    private Map<String, String> variables(ContainerTask task) {
        var variables = new HashMap<>(task.variables());
        variables.put("AWS_REGION", account.region());
        variables.put("AWS_DEFAULT_REGION", account.region());
        variables.put("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE");
        var url = endpoint.get();
        if (url != null) {
            variables.put("AWS_ENDPOINT_URL", url);
        }
        return variables;
    }

    void close() {
        threads.shutdownNow();
    }
}
