package dev.baton.local.states.integration;

import dev.baton.asl.service.Integration;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.task.TaskProgress;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.ecs.Ecs;
import dev.baton.local.events.Connections;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.service.Service;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Calls services for Task states.
public final class Integrations implements TaskHandler {
    private static final String LOST =
            "The embedded AWS ended while the task ran; whether it had an effect is unknown.";

    private final TaskRoles roles;
    private final LambdaTasks lambda;
    private final ExecutionTasks executions;
    private final SdkTasks sdk;
    private final DynamoDbTasks dynamoDb;
    private final EventTasks events;
    private final SnsTasks sns;
    private final SqsTasks sqs;
    private final ContainerTasks containers;
    private final HttpTasks http;
    private final ActivityQueue activities;
    private final Executor threads;

    /// Executions that a state starts.
    public interface Nested {
        Execution start(
                Caller caller,
                String machineArn,
                @Nullable String name,
                @Nullable String input,
                RequestContext context);

        void stop(Caller caller, String executionArn, RequestContext context);

        /// One that was started before; null where it is not known any more.
        @Nullable
        Execution find(String executionArn);

        /// What DescribeExecution answers.
        ///
        /// @throws dev.baton.local.http.AccessDenied when the caller may not
        Map<String, @Nullable Object> describe(Caller caller, Execution execution, RequestContext context);
    }

    /// The way to the APIs that HTTP tasks call.
    ///
    /// @param connections what authorises requests
    /// @param http sends them
    /// @param reach where an address really is: itself, or a server that stands in for it
    public record Apis(Connections connections, Supplier<HttpClient> http, UnaryOperator<URI> reach) {}

    /// The queue in which the work of activities waits for workers.
    public interface ActivityQueue {
        boolean has(String activityArn);

        void add(String activityArn, TaskStateInvocation invocation, TaskCompletion completion);
    }

    public Integrations(
            Account account,
            RoleSessions sessions,
            Lambda lambda,
            Ecs ecs,
            Supplier<Nested> nested,
            ActivityQueue activities,
            Function<String, @Nullable Service> services,
            Apis apis,
            Authorizer authorizer,
            Scheduler scheduler,
            Executor threads) {
        this.roles = new TaskRoles(account, sessions, scheduler);
        this.lambda = new LambdaTasks(lambda, scheduler);
        this.executions = new ExecutionTasks(nested, scheduler);
        var calls = new ServiceCalls(account, services, scheduler);
        this.dynamoDb = new DynamoDbTasks(calls, scheduler);
        this.sdk = new SdkTasks(calls, lambda, dynamoDb);
        this.events = new EventTasks(calls, scheduler);
        this.sns = new SnsTasks(sdk, scheduler);
        this.sqs = new SqsTasks(sdk, scheduler);
        this.containers = new ContainerTasks(calls, ecs, scheduler);
        this.http = new HttpTasks(account, authorizer, apis);
        this.activities = activities;
        this.threads = threads;
    }

    /// Says which machine a role is used by, for what reads and writes items knows the role only.
    public void expect(String roleArn, String machineArn) {
        roles.expect(roleArn, machineArn);
    }

    @Override
    public void start(TaskStateInvocation invocation, TaskCompletion completion) {
        if (invocation.resource() instanceof TaskResource.Activity activity) {
            activities.add(activity.arn(), invocation, completion);
        } else {
            threads.execute(() -> call(invocation, completion));
        }
    }

    @Override
    public @Nullable String missing(TaskResource resource) {
        return resource instanceof TaskResource.Activity(var arn) && !activities.has(arn)
                ? "Activity Does Not Exist: '" + arn + "'"
                : null;
    }

    /// Of an optimised integration the parameters are looked at before anything is called. See [Passing parameters to a
    /// service API](https://docs.aws.amazon.com/step-functions/latest/dg/connect-parameters.html).
    @Override
    public @Nullable String refused(TaskStateInvocation invocation) {
        if (!(invocation.resource() instanceof TaskResource.Integration called)
                || called.isSdk()
                || !(invocation.parameters() instanceof Map<?, ?> map)) {
            return null;
        }
        var integration = Integration.named(called.service() + ":" + called.action());
        @SuppressWarnings("unchecked")
        var problems = integration == null ? List.of() : integration.problems((Map<String, ?>) map);
        return problems.isEmpty()
                ? null
                : "The Parameters '" + Json.print(map) + "' could not be used to start the Task: " + problems;
    }

    /// A worker that holds a token may still use it, an execution that was started goes on; what a function or a
    /// service was doing is unknown, as when a machine of the account's fails.
    @Override
    public void resume(TaskStateInvocation invocation, TaskProgress progress, TaskCompletion completion) {
        switch (invocation.resource()) {
            case TaskResource.Activity activity -> {
                if (!progress.started()) {
                    activities.add(activity.arn(), invocation, completion);
                }
            }
            case TaskResource.Function function -> completion.failure("Lambda.Unknown", LOST);
            case TaskResource.Integration integration -> {
                if (!progress.submitted()) {
                    completion.failure(
                            integration.service().equals("lambda") ? "Lambda.Unknown" : "States.TaskFailed", LOST);
                } else if (integration.pattern() != IntegrationPattern.WAIT_FOR_TASK_TOKEN) {
                    threads.execute(() -> await(integration, invocation, progress, completion));
                }
            }
        }
    }

    private void await(
            TaskResource.Integration integration,
            TaskStateInvocation invocation,
            TaskProgress progress,
            TaskCompletion completion) {
        try {
            var execution = progress.submission() instanceof Map<?, ?> answer
                            && answer.get("ExecutionArn") instanceof String arn
                    ? executions.find(arn)
                    : null;
            if (execution == null) {
                completion.failure("States.TaskFailed", LOST);
            } else {
                executions.await(roles.caller(invocation), execution, integration.pattern(), completion);
            }
        } catch (TaskFailure e) {
            completion.failure(e.error(), e.getMessage());
        }
    }

    private void call(TaskStateInvocation invocation, TaskCompletion completion) {
        try {
            var caller = roles.caller(invocation);
            switch (invocation.resource()) {
                case TaskResource.Function function ->
                    completion.success(lambda.function(caller, function.arn(), invocation.parameters()));
                case TaskResource.Integration integration -> call(integration, caller, invocation, completion);
                case TaskResource.Activity activity -> throw new IllegalStateException("waits in its queue");
            }
        } catch (TaskFailure e) {
            completion.failure(e.error(), e.getMessage());
        } catch (RuntimeException e) {
            completion.failure("States.Runtime", String.valueOf(e.getMessage()));
        } catch (Error e) {
            // Memory or stack at their end, or a class that is not there.
            completion.failure("States.Runtime", e.toString());
        }
    }

    private void call(
            TaskResource.Integration integration,
            Caller caller,
            TaskStateInvocation invocation,
            TaskCompletion completion)
            throws TaskFailure {
        if (!(invocation.parameters() instanceof Map<?, ?> map)) {
            throw new TaskFailure("States.Runtime", "The parameters of " + integration.arn() + " must be an object.");
        }
        @SuppressWarnings("unchecked")
        var parameters = (Map<String, @Nullable Object>) map;
        var name = integration.service() + ":" + integration.action();
        if (name.equals("states:startExecution")) {
            executions.start(caller, parameters, integration.pattern(), completion);
            return;
        }
        if (name.equals("ecs:runTask")) {
            containers.run(caller, parameters, integration.pattern(), completion);
            return;
        }
        var result = switch (name) {
            case "lambda:invoke" -> lambda.invoke(caller, parameters);
            case "sns:publish" -> sns.publish(caller, parameters);
            case "sqs:sendMessage" -> sqs.sendMessage(caller, parameters);
            case "dynamodb:getItem", "dynamodb:putItem", "dynamodb:updateItem", "dynamodb:deleteItem" ->
                dynamoDb.call(caller, integration.action(), parameters);
            case "events:putEvents" -> events.putEvents(caller, parameters, invocation);
            case "http:invoke" -> http.invoke(caller, parameters, invocation, completion);
            default -> {
                if (!integration.isSdk()) {
                    throw new TaskFailure(
                            "States.Runtime", "The embedded AWS has no integration " + integration.arn() + ".");
                }
                yield sdk.call(caller, integration.service(), integration.action(), parameters);
            }
        };
        if (integration.pattern() == IntegrationPattern.WAIT_FOR_TASK_TOKEN) {
            completion.submitted(result);
        } else {
            completion.success(result);
        }
    }

    TaskRoles roles() {
        return roles;
    }

    /// Makes one call of a service as an SDK integration does.
    ///
    /// @param service such as `secretsmanager`
    /// @param action such as `rotateSecret`
    /// @throws AwsError what the service answers instead
    public void call(Caller caller, String service, String action, Map<String, @Nullable Object> parameters) {
        try {
            sdk.call(caller, "aws-sdk:" + service, action, parameters);
        } catch (TaskFailure e) {
            throw new AwsError(400, String.valueOf(e.error()), String.valueOf(e.getMessage()));
        }
    }

    SdkTasks sdk() {
        return sdk;
    }
}
