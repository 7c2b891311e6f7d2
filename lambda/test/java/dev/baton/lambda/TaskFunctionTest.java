package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.farm.Ledger;
import dev.baton.lambda.farm.Weighed;
import dev.baton.lambda.farm.Yield;
import dev.baton.lambda.simulated.Wires;
import dev.baton.run.CompletionRecord;
import dev.baton.run.Force;
import dev.baton.run.PinInvocation;
import dev.baton.run.PinResult;
import dev.baton.run.Prefix;
import dev.baton.run.Reason;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.run.TaskInvocation;
import dev.baton.run.TaskOutcome;
import dev.baton.run.TaskResult;
import dev.baton.task.DataInvalid;
import dev.baton.task.Superseded;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskFunctionTest {
    private static final String EXECUTION = "arn:aws:states:eu-central-1:123456789012:execution:baton-farm:";

    private final Farm farm = new Farm();

    @BeforeEach
    void harvest() {
        Ledger.clear();
        farm.upload(Field.NORTH, 2012, "1\n2\n");
        farm.upload(Field.SOUTH, 2012, "10\n");
    }

    /// Pins a run that started at a second.
    private RunReference pinned(String name, int second) {
        var invocation = new PinInvocation(
                EXECUTION + name,
                name,
                Instant.parse("2026-11-22T05:00:00Z").plusSeconds(second),
                Json.parse("{\"parameters\":{\"year\":2012}}"));
        var result = PinResult.of(farm.call("pin", invocation.toJson()));
        assertThat(result.outdated()).isEmpty();
        return result.run();
    }

    private TaskResult run(String node, RunReference run, int attempt, Wires wires) {
        return farm.run(farm.node(node), run, EXECUTION + run.run(), attempt, wires);
    }

    private TaskResult run(String node, RunReference run) {
        return run(node, run, 0, farm.wires());
    }

    private List<String> outputs() {
        return farm.aws.objects().versions(Farm.LAKE, "weighed/north/2012.txt").stream()
                .map(version -> version.text())
                .toList();
    }

    private CompletionRecord record() {
        var key = StateKeys.completion(Weighed.class, Map.of("field", "north", "year", "2012"));
        return CompletionRecord.parse(
                farm.aws.objects().current(Farm.STATE, key).content());
    }

    @Test
    void a_task_runs_and_leaves_output_record_done_nudge_and_event() {
        var run = pinned("a", 0);
        var result = run("Weighed NORTH", run);

        assertThat(result.outcome()).isEqualTo(TaskOutcome.RAN);
        var output = farm.aws.objects().current(Farm.LAKE, "weighed/north/2012.txt");
        assertThat(output.text()).isEqualTo("3");
        assertThat(result.output().orElseThrow().version()).isEqualTo(output.id());
        assertThat(output.metadata("baton-run")).isEqualTo(run.run());
        assertThat(output.headers()).containsKey("x-amz-checksum-sha256");
        var record = record();
        assertThat(record.output()).isEqualTo(result.output().orElseThrow());
        assertThat(record.run()).isEqualTo(run.run());
        assertThat(record.fingerprint()).isEqualTo(output.metadata("baton-fingerprint"));
        assertThat(record.inputs()).hasSize(1);
        assertThat(result.why()).isEqualTo("its output was never made");
        assertThat(record.reasons()).containsExactly(new Reason("never-made", "its output was never made"));
        assertThat(record.code()).containsKey("class " + Weighed.class.getName());
        assertThat(farm.aws.objects().keys(Farm.STATE, StateKeys.done("farm", run.run())))
                .hasSize(1);
        assertThat(farm.aws.invocations()).hasSize(1);
        assertThat(Json.parseObject(farm.aws.invocations().peek().payload()))
                .isEqualTo(Map.of("nudge", Map.of("pipeline", "farm", "run", run.run())));
        assertThat(farm.aws.published()).hasSize(1);
        assertThat(farm.aws.published().getFirst())
                .containsEntry("Source", "baton.farm")
                .containsEntry("DetailType", "Task Completed");
    }

    @Test
    void a_completion_is_told_in_the_name_of_its_prefix() {
        var run = pinned("a", 0);
        var invocation = new TaskInvocation(farm.node("Weighed NORTH").id(), run, EXECUTION + run.run(), 0);
        farm.call(Farm.taskUnder(new Prefix("dev"), "Weighed"), invocation.toJson(), farm.wires());

        assertThat(farm.aws.published()).hasSize(1);
        assertThat(farm.aws.published().getFirst()).containsEntry("Source", "dev.farm");
    }

    @Test
    void a_task_that_is_complete_for_the_same_inputs_is_skipped_in_the_next_run() {
        var first = run("Weighed NORTH", pinned("a", 0));
        var second = run("Weighed NORTH", pinned("b", 10));

        assertThat(second.outcome()).isEqualTo(TaskOutcome.SKIPPED);
        assertThat(second.output()).isEqualTo(first.output());
        assertThat(Ledger.runsOf(new Weighed(Field.NORTH, 2012))).isEqualTo(1);
    }

    @Test
    void a_task_that_is_forced_runs_once_in_its_run_though_it_is_fresh() {
        var first = run("Weighed NORTH", pinned("a", 0));
        var forced = forced("b", 10, "Weighed");
        var second = run("Weighed NORTH", forced);

        assertThat(second.outcome()).isEqualTo(TaskOutcome.RAN);
        assertThat(second.why()).isEqualTo("forced by user/ada");
        assertThat(record().reasons()).containsExactly(new Reason("forced", "forced by user/ada"));
        assertThat(outputs()).as("another version of the same").containsExactly("3", "3");
        assertThat(second.output().orElseThrow().identity())
                .isEqualTo(first.output().orElseThrow().identity());
        assertThat(run("Weighed NORTH", forced, 1, farm.wires()).output())
                .as("asked again in the same run")
                .isEqualTo(second.output());
        assertThat(Ledger.runsOf(new Weighed(Field.NORTH, 2012))).isEqualTo(2);
        assertThat(run(
                                "Weighed NORTH",
                                forced("c", 20, farm.node("Weighed SOUTH").id(), "Yield"))
                        .outcome())
                .as("another is forced")
                .isEqualTo(TaskOutcome.SKIPPED);
    }

    private RunReference forced(String name, int second, String... tasks) {
        var run = pinned(name, second);
        return new RunReference(
                run.pipeline(),
                run.run(),
                run.startedAt(),
                run.parameters(),
                Optional.of(new Force(List.of(tasks), "user/ada")));
    }

    @Test
    void a_successor_runs_only_when_the_content_of_its_inputs_changed() {
        var first = pinned("a", 0);
        run("Weighed NORTH", first);
        run("Weighed SOUTH", first);
        run("Yield", first);
        // Other bytes, the same sum: Weighed runs again, Yield need not.
        farm.upload(Field.NORTH, 2012, "2\n1\n");
        var second = pinned("b", 10);
        assertThat(run("Weighed NORTH", second).outcome()).isEqualTo(TaskOutcome.RAN);
        assertThat(run("Weighed SOUTH", second).outcome()).isEqualTo(TaskOutcome.SKIPPED);
        var yield = run("Yield", second);
        assertThat(yield.outcome()).isEqualTo(TaskOutcome.SKIPPED);
        assertThat(yield.why()).isEqualTo("its input Weighed was made anew with the same bytes");
        assertThat(record().reasons())
                .containsExactly(
                        new Reason("input", "its input s3://lake/landing/north/2012.txt changed, 4 bytes as before"));
        assertThat(Ledger.runsOf(new Yield(2012))).isEqualTo(1);
    }

    @Test
    void an_output_that_somebody_overwrote_is_made_again() {
        run("Weighed NORTH", pinned("a", 0));
        farm.aws.objects().put(Farm.LAKE, "weighed/north/2012.txt", "vandalised");

        assertThat(run("Weighed NORTH", pinned("b", 10)).outcome()).isEqualTo(TaskOutcome.RAN);
        assertThat(outputs()).containsExactly("3", "vandalised", "3");
    }

    @Test
    void killed_after_the_output_and_before_the_record_the_retry_completes_without_running_again() {
        var run = pinned("a", 0);
        var killed = 0;
        // Every place to die: the first attempt dies there, the second completes.
        for (var request = 1; request < 20; request++) {
            for (var carriedOut : new boolean[] {false, true}) {
                var other = new TaskFunctionTest();
                other.harvest();
                var reference = other.pinned("a", 0);
                var wires = other.farm.wires().dyingAt(request, carriedOut);
                try {
                    other.run("Weighed NORTH", reference, 0, wires);
                } catch (Wires.Killed e) {
                    killed++;
                }
                var committed = !other.outputs().isEmpty();
                var before = Ledger.runsOf(new Weighed(Field.NORTH, 2012));
                var result = other.run("Weighed NORTH", reference, 1, other.farm.wires());

                assertThat(result.outcome()).isEqualTo(TaskOutcome.RAN);
                assertThat(other.outputs()).containsExactly("3");
                assertThat(Ledger.runsOf(new Weighed(Field.NORTH, 2012)) - before)
                        .as("runs of the retry after a death at request %s", request)
                        .isEqualTo(committed ? 0 : 1);
                assertThat(other.record().output()).isEqualTo(result.output().orElseThrow());
                assertThat(other.record().reasons())
                        .as("also where another attempt makes the record")
                        .containsExactly(new Reason("never-made", "its output was never made"));
            }
        }
        assertThat(killed).isGreaterThan(15);
        assertThat(run.run()).startsWith("a.");
    }

    @Test
    void invalid_data_names_its_place_and_commits_nothing() {
        farm.upload(Field.NORTH, 2012, "1\nmany\n");
        var run = pinned("a", 0);

        assertThatThrownBy(() -> run("Weighed NORTH", run))
                .isInstanceOf(DataInvalid.class)
                .hasMessage("s3://lake/landing/north/2012.txt line 2, column 1: a number of sacks was expected, but was"
                        + " \"many\"");
        assertThat(outputs()).isEmpty();
        assertThat(farm.aws.objects().keys(Farm.STATE, "completions/")).noneMatch(key -> key.endsWith(".json"));
        assertThat(farm.aws.objects().keys(Farm.STATE, StateKeys.done("farm", run.run())))
                .isEmpty();

        farm.upload(Field.NORTH, 2012, "1\n5\n");
        assertThat(run("Weighed NORTH", pinned("b", 10)).outcome()).isEqualTo(TaskOutcome.RAN);
        assertThat(outputs()).containsExactly("6");
    }

    @Test
    void an_older_run_leaves_the_work_of_a_later_one_alone() {
        var older = pinned("older", 0);
        farm.upload(Field.NORTH, 2012, "100\n");
        var later = pinned("later", 10);
        run("Weighed NORTH", later);

        assertThatThrownBy(() -> run("Weighed NORTH", older))
                .isInstanceOf(Superseded.class)
                .hasMessageContaining(later.run())
                .hasMessageContaining(older.run());
        assertThat(outputs()).containsExactly("100");
        assertThat(Ledger.runsOf(new Weighed(Field.NORTH, 2012))).isEqualTo(1);
    }

    @Test
    void an_older_run_that_is_overtaken_at_any_moment_never_overwrites_the_later_one() {
        for (var request = 1; request < 15; request++) {
            var other = new TaskFunctionTest();
            other.harvest();
            var older = other.pinned("older", 0);
            other.farm.upload(Field.NORTH, 2012, "100\n");
            var later = other.pinned("later", 10);
            var wires = other.farm.wires().pausingAt(request, () -> other.run("Weighed NORTH", later));
            try {
                other.run("Weighed NORTH", older, 0, wires);
            } catch (Superseded e) {
                assertThat(e).hasMessageContaining(later.run());
            }
            if (wires.sent() < request) {
                continue;
            }
            assertThat(other.outputs())
                    .as("overtaken at request %s", request)
                    .endsWith("100")
                    .doesNotHaveDuplicates();
            assertThat(other.record().run()).isEqualTo(later.run());
        }
    }

    @Test
    void a_later_run_that_meets_an_older_one_at_any_moment_wins() {
        for (var request = 1; request < 15; request++) {
            var other = new TaskFunctionTest();
            other.harvest();
            var older = other.pinned("older", 0);
            other.farm.upload(Field.NORTH, 2012, "100\n");
            var later = other.pinned("later", 10);
            var wires = other.farm.wires().pausingAt(request, () -> {
                try {
                    other.run("Weighed NORTH", older);
                } catch (Superseded e) {
                    assertThat(e).hasMessageContaining(later.run());
                }
            });
            assertThat(other.run("Weighed NORTH", later, 0, wires).outcome()).isEqualTo(TaskOutcome.RAN);
            assertThat(other.outputs()).endsWith("100");
            assertThat(other.record().run()).isEqualTo(later.run());
        }
    }

    @Test
    void what_a_later_run_found_right_an_older_run_never_replaces_however_late_it_comes() {
        for (var request = 1; request < 15; request++) {
            var other = new TaskFunctionTest();
            other.harvest();
            other.run("Weighed NORTH", other.pinned("first", 0));
            other.farm.upload(Field.NORTH, 2012, "100\n");
            var older = other.pinned("older", 10);
            other.farm.upload(Field.NORTH, 2012, "1\n2\n");
            var later = other.pinned("later", 20);
            // The later run finds the first one's output right, at any moment of the older run's attempt.
            var wires = other.farm
                    .wires()
                    .pausingAt(
                            request,
                            () -> assertThat(other.run("Weighed NORTH", later).output())
                                    .isPresent());
            try {
                other.run("Weighed NORTH", older, 0, wires);
            } catch (Superseded e) {
                assertThat(e).hasMessageContaining(later.run());
            }
            if (wires.sent() >= request) {
                assertThat(other.outputs())
                        .as("found right at request %s", request)
                        .endsWith("3");
            }
        }
    }

    @Test
    void two_runs_that_need_the_same_of_the_same_inputs_at_the_same_time_both_get_it() {
        for (var request = 1; request < 16; request++) {
            for (var olderFirst : new boolean[] {false, true}) {
                var other = new TaskFunctionTest();
                other.harvest();
                var older = other.pinned("older", 0);
                var later = other.pinned("later", 10);
                var inner = new TaskResult[1];
                var wires = other.farm
                        .wires()
                        .pausingAt(request, () -> inner[0] = other.run("Weighed NORTH", olderFirst ? later : older));
                var outer = other.run("Weighed NORTH", olderFirst ? older : later, 0, wires);

                if (inner[0] != null) {
                    assertThat(outer.output()).as("met at request %s", request).isEqualTo(inner[0].output());
                }
                assertThat(other.outputs()).containsExactly("3");
            }
        }
    }

    @Test
    void two_attempts_have_different_keys_and_data_is_touched_with_session_keys_only() {
        var run = pinned("a", 0);
        farm.aws.keysUsed().clear();
        run("Weighed NORTH", run, 0, farm.wires());
        run("Weighed NORTH", run, 1, farm.wires());

        assertThat(farm.aws.assumed())
                .extracting(form -> form.get("RoleSessionName").replaceAll("[A-Z2-7]{8,}", "-"))
                .containsExactly("-.Weighed.-.0", "-.Weighed.-.1");
        assertThat(farm.aws.keysUsed()).contains("ASIA1", "ASIA2", "AKIAFUNCTION");
        assertThat(farm.aws.assumed().getFirst())
                .containsEntry("DurationSeconds", "900")
                .containsEntry("Tags.member.1.Key", "baton:pipeline")
                .containsEntry("Tags.member.4.Value", "harvesters");
        assertThat(farm.aws.assumed().getFirst().get("Policy"))
                .contains("arn:aws:s3:::" + Farm.LAKE + "/landing/north/2012.txt")
                .doesNotContain("south");
    }

    @Test
    void sts_throttling_is_waited_out() {
        var run = pinned("a", 0);
        farm.aws.throttle(2);

        assertThat(run("Weighed NORTH", run).outcome()).isEqualTo(TaskOutcome.RAN);
        assertThat(farm.aws.assumed()).hasSize(1);
    }
}
