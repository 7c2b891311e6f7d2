package dev.baton.local.ecs;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.policy.RequestContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Task definitions: families of revisions, of which none changes but that it may be deregistered, which makes it
/// `INACTIVE`: it can still be described, and what runs goes on, but it starts no task any more.
final class TaskDefinitions {
    /// The most that one answer lists.
    private static final int MOST_LISTED = 100;

    private final Account account;
    private final Authorizer authorizer;
    private final Map<String, List<TaskDefinition>> families = new LinkedHashMap<>();

    TaskDefinitions(Account account, Authorizer authorizer) {
        this.account = account;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        return Map.of(
                "RegisterTaskDefinition", (input, request) -> register(new EcsInput(input), request),
                "DescribeTaskDefinition", (input, request) -> describe(new EcsInput(input), request),
                "DeregisterTaskDefinition", (input, request) -> deregister(new EcsInput(input), request),
                "ListTaskDefinitions", (input, request) -> list(new EcsInput(input), request));
    }

    /// Asks whether the caller may hand a role to ECS; nothing to ask where there is none.
    void passRole(AwsRequest request, @Nullable String role) {
        if (role != null) {
            var context = RequestContext.builder()
                    .put("iam:PassedToService", "ecs-tasks.amazonaws.com")
                    .build();
            authorizer.require(request.caller(), "iam:PassRole", role, context.or(request.context()));
        }
    }

    private Map<String, @Nullable Object> register(EcsInput input, AwsRequest request) {
        var family = input.require("family");
        if (!family.matches("[A-Za-z0-9_-]{1,255}")) {
            throw EcsErrors.client("Family contains invalid characters.");
        }
        var resource = account.arn("ecs", "task-definition/" + family + ":*");
        authorizer.require(request.caller(), "ecs:RegisterTaskDefinition", resource, request.context());
        passRole(request, input.text("taskRoleArn"));
        passRole(request, input.text("executionRoleArn"));
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

    private static void check(EcsInput input) {
        var containers = input.objects("containerDefinitions");
        if (containers.isEmpty()) {
            throw EcsErrors.client("Container list cannot be empty.");
        }
        if (containers.size() > 1) {
            throw EcsErrors.client(
                    "The embedded AWS runs tasks of one container, but " + containers.size() + " were given.");
        }
        containers.getFirst().require("name");
        containers.getFirst().require("image");
        if (input.texts("requiresCompatibilities").contains("FARGATE")) {
            if (!"awsvpc".equals(input.text("networkMode"))) {
                throw EcsErrors.client("Fargate only supports network mode ‘awsvpc’.");
            }
            if (!FargateSizes.exists(number(input, "cpu"), number(input, "memory"))) {
                throw EcsErrors.client("No Fargate configuration exists for given values: " + number(input, "cpu")
                        + " CPU, " + number(input, "memory")
                        + " memory. See the Amazon ECS documentation for the valid values.");
            }
        }
    }

    private static int number(EcsInput input, String name) {
        var text = input.require(name);
        if (!text.matches("[0-9]{1,9}")) {
            throw EcsErrors.client("Invalid '" + name + "' setting for task.");
        }
        return Integer.parseInt(text);
    }

    private Map<String, @Nullable Object> describe(EcsInput input, AwsRequest request) {
        authorizer.require(request.caller(), "ecs:DescribeTaskDefinition", "*", request.context());
        return answer(find(input.require("taskDefinition")));
    }

    private Map<String, @Nullable Object> deregister(EcsInput input, AwsRequest request) {
        authorizer.require(request.caller(), "ecs:DeregisterTaskDefinition", "*", request.context());
        var name = input.require("taskDefinition");
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
    private Map<String, @Nullable Object> list(EcsInput input, AwsRequest request) {
        authorizer.require(request.caller(), "ecs:ListTaskDefinitions", "*", request.context());
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
        var from = Math.clamp(count(input.text("nextToken"), 0), 0, arns.size());
        var most = input.members().get("maxResults") instanceof Number number ? number.intValue() : MOST_LISTED;
        var to = Math.min(arns.size(), from + Math.clamp(most, 1, MOST_LISTED));
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("taskDefinitionArns", List.copyOf(arns.subList(from, to)));
        if (to < arns.size()) {
            answer.put("nextToken", Integer.toString(to));
        }
        return answer;
    }

    private static int count(@Nullable String token, int otherwise) {
        if (token == null) {
            return otherwise;
        }
        if (!token.matches("[0-9]{1,9}")) {
            throw EcsErrors.parameter("Invalid token in request");
        }
        return Integer.parseInt(token);
    }

    private static Map<String, @Nullable Object> answer(TaskDefinition definition) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("taskDefinition", definition.json());
        answer.put("tags", definition.given().members().get("tags") instanceof List<?> tags ? tags : List.of());
        return answer;
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
