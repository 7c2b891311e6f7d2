package dev.baton.local.ecs;

import dev.baton.json.Json;
import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Runs tasks, tells of them and stops them.
final class EcsTasks {
    /// What all overrides of a request may hold together, as JSON; see
    /// [TaskOverride](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html).
    private static final int MOST_OVERRIDES = 8_192;

    /// As many stopped tasks are remembered; ECS remembers them for an hour.
    private static final int KEPT = 1_000;

    private final Account account;
    private final InstantSource clock;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final ContainerLauncher containers;
    private final Map<String, ContainerTask> tasks = new ConcurrentHashMap<>();

    EcsTasks(
            Account account,
            InstantSource clock,
            Clusters clusters,
            TaskDefinitions definitions,
            ContainerLauncher containers) {
        this.account = account;
        this.clock = clock;
        this.clusters = clusters;
        this.definitions = definitions;
        this.containers = containers;
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("RunTask", this::run, "ecs:RunTask", "iam:PassRole"),
                ApiOperation.reading("DescribeTasks", this::describe),
                ApiOperation.reading("ListTasks", this::list),
                ApiOperation.reading("StopTask", this::stop));
    }

    private synchronized Map<String, @Nullable Object> run(ApiInput input, ApiCall call) {
        var definition = definitions.find(EcsErrors.require(input, "taskDefinition"));
        var cluster = clusters.name(input.text("cluster"));
        require(call, definition.arn(), cluster);
        if (!definition.status().equals(TaskDefinition.ACTIVE)) {
            throw EcsErrors.client("TaskDefinition is inactive");
        }
        var overrides = input.object("overrides");
        var role = overrides.text("taskRoleArn", definition.taskRole() == null ? "" : definition.taskRole());
        var execution = overrides.text(
                "executionRoleArn", definition.executionRole() == null ? "" : definition.executionRole());
        TaskDefinitions.passRole(call, role.isEmpty() ? null : role);
        TaskDefinitions.passRole(call, execution.isEmpty() ? null : execution);
        clusters.requireThere(cluster);
        check(input, definition);
        var before = before(input);
        if (before != null) {
            return answer(before);
        }
        var task = new ContainerTask(
                account.arn(
                        "ecs",
                        "task/" + cluster + "/" + UUID.randomUUID().toString().replace("-", "")),
                clusters.arn(cluster),
                definition,
                input,
                role.isEmpty() ? null : role,
                clock);
        forget();
        tasks.put(task.arn(), task);
        var answer = answer(task);
        containers.start(task, execution.isEmpty() ? null : execution);
        return answer;
    }

    private static Map<String, @Nullable Object> answer(ContainerTask task) {
        return JsonAnswer.of("failures", List.of(), "tasks", List.of(task.json()));
    }

    /// The task that was begun with the same token, as long as it is known.
    ///
    /// @throws dev.baton.local.http.AwsError `ConflictException` where something else was asked for with it
    private @Nullable ContainerTask before(ApiInput input) {
        var token = input.text("clientToken");
        if (token == null) {
            return null;
        }
        for (var task : tasks.values()) {
            if (token.equals(task.request().text("clientToken"))) {
                if (task.request().members().equals(input.members())) {
                    return task;
                }
                throw EcsErrors.conflict(task.arn());
            }
        }
        return null;
    }

    private static void check(ApiInput input, TaskDefinition definition) {
        if (input.has("count") && !"1".equals(String.valueOf(input.value("count")))) {
            throw EcsErrors.parameter("The embedded AWS runs one task with each request.");
        }
        if ("awsvpc".equals(definition.given().text("networkMode"))
                && input.object("networkConfiguration")
                        .object("awsvpcConfiguration")
                        .texts("subnets")
                        .isEmpty()) {
            throw EcsErrors.parameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
        var overrides = input.value("overrides");
        if (overrides != null && Json.print(overrides).length() > MOST_OVERRIDES) {
            throw EcsErrors.parameter("Container Overrides length must be at most " + MOST_OVERRIDES);
        }
        for (var override : input.object("overrides").objects("containerOverrides")) {
            if (!definition.containerName().equals(override.text("name"))) {
                throw EcsErrors.parameter("Override for container named " + override.text("name")
                        + " is not a container in the TaskDefinition.");
            }
        }
    }

    private void forget() {
        if (tasks.size() >= KEPT) {
            tasks.values().removeIf(task -> task.stopped().isDone());
        }
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var cluster = clusters.name(input.text("cluster"));
        clusters.requireThere(cluster);
        var found = new ArrayList<@Nullable Object>();
        var failures = new ArrayList<@Nullable Object>();
        for (var name : input.texts("tasks")) {
            var arn = arn(cluster, name);
            require(call, arn, cluster);
            var task = tasks.get(arn);
            if (task == null) {
                failures.add(Map.of("arn", arn, "reason", "MISSING"));
            } else {
                found.add(task.json());
            }
        }
        return JsonAnswer.of("failures", failures, "tasks", found);
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        var cluster = clusters.name(input.text("cluster"));
        require(call, "*", cluster);
        clusters.requireThere(cluster);
        var stopped = "STOPPED".equals(input.text("desiredStatus"));
        var arns = tasks.values().stream()
                .filter(task -> task.clusterArn().equals(clusters.arn(cluster)))
                .filter(task -> stopped == "STOPPED".equals(task.json().get("desiredStatus")))
                .map(ContainerTask::arn)
                .sorted()
                .toList();
        return Map.of("taskArns", arns);
    }

    private Map<String, @Nullable Object> stop(ApiInput input, ApiCall call) {
        var cluster = clusters.name(input.text("cluster"));
        clusters.requireThere(cluster);
        var arn = arn(cluster, EcsErrors.require(input, "task"));
        require(call, arn, cluster);
        var task = tasks.get(arn);
        if (task == null) {
            throw EcsErrors.parameter("The referenced task was not found.");
        }
        task.stop(input.text("reason", "Task stopped by user"));
        return Map.of("task", task.json());
    }

    private void require(ApiCall call, String resource, String cluster) {
        call.require(
                resource,
                RequestContext.builder()
                        .put("ecs:cluster", clusters.arn(cluster))
                        .build());
    }

    private String arn(String cluster, String task) {
        return task.startsWith("arn:") ? task : account.arn("ecs", "task/" + cluster + "/" + task);
    }

    /// @return null where nobody knows it
    @Nullable
    ContainerTask find(String arn) {
        return tasks.get(arn);
    }

    void close() {
        tasks.values().forEach(task -> task.stop("The embedded AWS is shut down"));
    }
}
