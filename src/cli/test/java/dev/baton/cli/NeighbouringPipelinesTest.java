package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import dev.baton.local.iam.policy.Evaluator;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicySet;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.Request;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.run.Prefix;
import dev.baton.task.Pipeline;
import dev.baton.weather.WeatherReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pipelines whose names begin alike are as far apart as any others, for who deploys one of them and for who has a role
/// of one and lets its session say that it is the other.
class NeighbouringPipelinesTest {
    private static final String ACCOUNT = "123456789012";
    private static final Substitutions EXAMPLE = new Substitutions(Map.of(
            "AccountId", ACCOUNT,
            "Region", "eu-central-1",
            "Partition", "aws",
            "StateBucket", "state",
            "LakeBucket", "lake",
            "StateKey", "arn:aws:kms:eu-central-1:123456789012:key/s",
            "LakeKey", "arn:aws:kms:eu-central-1:123456789012:key/l",
            "EventBus", "default"));
    private static final List<CompiledPipeline> ALL = Stream.of("a", "a-b", "a-b-c", "ab", "weather", "weather-maps")
            .map(name -> compiled(name, Prefix.BATON))
            .toList();
    /// Of other environments of the account, with prefixes that begin alike.
    private static final List<CompiledPipeline> ELSEWHERE = Stream.of("weather", "a")
            .flatMap(name -> Stream.of("dev", "dev2", "bato").map(word -> compiled(name, new Prefix(word))))
            .toList();

    private static CompiledPipeline compiled(String name, Prefix prefix) {
        return Compiler.compile(Pipeline.of(name, WeatherReport.class), prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b", "a-b-c", "ab", "weather", "weather-maps"})
    void who_deploys_one_reaches_all_that_is_its_own_and_nothing_of_another(String name) {
        apart(ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow());
    }

    @Test
    void who_deploys_one_reaches_nothing_of_another_environment() {
        ELSEWHERE.forEach(NeighbouringPipelinesTest::apart);
    }

    private static void apart(CompiledPipeline own) {
        var name = own.name();
        var policy = PolicySet.NONE.withIdentity(policy(own.deployRole().policy()));
        var actions = new TreeSet<String>();
        ((List<?>) own.deployRole().policy().get("Statement")).forEach(statement -> {
            if ("Allow".equals(((Map<?, ?>) statement).get("Effect"))) {
                ((List<?>) ((Map<?, ?>) statement).get("Action")).forEach(action -> actions.add((String) action));
            }
        });
        for (var other : Stream.concat(ALL.stream(), ELSEWHERE.stream()).toList()) {
            for (var resource : resources(other)) {
                var granted = actions.stream()
                        .filter(action -> Evaluator.decide(
                                        request(
                                                own.deployRole(),
                                                action,
                                                resource,
                                                Map.of(
                                                        "iam:PermissionsBoundary",
                                                                List.of(EXAMPLE.in(own.boundary()
                                                                        .arn())),
                                                        "iam:PassedToService", List.of("lambda.amazonaws.com"),
                                                        "aws:RequestTag/baton:pipeline", List.of(name))),
                                        policy)
                                .allowed())
                        .toList();
                if (other == own) {
                    assertThat(granted).as(resource).isNotEmpty();
                } else {
                    assertThat(granted)
                            .as(own.machine().name() + " at " + resource)
                            .isEmpty();
                }
            }
        }
    }

    private static List<String> resources(CompiledPipeline pipeline) {
        var resources = new ArrayList<String>();
        var here = "eu-central-1:" + ACCOUNT + ":";
        pipeline.functions().forEach(function -> {
            resources.add("arn:aws:lambda:" + here + "function:" + function.name());
            resources.add("arn:aws:lambda:" + here + "function:" + function.name() + ":7");
            resources.add("arn:aws:logs:" + here + "log-group:/aws/lambda/" + function.name() + ":*");
            resources.add("arn:aws:logs:" + here + "log-group:/aws/lambda/" + function.name() + ":log-stream:");
        });
        var machine = pipeline.machine().name();
        for (var each : List.of(machine, machine + "-part-1")) {
            resources.add("arn:aws:states:" + here + "stateMachine:" + each);
            resources.add("arn:aws:logs:" + here + "log-group:/aws/vendedlogs/states/" + each + ":*");
        }
        resources.add("arn:aws:states:" + here + "stateMachine:" + machine + ":live");
        pipeline.roles().forEach(role -> resources.add(EXAMPLE.in(role.arn())));
        pipeline.triggers().forEach(rule -> resources.add("arn:aws:events:" + here + "rule/" + rule.name()));
        resources.add("arn:aws:sqs:" + here + machine + "-dead-letters");
        CompiledPipeline.ALARMS.forEach(
                alarm -> resources.add("arn:aws:cloudwatch:" + here + "alarm:" + machine + "-" + alarm));
        resources.add("arn:aws:cloudformation:" + here + "stack/" + machine + "/1");
        resources.add("arn:aws:cloudformation:" + here + "stack/" + machine + "-PipelineTasks1-ABC/1");
        resources.add(EXAMPLE.in(pipeline.boundary().arn()));
        return resources;
    }

    @Test
    void a_role_of_another_environment_writes_nothing_although_its_pipeline_has_the_same_name() {
        var weather = ALL.get(4);
        var dev = ELSEWHERE.getFirst();
        var runner = dev.roles().stream()
                .filter(role -> role.kind() == CompiledRole.Kind.RUNNER)
                .findFirst()
                .orElseThrow();
        var free = policy(Map.of(
                "Version", "2012-10-17", "Statement", Map.of("Effect", "Allow", "Action", "*", "Resource", "*")));
        var tags = Map.of(
                "aws:PrincipalTag/baton:pipeline", List.of("weather"),
                "aws:PrincipalTag/baton:records", List.of(runner.tags().get("baton:records")),
                "aws:SecureTransport", List.of("true"));
        var record = "arn:aws:s3:::state/completions/" + runner.tags().get("baton:records") + "/x.json";
        for (var owner : List.of(weather, dev)) {
            var policies = PolicySet.NONE
                    .withIdentity(free)
                    .withResource(policy(owner.buckets().getLast().policy()));
            assertThat(Evaluator.decide(request(runner, "s3:PutObject", record, tags), policies)
                            .allowed())
                    .as("into the bucket of " + owner.prefix())
                    .isEqualTo(owner == dev);
        }
        var source = Map.of("events:source", List.of("baton.weather"), "events:detail-type", List.of("Task Completed"));
        var bus = "arn:aws:events:eu-central-1:" + ACCOUNT + ":event-bus/default";
        assertThat(Evaluator.decide(
                                request(runner, "events:PutEvents", bus, source),
                                PolicySet.NONE.withIdentity(policy(runner.policy())))
                        .allowed())
                .as("in the name of the other")
                .isFalse();
    }

    @Test
    void a_session_that_says_it_is_another_pipelines_writes_nothing_there() {
        var weather = ALL.get(4);
        var maps = ALL.get(5);
        var runner = weather.roles().stream()
                .filter(role -> role.kind() == CompiledRole.Kind.RUNNER)
                .findFirst()
                .orElseThrow();
        var state = weather.buckets().getLast();
        // Who deploys a pipeline writes its roles' policies and trusts, and so the tags of their sessions.
        var free = policy(Map.of(
                "Version", "2012-10-17", "Statement", Map.of("Effect", "Allow", "Action", "*", "Resource", "*")));
        var bounded = PolicySet.NONE
                .withIdentity(free)
                .withBoundary(policy(weather.boundary().policy()))
                .withResource(policy(state.policy()));
        var forged = Map.of(
                "aws:PrincipalTag/baton:pipeline", List.of(maps.name()),
                "aws:PrincipalTag/baton:records", List.of("dev.acme.Theirs"),
                "aws:SecureTransport", List.of("true"));
        for (var key : List.of(
                "runs/weather-maps/r/pin.json",
                "runs/weather-maps/r/done/dev.acme.Theirs-x",
                "completions/dev.acme.Theirs/x.json",
                "deployments/weather-maps.json")) {
            assertThat(Evaluator.decide(request(runner, "s3:PutObject", "arn:aws:s3:::state/" + key, forged), bounded)
                            .allowed())
                    .as(key)
                    .isFalse();
        }
        // Only the boundary is between who deploys one and the outputs of the other; where it ends, is where it writes.
        var lake = weather.buckets().getFirst();
        var inLake = PolicySet.NONE
                .withIdentity(free)
                .withBoundary(policy(weather.boundary().policy()))
                .withResource(policy(lake.policy()));
        var everywhere = Map.of("aws:PrincipalTag/baton:writes-1", List.of(""), "aws:SecureTransport", List.of("true"));
        assertThat(Evaluator.decide(request(runner, "s3:PutObject", "arn:aws:s3:::lake/maps/x", everywhere), inLake)
                        .allowed())
                .isFalse();
        assertThat(Evaluator.decide(request(runner, "s3:PutObject", "arn:aws:s3:::lake/reports/x", everywhere), inLake)
                        .allowed())
                .as("its own")
                .isTrue();
        // Its own roles do write.
        var honest = Map.of(
                "aws:PrincipalTag/baton:pipeline", List.of("weather"),
                "aws:PrincipalTag/baton:records", List.of(runner.tags().get("baton:records")),
                "aws:SecureTransport", List.of("true"));
        var record = "arn:aws:s3:::state/completions/" + runner.tags().get("baton:records") + "/x.json";
        assertThat(Evaluator.decide(request(runner, "s3:PutObject", record, honest), bounded)
                        .allowed())
                .isTrue();
    }

    private static Request request(CompiledRole role, String action, String resource, Map<String, List<String>> keys) {
        var session = "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role.name() + "/example";
        return Request.of(
                new Principal.RoleSession(session, EXAMPLE.in(role.arn())),
                action,
                resource,
                ACCOUNT,
                RequestContext.of(keys));
    }

    private static Policy policy(Map<String, ?> policy) {
        return Policy.parse("example", Json.print(EXAMPLE.in(new LinkedHashMap<String, Object>(policy))));
    }
}
