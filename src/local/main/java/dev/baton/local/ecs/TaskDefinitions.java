package dev.baton.local.ecs;

import dev.baton.diagnostic.compute.FargateMemory;
import dev.baton.local.http.Account;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import dev.baton.local.service.Pagination;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Task definitions: families of revisions, of which none changes but that it may be deregistered, which makes it
/// `INACTIVE`: it can still be described, and what runs goes on, but it starts no task any more.
final class TaskDefinitions {
    /// The most that one answer lists.
    private static final Pagination PAGES = new Pagination(
            "maxResults", "nextToken", "nextToken", 100, () -> EcsErrors.parameter("Invalid token in request"));

    private final Account account;
    private final Map<String, List<TaskDefinition>> families = new LinkedHashMap<>();

    TaskDefinitions(Account account) {
        this.account = account;
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading(
                        "RegisterTaskDefinition", this::register, "ecs:RegisterTaskDefinition", "iam:PassRole"),
                ApiOperation.reading("DescribeTaskDefinition", this::describe),
                ApiOperation.reading("DeregisterTaskDefinition", this::deregister),
                ApiOperation.reading("ListTaskDefinitions", this::list));
    }

    /// Asks whether the caller may hand a role to ECS; nothing to ask where there is none.
    static void passRole(ApiCall call, @Nullable String role) {
        if (role != null) {
            call.passRole(role, "ecs-tasks.amazonaws.com");
        }
    }

    private Map<String, @Nullable Object> register(ApiInput input, ApiCall call) {
        var family = EcsErrors.require(input, "family");
        if (!family.matches("[A-Za-z0-9_-]{1,255}")) {
            throw EcsErrors.client("Family contains invalid characters.");
        }
        var resource = account.arn("ecs", "task-definition/" + family + ":*");
        call.require(resource);
        passRole(call, input.text("taskRoleArn"));
        passRole(call, input.text("executionRoleArn"));
        check(input);
        synchronized (families) {
            var revisions = families.computeIfAbsent(family, name -> new ArrayList<>());
            var revision = revisions.size() + 1;
            var arn = account.arn("ecs", "task-definition/" + family + ":" + revision);
            var definition = new TaskDefinition(arn, family, revision, TaskDefinition.ACTIVE, input);
            revisions.add(definition);
            return answer(definition);
        }
    }

    private static void check(ApiInput input) {
        var containers = input.objects("containerDefinitions");
        if (containers.isEmpty()) {
            throw EcsErrors.client("Container list cannot be empty.");
        }
        if (containers.size() > 1) {
            throw EcsErrors.client(
                    "The embedded AWS runs tasks of one container, but " + containers.size() + " were given.");
        }
        EcsErrors.require(containers.getFirst(), "name");
        EcsErrors.require(containers.getFirst(), "image");
        if (input.texts("requiresCompatibilities").contains("FARGATE")) {
            if (!"awsvpc".equals(input.text("networkMode"))) {
                throw EcsErrors.client("Fargate only supports network mode ‘awsvpc’.");
            }
            var sizes = FargateMemory.of(number(input, "cpu"));
            if (sizes.isEmpty() || !sizes.get().has(number(input, "memory"))) {
                throw EcsErrors.client("No Fargate configuration exists for given values: " + number(input, "cpu")
                        + " CPU, " + number(input, "memory")
                        + " memory. See the Amazon ECS documentation for the valid values.");
            }
        }
    }

    private static int number(ApiInput input, String name) {
        var text = EcsErrors.require(input, name);
        if (!text.matches("[0-9]{1,9}")) {
            throw EcsErrors.client("Invalid '" + name + "' setting for task.");
        }
        return Integer.parseInt(text);
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        call.require("*");
        return answer(find(EcsErrors.require(input, "taskDefinition")));
    }

    private Map<String, @Nullable Object> deregister(ApiInput input, ApiCall call) {
        call.require("*");
        var name = EcsErrors.require(input, "taskDefinition");
        if (!name.matches(".*:[0-9]+")) {
            throw EcsErrors.client("Invalid revision number. Number: null");
        }
        synchronized (families) {
            var ended = find(name).deregistered();
            Objects.requireNonNull(families.get(ended.family())).set(ended.revision() - 1, ended);
            return answer(ended);
        }
    }

    /// By family, and in each by revision.
    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        var family = input.text("familyPrefix");
        var status = input.text("status", TaskDefinition.ACTIVE);
        var arns = new ArrayList<String>();
        synchronized (families) {
            families.entrySet().stream()
                    .filter(each -> family == null || each.getKey().equals(family))
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(each -> each.getValue().stream()
                            .filter(definition -> definition.status().equals(status))
                            .map(TaskDefinition::arn)
                            .forEach(arns::add));
        }
        if ("DESC".equals(input.text("sort"))) {
            Collections.reverse(arns);
        }
        return PAGES.answer(input, "taskDefinitionArns", arns, Function.identity(), Function.identity());
    }

    private static Map<String, @Nullable Object> answer(TaskDefinition definition) {
        return JsonAnswer.of(
                "taskDefinition", definition.json(), "tags", definition.given().list("tags"));
    }

    /// @param name a family, for its latest active revision; `family:revision`; or the ARN of one of these
    /// @throws dev.baton.local.http.AwsError `ClientException` where there is none
    TaskDefinition find(String name) {
        var prefix = account.arn("ecs", "task-definition/");
        var plain = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        var colon = plain.indexOf(':');
        var family = colon < 0 ? plain : plain.substring(0, colon);
        synchronized (families) {
            var revisions = families.getOrDefault(family, List.of());
            return (colon < 0
                            ? revisions.reversed().stream()
                                    .filter(each -> each.status().equals(TaskDefinition.ACTIVE))
                            : revisions.stream()
                                    .filter(each ->
                                            Integer.toString(each.revision()).equals(plain.substring(colon + 1))))
                    .findFirst()
                    .orElseThrow(() -> EcsErrors.client("Unable to describe task definition."));
        }
    }
}
