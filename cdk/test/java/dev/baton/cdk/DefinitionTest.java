package dev.baton.cdk;

import static dev.baton.cdk.Example.ACCOUNTS;
import static dev.baton.cdk.Example.GOVERNED;
import static dev.baton.cdk.Example.WEATHER;
import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.baton.asl.definition.Asl;
import dev.baton.compiler.Synthesis;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the template of a state machine says of its definition.
@ExtendWith(Stacks.class)
class DefinitionTest {
    @Test
    void the_template_carries_the_definition_that_baton_synth_writes() throws IOException {
        var written = Files.readString(Path.of("..", "statemachines", "weather", "definition.asl.json"));

        assertThat(Synthesis.files(WEATHER)).containsEntry("definition.asl.json", written);
        for (var environment : ACCOUNTS) {
            var machine = Example.in(environment).one("AWS::StepFunctions::StateMachine");
            var carried = (String) machine.property("DefinitionString");
            assertThat(Json.pretty(Json.parse(carried)))
                    .isEqualTo(
                            Example.weather(environment) == WEATHER
                                    ? written
                                    : Synthesis.files(GOVERNED).get("definition.asl.json"));
        }
    }

    @Test
    void every_placeholder_of_the_definition_is_substituted_and_the_whole_is_valid() {
        var machine = Example.in("prod").one("AWS::StepFunctions::StateMachine");
        var carried = (String) machine.property("DefinitionString");
        var values = new TreeMap<String, String>();
        object(machine.property("DefinitionSubstitutions"))
                .forEach((name, value) ->
                        values.put(name, (String) Example.in("prod").resolved(machine.stack(), value)));

        assertThat(values)
                .contains(
                        entry("AccountId", "333333333333"), entry("Partition", "aws"), entry("Region", "eu-central-1"));
        assertThat(values.keySet()).allSatisfy(name -> assertThat(carried).contains("${" + name + "}"));
        // A version is a number.
        var deployed = new Substitutions(values).in(carried).replaceAll("<AWS::Lambda::Version[^>]*>", "7");
        assertThat(deployed).doesNotContain("${").doesNotContain("<");
        assertThat(Asl.parse("deployed", deployed).diagnostics()).isEmpty();
        assertThat(deployed)
                .contains(
                        "arn:aws:lambda:eu-central-1:333333333333:function:baton-weather-CleanObservations:7",
                        "arn:aws:lambda:eu-central-1:333333333333:function:baton-weather-approval:7");
    }

    @Test
    void every_function_that_the_definition_names_is_pinned_to_its_own_version_which_is_kept() {
        var prod = Example.in("prod");
        var machine = prod.one("AWS::StepFunctions::StateMachine");
        var substitutions = object(machine.property("DefinitionSubstitutions"));
        var pinned = GOVERNED.functions().stream()
                .filter(function -> substitutions.containsKey(function.versionPlaceholder()))
                .toList();

        // All but those that events and other functions call.
        assertThat(pinned)
                .containsExactlyElementsOf(GOVERNED.functions().stream()
                        .filter(function -> switch (function.kind()) {
                            case TASK, PIN, AWAIT, APPROVAL -> true;
                            case START, CALLBACK, ACCESS -> false;
                        })
                        .toList());
        for (var function : pinned) {
            var value = (String) prod.resolved(machine.stack(), substitutions.get(function.versionPlaceholder()));
            var version = prod.all("AWS::Lambda::Version").stream()
                    .filter(candidate -> value.equals("<AWS::Lambda::Version." + candidate.id() + ".Version>"))
                    .toList();
            assertThat(version).as(function.name()).hasSize(1);
            var of = prod.one("AWS::Lambda::Function", "FunctionName", function.name());
            assertThat(version.getFirst().property("FunctionName")).isEqualTo(Map.of("Ref", of.id()));
        }
        assertThat(prod.all("AWS::Lambda::Version"))
                .hasSize(GOVERNED.functions().size())
                .allSatisfy(version -> {
                    assertThat(version.body()).containsEntry("DeletionPolicy", "Retain");
                    assertThat(version.body()).containsEntry("UpdateReplacePolicy", "Retain");
                });
    }

    @Test
    void a_definition_names_each_child_machine_by_its_version_which_is_there_before_and_kept() {
        var importing = Example.in("importing");
        var started = Map.of("baton-weather", List.of(1), "baton-weather-part-1", List.of(2, 3));

        started.forEach((name, parts) -> {
            var machine = importing.one("AWS::StepFunctions::StateMachine", "StateMachineName", name);
            var substitutions = object(machine.property("DefinitionSubstitutions"));
            assertThat(substitutions.keySet())
                    .filteredOn(placeholder -> placeholder.matches("Part[0-9]+Version"))
                    .containsExactlyElementsOf(parts.stream()
                            .map(part -> "Part" + part + "Version")
                            .toList());
            for (var part : parts) {
                var child = importing.one(
                        "AWS::StepFunctions::StateMachine", "StateMachineName", "baton-weather-part-" + part);
                var version = importing.all("AWS::StepFunctions::StateMachineVersion").stream()
                        .filter(candidate -> candidate
                                .property("StateMachineArn")
                                .equals(Map.of("Fn::GetAtt", List.of(child.id(), "Arn"))))
                        .toList();
                assertThat(version).as(child.id()).hasSize(1);
                // A version's Ref is its ARN, and ends in its number.
                assertThat(substitutions.get("Part" + part + "Version"))
                        .isEqualTo(Map.of(
                                "Fn::Select",
                                List.of(
                                        7L,
                                        Map.of(
                                                "Fn::Split",
                                                List.of(
                                                        ":",
                                                        Map.of(
                                                                "Ref",
                                                                version.getFirst()
                                                                        .id()))))));
                assertThat((String) machine.property("DefinitionString"))
                        .contains("arn:${Partition}:states:${Region}:${AccountId}:stateMachine:baton-weather-part-"
                                + part + ":${Part" + part + "Version}");
            }
        });
        assertThat(importing.all("AWS::StepFunctions::StateMachineVersion"))
                .hasSize(4)
                .allSatisfy(version -> {
                    assertThat(version.body()).containsEntry("DeletionPolicy", "RetainExceptOnCreate");
                    assertThat(version.body()).containsEntry("UpdateReplacePolicy", "Retain");
                });
    }

    @Test
    void definitions_that_are_long_together_leave_room_in_the_template() throws IOException {
        var synthesised = Stacks.of(
                "long",
                app -> BatonApp.add(
                        app,
                        Example.environment("dev"),
                        List.of(Example.withLongChildren()),
                        Example.code(),
                        Example.REVISION));
        var machines = synthesised.all("AWS::StepFunctions::StateMachine");

        assertThat(machines).hasSize(4);
        assertThat(machines)
                .filteredOn(machine -> machine.property("DefinitionString") != null)
                .hasSize(1);
        assertThat(machines)
                .filteredOn(machine -> machine.property("DefinitionS3Location") != null)
                .hasSize(3);
        // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
        assertThat(Files.size(synthesised.folder().resolve("baton-weather.template.json")))
                .isLessThan(1_000_000);
    }

    @Test
    void a_long_definition_lies_beside_the_template() {
        var importing = Example.in("importing");
        var child = importing.one("AWS::StepFunctions::StateMachine", "StateMachineName", "baton-weather-part-1");
        var large = importing.one("AWS::StepFunctions::StateMachine", "StateMachineName", "baton-weather-part-3");

        assertThat(child.property("DefinitionString")).isNotNull();
        assertThat(large.property("DefinitionString")).isNull();
        assertThat(large.at("DefinitionS3Location/Key").toString()).endsWith(".json");
    }
}
