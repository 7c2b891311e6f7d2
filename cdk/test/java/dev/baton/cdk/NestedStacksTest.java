package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Where functions lie when a pipeline grows: what has a fixed name can be in one stack only.
@ExtendWith(Stacks.class)
class NestedStacksTest {
    /// Of resources that have one, the property that the account knows them by.
    private static final Map<String, String> NAMES = Map.of(
            "AWS::Lambda::Function", "FunctionName",
            "AWS::IAM::Role", "RoleName",
            "AWS::Logs::LogGroup", "LogGroupName",
            "AWS::SQS::Queue", "QueueName",
            "AWS::StepFunctions::StateMachine", "StateMachineName");

    @Test
    void no_stack_has_more_than_sixty_and_every_function_is_in_one() {
        for (var count : List.of(1, 61, 200, 1_000, 1_500)) {
            var shards = NestedStacks.of(functions(count));
            assertThat(shards.values())
                    .allSatisfy(shard -> assertThat(shard).hasSizeLessThanOrEqualTo(NestedStacks.MOST));
            assertThat(shards.values().stream().mapToInt(List::size).sum()).isEqualTo(count);
            assertThat(NestedStacks.tooFull("many", functions(count))).isEmpty();
        }
    }

    @Test
    void another_function_moves_none() {
        var all = places(functions(1_500));
        for (var count = 1; count < 1_500; count += 7) {
            assertThat(all).containsAllEntriesOf(places(functions(count)));
        }
    }

    @Test
    void where_a_function_lies_is_on_record_because_it_must_never_change() {
        assertThat(places(functions(4)))
                .containsExactly(
                        Map.entry("baton-many-Task0", "Tasks31"),
                        Map.entry("baton-many-Task1", "Tasks18"),
                        Map.entry("baton-many-Task2", "Tasks06"),
                        Map.entry("baton-many-Task3", "Tasks26"));
    }

    @Test
    void more_classes_than_the_stacks_hold_are_told_before_anything_is_made() {
        assertThat(NestedStacks.tooFull("many", functions(3_000)))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.toString()).contains("ENV011", "many", "Tasks", "60"));
    }

    @Test
    void a_pipeline_that_grows_by_a_hundred_classes_leaves_every_name_with_the_resource_that_has_it() {
        var before = places(Example.in("dev"));
        var after = places(Stacks.of(
                "grown",
                app -> BatonApp.add(
                        app, Example.environment("dev"), List.of(grown()), Example.code(), Example.REVISION)));

        assertThat(before).hasSizeGreaterThan(30);
        assertThat(after).hasSizeGreaterThan(before.size() + 200).containsAllEntriesOf(before);
    }

    @Test
    void a_class_that_goes_leaves_its_function_and_roles_where_they_are_while_executions_need_them() {
        var named = "baton-weather-More7";
        var role = new RetainedResources.Role(
                named + "-runner",
                "/baton/weather/",
                Map.of("Version", "2012-10-17", "Statement", List.of()),
                new TreeMap<>(Map.of("baton", Map.of("Version", "2012-10-17", "Statement", List.of()))),
                "arn:aws:iam::111111111111:policy/baton/baton-weather-boundary",
                Map.of("baton:records", "dev.baton.Gone"));
        var service = new RetainedResources.Role(
                "baton-weather-Query", role.path(), role.trust(), role.policies(), role.boundary(), Map.of());
        var function = new RetainedResources.Function(
                named,
                "arn:aws:iam::111111111111:role/baton/weather/" + named + "-runner",
                CompiledFunction.Kind.TASK.handler(),
                512,
                60,
                Map.of(
                        "BATON_PIPELINE",
                        "weather",
                        "BATON_TASK_ROLE",
                        "arn:aws:iam::111111111111:role/baton/weather/" + named));
        var read = Map.<String, Object>of(
                "Effect", "Allow", "Action", List.of("s3:GetObject"), "Resource", List.of("arn:aws:s3:::lake/more/*"));
        var before = places(Stacks.of(
                "grown",
                app -> BatonApp.add(
                        app, Example.environment("dev"), List.of(grown()), Example.code(), Example.REVISION)));
        var shrunk = Stacks.of(
                "shrunk",
                app -> BatonApp.add(
                        app,
                        Example.environment("dev"),
                        List.of(Example.WEATHER),
                        Example.code(),
                        Example.REVISION,
                        Map.of(
                                "weather",
                                new RetainedResources(
                                        List.of(function),
                                        List.of(role, service),
                                        Map.of("baton-weather-WetSpells", List.of(read))))));
        var after = places(shrunk);

        var kept = new TreeMap<>(places(Example.in("dev")));
        for (var name : List.of(
                "AWS::Lambda::Function " + named,
                "AWS::IAM::Role " + named + "-runner",
                "AWS::Logs::LogGroup /aws/lambda/" + named)) {
            kept.put(name, before.get(name));
        }
        assertThat(kept).doesNotContainValue(null);
        assertThat(after).containsAllEntriesOf(kept);
        assertThat(after.get("AWS::IAM::Role baton-weather-Query")).startsWith("baton-weather ");
        assertThat(after).hasSize(kept.size() + 1);
        assertThat(shrunk.one("AWS::Lambda::Function", "FunctionName", named)
                        .body()
                        .toString())
                .contains("BATON_PIPELINE=weather", "Timeout=60", "DependsOn");
        var states = shrunk.one("AWS::IAM::Role", "RoleName", "baton-weather-states");
        assertThat(Json.print(shrunk.resolved(states.stack(), states.property("Policies"))))
                .contains(":function:" + named + ":*", ":role/baton/weather/baton-weather-Query\"");
        var task = shrunk.one("AWS::IAM::Role", "RoleName", "baton-weather-WetSpells");
        assertThat(Json.print(shrunk.resolved(task.stack(), task.property("Policies"))))
                .contains("KeptFromBefore1", "arn:aws:s3:::lake/more/*");
        var boundary = shrunk.one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "baton-weather-boundary");
        assertThat(Json.print(shrunk.resolved(boundary.stack(), boundary.property("PolicyDocument"))))
                .contains(":function:" + named + ":*");
        assertThat(shrunk.all("AWS::Lambda::Version")).hasSameSizeAs(Example.WEATHER.functions());
    }

    /// The stack and the logical id of each resource that has a name.
    private static Map<String, String> places(Synthesised synthesised) {
        var places = new TreeMap<String, String>();
        for (var resource : synthesised.all()) {
            var property = NAMES.get(resource.type());
            if (property != null) {
                var before = places.put(
                        resource.type() + " " + resource.property(property), resource.stack() + " " + resource.id());
                assertThat(before).isNull();
            }
        }
        return places;
    }

    /// The example with a hundred tasks more, each with a function and its role.
    private static CompiledPipeline grown() {
        var pipeline = Example.WEATHER;
        var like = pipeline.functions().stream()
                .filter(function -> function.name().endsWith("-WetSpells"))
                .findFirst()
                .orElseThrow();
        var functions = new ArrayList<>(pipeline.functions());
        var roles = new ArrayList<>(pipeline.roles());
        var role = pipeline.role(like.role());
        for (var i = 0; i < 100; i++) {
            var name = "baton-weather-More" + i;
            functions.add(new CompiledFunction(
                    name,
                    like.kind(),
                    like.taskClass(),
                    name + "-runner",
                    "More" + i + "Version",
                    new LinkedHashMap<>(),
                    like.memoryMegabytes(),
                    like.timeoutSeconds(),
                    Optional.empty(),
                    false));
            roles.add(new CompiledRole(
                    name + "-runner", role.path(), role.kind(), role.trust(), role.policy(), role.boundary()));
        }
        return new CompiledPipeline(
                pipeline.prefix(),
                pipeline.graph(),
                pipeline.machines(),
                pipeline.maps(),
                functions,
                pipeline.containers(),
                roles,
                pipeline.boundary(),
                pipeline.deployRole(),
                pipeline.triggers(),
                pipeline.schedules(),
                pipeline.rotations(),
                pipeline.buckets(),
                pipeline.findings());
    }

    private static Map<String, String> places(List<CompiledFunction> functions) {
        var places = new LinkedHashMap<String, String>();
        NestedStacks.of(functions)
                .forEach((shard, inside) -> inside.forEach(function -> places.put(function.name(), shard)));
        return new TreeMap<>(places);
    }

    private static List<CompiledFunction> functions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new CompiledFunction(
                        "baton-many-Task" + i,
                        CompiledFunction.Kind.TASK,
                        Optional.empty(),
                        "baton-many-Task" + i + "-runner",
                        "Task" + i + "Version",
                        new LinkedHashMap<>(),
                        512,
                        60,
                        Optional.empty(),
                        false))
                .toList();
    }
}
