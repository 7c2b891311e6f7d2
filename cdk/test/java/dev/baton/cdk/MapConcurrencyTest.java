package dev.baton.cdk;

import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.definition.Asl;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.ExpandingTask;
import dev.baton.task.Expansion;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How many iterations of a distributed Map run at a time: what the environment says, of one definition for all.
@ExtendWith(Stacks.class)
class MapConcurrencyTest {
    private static final CompiledPipeline QUILT = Compiler.compile(Pipeline.of("quilt", Quilt.class));

    @Test
    void two_environments_have_one_definition_and_each_its_own_caps() {
        var silent = machine("uncapped", "{}");
        var capped = machine("capped", "{\"Patch\": 7, \"Hems\": 3}");

        assertThat(capped.property("DefinitionString")).isEqualTo(silent.property("DefinitionString"));
        assertThat((String) silent.property("DefinitionString"))
                .contains("\"MaxConcurrency\":\"{% $number('${PatchConcurrency}') %}\"")
                .contains("\"MaxConcurrency\":\"{% $number('${HemsConcurrency}') %}\"");
        assertThat(substitutions(silent)).containsEntry("PatchConcurrency", "0").containsEntry("HemsConcurrency", "12");
        assertThat(substitutions(capped)).containsEntry("PatchConcurrency", "7").containsEntry("HemsConcurrency", "3");
        var rest = substitutions(capped);
        rest.putAll(Map.of("PatchConcurrency", "0", "HemsConcurrency", "12"));
        assertThat(rest).isEqualTo(substitutions(silent));
    }

    @Test
    void what_is_deployed_is_a_valid_definition() {
        var capped = synthesised("capped", "{\"Patch\": 7, \"Hems\": 3}");
        var machine = capped.one("AWS::StepFunctions::StateMachine");
        var values = new TreeMap<String, String>();
        substitutions(machine)
                .forEach((name, value) -> values.put(name, (String) capped.resolved(machine.stack(), value)));

        // A version is a number.
        var deployed = new Substitutions(values)
                .in((String) machine.property("DefinitionString"))
                .replaceAll("<AWS::Lambda::Version[^>]*>", "1");

        assertThat(deployed).doesNotContain("${").contains("$number('7')", "$number('3')");
        assertThat(Asl.parse("deployed", deployed).diagnostics()).isEmpty();
    }

    @Test
    void a_cap_for_a_map_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> machine("misspelt", "{\"Pitch\": 7}"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("ENV009")
                .hasMessageContaining("the Maps over Pitch")
                .hasMessageContaining("there are Hems, Patch");
    }

    private static Synthesised.Resource machine(String name, String caps) {
        return synthesised(name, caps).one("AWS::StepFunctions::StateMachine");
    }

    private static Synthesised synthesised(String name, String caps) {
        var environment = Environments.parse(name, """
            {"there": {
              "account": "444444444444", "region": "eu-central-1",
              "stateBucket": {"name": "their-state"}, "buckets": {"lake": {"name": "their-lake"}},
              "concurrency": {"maps": %s}
            }}\
            """.formatted(caps)).named("there");
        return Stacks.of(name, app -> BatonApp.add(app, environment, List.of(QUILT), Example.code(), Example.REVISION));
    }

    private static TreeMap<String, Object> substitutions(Synthesised.Resource machine) {
        return new TreeMap<>(object(machine.property("DefinitionSubstitutions")));
    }

    @Intent("One of fifty")
    record Patch(int year, int number) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/patches/{year}/{number}.txt", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("only compiled");
        }
    }

    @Intent("A hem")
    record Hem(int year, @Pattern(samples = {"red", "blue"}) String thread) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/hems/{year}/{thread}.txt", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("only compiled");
        }
    }

    @Intent("As many hems as there are threads")
    @Expansion(maxConcurrency = 12)
    record Hems(int year) implements ExpandingTask<Hem> {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/all-hems/{year}.json", this);
        }

        @Override
        public Class<Hem> itemClass() {
            return Hem.class;
        }

        @Override
        public Stream<Hem> expand(TaskRun run) {
            return Stream.empty();
        }
    }

    @Intent("Patches and hems")
    record Quilt(int year) implements Task {
        @Override
        public List<Task> requires() {
            return Stream.<Task>concat(
                            IntStream.range(0, 50).mapToObj(n -> new Patch(year, n)), Stream.of(new Hems(year)))
                    .toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/quilts/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("only compiled");
        }
    }
}
