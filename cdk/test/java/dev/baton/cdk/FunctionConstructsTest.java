package dev.baton.cdk;

import static dev.baton.cdk.Example.GOVERNED;
import static dev.baton.cdk.Example.REVISION;
import static dev.baton.cdk.Example.WEATHER;
import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The functions of a pipeline, and their versions.
@ExtendWith(Stacks.class)
class FunctionConstructsTest {
    @ParameterizedTest
    @ValueSource(strings = {"dev", "stage", "prod"})
    void functions_have_what_the_deployment_by_sdk_gives_them(String environment) {
        var synthesised = Example.in(environment);
        var substitutions = Example.substitutions(environment);
        var functions = Example.weather(environment).functions();

        assertThat(synthesised.all("AWS::Lambda::Function")).hasSize(functions.size());
        for (var compiled : functions) {
            var function = synthesised.one("AWS::Lambda::Function", "FunctionName", compiled.name());
            var resolved = object(synthesised.resolved(function.stack(), function.properties()));
            assertThat(resolved)
                    .as(compiled.name())
                    .containsEntry("Handler", compiled.handler())
                    .containsEntry("MemorySize", (long) compiled.memoryMegabytes())
                    .containsEntry("Timeout", (long) compiled.timeoutSeconds())
                    .containsEntry("Environment", Map.of("Variables", compiled.environment(substitutions)));
            assertThat(resolved.get("Code"))
                    .isEqualTo(object(synthesised
                            .one(
                                    "AWS::Lambda::Function",
                                    "FunctionName",
                                    "baton-weather-" + (compiled.governed() ? "start" : "WeatherReport"))
                            .property("Code")));
            var role = synthesised.one("AWS::IAM::Role", "RoleName", compiled.role());
            assertThat(resolved.get("Role")).isEqualTo("<AWS::IAM::Role." + role.id() + ".Arn>");
            var log = synthesised.one("AWS::Logs::LogGroup", "LogGroupName", "/aws/lambda/" + compiled.name());
            assertThat(log.property("KmsKeyId")).isNotNull();
            assertThat(function.body().get("DependsOn").toString()).contains(log.id());
        }
    }

    @Test
    void only_the_functions_that_people_ask_have_the_code_that_asks_policies() throws IOException {
        var prod = Example.in("prod");
        var assets = new TreeMap<String, Set<String>>();
        for (var function : prod.all("AWS::Lambda::Function")) {
            var name = ((String) function.property("FunctionName")).replace("baton-weather-", "");
            assets.computeIfAbsent(Json.print(function.property("Code")), code -> new TreeSet<>())
                    .add(name);
        }

        assertThat(assets).hasSize(2);
        assertThat(assets.values()).contains(Set.of("start", "approval", "access"));
        var packed = new TreeSet<String>();
        for (var code :
                List.of(Example.code(), Objects.requireNonNull(Example.code().governed()))) {
            try (var jars = Files.list(code.folder().resolve("lib"))) {
                packed.add(jars.map(jar -> jar.getFileName().toString())
                        .sorted()
                        .toList()
                        .toString());
            }
        }
        assertThat(packed).containsExactly("[functions.jar, people.jar]", "[functions.jar]");
        assertThat(Example.in("dev").all("AWS::Lambda::Function").stream()
                        .map(function -> Json.print(function.property("Code")))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void functions_of_tasks_lie_in_nested_stacks_and_the_others_beside_the_state_machine() {
        for (var compiled : GOVERNED.functions()) {
            var function = Example.in("prod").one("AWS::Lambda::Function", "FunctionName", compiled.name());
            assertThat(function.stack().endsWith(".nested"))
                    .as(compiled.name())
                    .isEqualTo(compiled.kind() == CompiledFunction.Kind.TASK);
        }
    }

    @Test
    void other_code_makes_new_versions_and_the_same_code_does_not() {
        var again = versions("again", Example.code());
        var jar = Example.jar("functions-2.jar", "other code");
        var other = versions(
                "other", FunctionAsset.staged(List.of(jar), Stacks.folder().resolve("code-2")));

        var before = ids(Example.in("dev"));
        assertThat(ids(again)).isEqualTo(before);
        assertThat(ids(other)).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
    }

    @Test
    void the_functions_that_a_run_begins_with_are_told_which_checks_are_demanded() throws IOException {
        var file = Files.readString(Path.of("environments.json"))
                .replaceFirst("\"dev\": \\{", "\"dev\": {\"demandedChecks\": [\"tests\", \"review\"],");
        var environment = Environments.parse("", file).named("dev");
        var demanding = Stacks.of(
                "demanding", app -> BatonApp.add(app, environment, List.of(WEATHER), Example.code(), REVISION));
        for (var function : List.of("start", "pin", "WetSpells")) {
            var variables = object(object(demanding
                            .one("AWS::Lambda::Function", "FunctionName", "baton-weather-" + function)
                            .property("Environment"))
                    .get("Variables"));
            assertThat(variables.get("BATON_DEMANDED_CHECKS"))
                    .as(function)
                    .isEqualTo(function.equals("WetSpells") ? null : "tests,review");
        }
    }

    private static Synthesised versions(String name, FunctionAsset code) {
        return Stacks.of(name, app -> BatonApp.add(app, Example.environment("dev"), List.of(WEATHER), code, REVISION));
    }

    private static List<String> ids(Synthesised synthesised) {
        return synthesised.all("AWS::Lambda::Version").stream()
                .map(Synthesised.Resource::id)
                .sorted()
                .toList();
    }

    @Test
    void how_asynchronous_invocations_of_a_version_ended_is_told_to_the_version_that_was_compiled() {
        var prod = Example.in("prod");
        var told = GOVERNED.functions().stream()
                .filter(function -> function.resultsTo().isPresent())
                .toList();

        assertThat(prod.all("AWS::Lambda::EventInvokeConfig")).hasSameSizeAs(told);
        for (var compiled : told) {
            var function = prod.one("AWS::Lambda::Function", "FunctionName", compiled.name());
            var config = prod.all("AWS::Lambda::EventInvokeConfig").stream()
                    .filter(candidate -> Map.of("Ref", function.id()).equals(candidate.property("FunctionName")))
                    .toList();
            assertThat(config).hasSize(1);
            var resolved = object(
                    prod.resolved(config.getFirst().stack(), config.getFirst().property("DestinationConfig")));
            var callback = prod.all("AWS::Lambda::Version").stream()
                    .filter(version -> version.id().contains("Versionbatonweathercallback"))
                    .findFirst()
                    .orElseThrow();
            var expected = Map.of(
                    "Destination",
                    Example.substitutions("prod")
                            .and("CallbackVersion", "<AWS::Lambda::Version." + callback.id() + ".Version>")
                            .in(compiled.resultsTo().orElseThrow()));
            assertThat(resolved).isEqualTo(Map.of("OnSuccess", expected, "OnFailure", expected));
            assertThat(config.getFirst().property("MaximumRetryAttempts")).isEqualTo(0L);
            assertThat(config.getFirst().body()).containsEntry("DeletionPolicy", "Retain");
        }
    }

    @Test
    void functions_start_from_snapshots_unless_the_environment_does_not_want_it() {
        assertThat(Example.in("prod").all("AWS::Lambda::Function"))
                .isNotEmpty()
                .allSatisfy(function ->
                        assertThat(function.property("SnapStart")).isEqualTo(Map.of("ApplyOn", "PublishedVersions")));
        assertThat(Example.in("importing").all("AWS::Lambda::Function"))
                .isNotEmpty()
                .allSatisfy(
                        function -> assertThat(function.property("SnapStart")).isNull());
    }

    @Test
    void caps_are_those_of_the_environment() {
        var prod = Example.in("prod");
        for (var compiled : GOVERNED.functions()) {
            var function = prod.one("AWS::Lambda::Function", "FunctionName", compiled.name());
            var expected = switch (compiled.kind()) {
                case TASK -> compiled.name().equals("baton-weather-WeatherReport") ? 2L : 20L;
                case PIN, START, AWAIT, CALLBACK, APPROVAL, ACCESS -> 10L;
            };
            assertThat(function.property("ReservedConcurrentExecutions"))
                    .as(compiled.name())
                    .isEqualTo(expected);
        }
    }
}
