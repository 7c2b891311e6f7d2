package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.farm.Ledger;
import dev.baton.lambda.farm.Yield;
import dev.baton.lambda.simulated.SimulatedStates.Execution;
import dev.baton.run.ExecutionInput;
import dev.baton.run.Force;
import dev.baton.task.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StartFunctionTest {
    private final Farm farm = new Farm();

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> start(Map<String, ?> event) {
        return (List<Map<String, Object>>) farm.call("start", event).get("results");
    }

    private List<Map<String, Object>> uploaded(Field field, int year) {
        return start(farm.uploaded(field, year));
    }

    @Test
    void the_first_upload_waits_for_the_second_which_starts_one_execution() {
        var north = farm.upload(Field.NORTH, 2012, "1\n");
        assertThat(uploaded(Field.NORTH, 2012))
                .containsExactly(Map.of(
                        "outcome", "waiting",
                        "parameters", Map.of("year", "2012"),
                        "for", List.of("s3://lake/landing/south/2012.txt")));

        var south = farm.upload(Field.SOUTH, 2012, "2\n");
        var results = uploaded(Field.SOUTH, 2012);
        assertThat(results).hasSize(1);
        assertThat(results.getFirst()).containsEntry("outcome", "started").containsKeys("execution", "name");
        var execution = farm.aws.states().executions().getFirst();
        assertThat(execution.name())
                .matches("farm-2012-[0-9a-f]{32}")
                .isEqualTo(results.getFirst().get("name"));
        var input = ExecutionInput.of(Json.parse(execution.input()));
        assertThat(input.parameters()).isEqualTo(Map.of("year", "2012"));
        assertThat(input.inputs())
                .isEqualTo(Map.of(
                        "s3://lake/landing/north/2012.txt", north.id(),
                        "s3://lake/landing/south/2012.txt", south.id()));
    }

    @Test
    void an_event_that_comes_again_finds_what_became_of_the_execution() {
        farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");
        uploaded(Field.NORTH, 2012);
        uploaded(Field.SOUTH, 2012);
        assertThat(farm.aws.states().executions()).hasSize(1);

        var execution = farm.aws.states().executions().getFirst();
        execution.end("SUCCEEDED");
        assertThat(uploaded(Field.SOUTH, 2012).getFirst()).containsEntry("outcome", "succeeded");
        execution.end("FAILED");
        assertThat(uploaded(Field.SOUTH, 2012).getFirst())
                .containsEntry("outcome", "failed")
                .containsEntry("status", "FAILED")
                .hasEntrySatisfying(
                        "remedy", remedy -> assertThat((String) remedy).contains("baton start --again"));
        assertThat(farm.aws.states().executions()).hasSize(1);
    }

    @Test
    void a_person_finds_the_execution_that_the_uploads_started_and_names_no_versions() {
        var asked = Map.of("start", Map.of("parameters", Map.of("year", 2012)));
        farm.upload(Field.NORTH, 2012, "1\n");
        assertThat(start(asked).getFirst())
                .containsEntry("outcome", "waiting")
                .containsEntry("for", List.of("s3://lake/landing/south/2012.txt"));
        farm.upload(Field.SOUTH, 2012, "2\n");
        var name = uploaded(Field.SOUTH, 2012).getFirst().get("name");
        completes(farm.aws.states().executions().getFirst());

        assertThat(start(asked).getFirst())
                .containsEntry("outcome", "succeeded")
                .containsEntry("name", name);
        assertThat(farm.aws.states().executions()).hasSize(1);
        assertThatThrownBy(() -> start(Map.of("start", Map.of("parameters", Map.of("year", "MMXII")))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("\"year\"");
        assertThatThrownBy(() -> start(Map.of(
                        "start", Map.of("parameters", Map.of("year", 2012), "inputs", Map.of("s3://lake/x", "1")))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("it reads those that are there");
        assertThatThrownBy(() -> start(Map.of("start", Map.of("pipeline", "barn", "parameters", Map.of()))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("\"barn\"");
    }

    @Test
    void a_new_version_is_a_new_run_even_of_the_same_bytes() {
        farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");
        uploaded(Field.NORTH, 2012);
        farm.upload(Field.NORTH, 2012, "1\n");
        uploaded(Field.NORTH, 2012);

        assertThat(farm.aws.states().executions()).hasSize(2);
    }

    @Test
    void another_definition_is_another_execution() {
        farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");
        uploaded(Field.NORTH, 2012);
        farm.aws.states().redefine("{\"Comment\":\"new\"}");
        uploaded(Field.NORTH, 2012);

        assertThat(farm.aws.states().executions()).hasSize(2);
    }

    @Test
    void a_key_that_matches_nothing_is_told_what_would() {
        assertThat(start(Farm.created(Farm.LAKE, "landing/north/twenty-twelve.txt")))
                .containsExactly(Map.of(
                        "outcome", "unmatched",
                        "uri", "s3://lake/landing/north/twenty-twelve.txt",
                        "patterns", List.of("s3://lake/landing/{field}/{year}.txt")));
        assertThat(start(Farm.created("someone-elses-bucket", "x")).getFirst())
                .containsEntry("outcome", "unmatched")
                .containsEntry("uri", "s3://someone-elses-bucket/x");
    }

    @Test
    void a_sweep_starts_what_no_event_started_and_leaves_alone_what_is_complete() {
        farm.upload(Field.NORTH, 2011, "1\n");
        farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");
        assertThat(start(Map.of("sweep", true)))
                .extracting(result -> result.get("outcome"))
                .containsExactlyInAnyOrder("waiting", "started");

        completes(farm.aws.states().executions().getFirst());
        farm.aws.states().redefine("{\"Comment\":\"deployed anew\"}");
        assertThat(start(Map.of("sweep", true)))
                .extracting(result -> result.get("outcome"))
                .containsExactlyInAnyOrder("waiting", "complete");

        farm.upload(Field.SOUTH, 2012, "3\n");
        assertThat(start(Map.of("sweep", true)))
                .extracting(result -> result.get("outcome"))
                .containsExactlyInAnyOrder("waiting", "started");
        assertThat(farm.aws.states().executions()).hasSize(2);
    }

    private void completes(Execution execution) {
        var run = farm.pin(execution, farm.wires()).run();
        farm.order().forEach(node -> farm.run(node, run, execution.arn(), 0, farm.wires()));
        execution.end("SUCCEEDED");
    }

    private Execution complete() {
        farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");
        uploaded(Field.NORTH, 2012);
        var execution = farm.aws.states().executions().getFirst();
        completes(execution);
        return execution;
    }

    private Map<String, Object> sweep() {
        return start(Map.of("sweep", true)).getFirst();
    }

    @Test
    void a_root_or_an_intermediate_that_was_deleted_is_made_again_once_by_a_sweep_and_by_a_person() {
        var first = complete();
        assertThat(sweep()).containsEntry("outcome", "complete");

        farm.aws.objects().remove(Farm.LAKE, Farm.yield(2012));
        assertThat(sweep())
                .containsEntry("outcome", "started")
                .containsEntry("name", first.name() + "-r2")
                .hasEntrySatisfying(
                        "reason",
                        isLike("Yield 2012 has to run: its output s3://lake/yield/2012.txt, which run"
                                + " farm-2012-\\S+ made, is not there any more"));
        var second = farm.aws.states().executions().getLast();
        assertThat(second.input()).isEqualTo(first.input());
        assertThat(sweep()).as("while it runs").containsEntry("name", second.name());
        completes(second);
        assertThat(farm.aws.objects().current(Farm.LAKE, Farm.yield(2012))).isNotNull();
        assertThat(sweep()).containsEntry("outcome", "complete");

        farm.aws.objects().remove(Farm.LAKE, "weighed/north/2012.txt");
        var asked = Map.of("start", Map.of("parameters", Map.of("year", 2012)));
        assertThat(start(asked).getFirst())
                .containsEntry("outcome", "started")
                .hasEntrySatisfying(
                        "reason",
                        isLike(
                                "Weighed north 2012 has to run: its output"
                                        + " s3://lake/weighed/north/2012.txt, which run farm-2012-\\S+ made, is not there any more"));
        completes(farm.aws.states().executions().getLast());
        assertThat(start(asked).getFirst())
                .containsEntry("outcome", "succeeded")
                .containsEntry("name", first.name() + "-r3");
        assertThat(farm.aws.states().executions()).hasSize(3);
    }

    @Test
    void what_a_person_forces_is_started_once_more_whatever_became_of_it_but_while_it_runs() {
        Ledger.clear();
        var first = complete();
        var asked = Map.of("start", Map.of("parameters", Map.of("year", 2012), "force", "Weighed+"));
        assertThat(start(asked).getFirst())
                .containsEntry("outcome", "started")
                .containsEntry("name", first.name() + "-r2")
                .containsEntry("reason", "Weighed+ forced by the execution's input");
        var second = farm.aws.states().executions().getLast();
        assertThat(farm.pin(second, farm.wires()).run().force())
                .hasValue(new Force(List.of("Weighed+"), "the execution's input"));
        completes(second);
        assertThat(Ledger.runsOf(new Yield(2012))).isEqualTo(2);
        second.end("FAILED");
        assertThat(start(asked).getFirst()).containsEntry("name", first.name() + "-r3");
        assertThat(start(asked).getFirst())
                .as("while it runs, the very same is what was started")
                .containsEntry("name", first.name() + "-r3");
        assertThat(start(Map.of("start", Map.of("parameters", Map.of("year", 2012), "force", "Yield")))
                        .getFirst())
                .containsEntry("outcome", "running")
                .containsEntry("name", first.name() + "-r3");
        assertThatThrownBy(() ->
                        start(Map.of("start", Map.of("parameters", Map.of("year", 2012), "force", List.of("Wieghed")))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has no task \"Wieghed\" to force")
                .hasMessageContaining("RUN043; did you mean Weighed?");
    }

    @Test
    void what_was_overwritten_by_hand_is_made_again_too() {
        complete();
        farm.aws.objects().put(Farm.LAKE, "weighed/south/2012.txt", "mended by hand\n");

        assertThat(sweep())
                .containsEntry("outcome", "started")
                .hasEntrySatisfying(
                        "reason",
                        isLike("Weighed south 2012 has to run: its output"
                                + " s3://lake/weighed/south/2012.txt was changed by another hand: version \\S+ was made, and \\S+"
                                + " is there"));
    }

    private static Consumer<Object> isLike(String pattern) {
        return reason -> assertThat((String) reason).matches(pattern);
    }

    @Test
    void an_event_that_comes_again_brings_nothing_back() {
        complete();
        farm.aws.objects().remove(Farm.LAKE, Farm.yield(2012));

        assertThat(uploaded(Field.SOUTH, 2012).getFirst()).containsEntry("outcome", "succeeded");
        assertThat(farm.aws.states().executions()).hasSize(1);
    }

    @Test
    void a_run_that_failed_stays_so_until_a_person_insists_who_is_told_what_is_gone_of_it() {
        complete().end("FAILED");
        farm.aws.objects().remove(Farm.LAKE, "weighed/north/2012.txt");

        assertThat(sweep()).containsEntry("outcome", "failed");
        assertThat(start(Map.of("see", Map.of("parameters", Map.of("year", 2012)))))
                .containsExactly(Map.of(
                        "outcome", "seen",
                        "parameters", Map.of("year", "2012"),
                        "gone", List.of("s3://lake/weighed/north/2012.txt")));
        assertThat(farm.aws.states().executions()).hasSize(1);
    }

    @Test
    void what_is_neither_an_upload_nor_a_sweep_is_refused() {
        assertThatThrownBy(() -> farm.call("start", Map.of("hello", "world"))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> farm.call("start", Map.of("source", "aws.s3", "detail-type", "Object Deleted")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Object Deleted");
        assertThatThrownBy(() -> farm.call("start", Map.of("source", "aws.s3", "detail-type", "Object Created")))
                .isInstanceOf(InvalidInput.class);
    }
}
