package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.lambda.farm.Yield;
import dev.baton.run.CompletionRecord;
import dev.baton.run.StateKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What must hold of every schedule. A failure names its seed.
class SchedulesTest {
    private static final int SCHEDULES = Integer.getInteger("baton.schedules", 500);
    private static final List<String> OUTPUTS =
            List.of("weighed/north/2012.txt", "weighed/south/2012.txt", "yield/2012.txt");

    @Test
    void whatever_the_schedule_there_is_one_execution_for_each_set_of_inputs_and_no_older_run_overwrites_a_newer() {
        var kills = 0;
        var overtakings = 0;
        var reruns = 0;
        for (var seed = 0; seed < SCHEDULES; seed++) {
            var schedule = new Schedule(seed);
            schedule.play();
            kills += schedule.kills;
            overtakings += schedule.overtakings;
            reruns += schedule.startedFor().size() - 1;

            assertThat(schedule.startedFor())
                    .as("seed %s: one execution for each set of inputs, and one for the last", seed)
                    .doesNotHaveDuplicates()
                    .contains(schedule.lastVersions());
            assertOlderNeverOverwritesNewer(schedule, seed);
            assertLastInputsCount(schedule, seed);
        }
        // The schedules are worth something only if they are rough.
        assertThat(kills).as("handlers killed").isGreaterThan(SCHEDULES);
        assertThat(overtakings).as("handlers overtaken").isGreaterThan(SCHEDULES);
        assertThat(reruns).as("runs beyond the first").isGreaterThan(SCHEDULES / 2);
    }

    private static void assertOlderNeverOverwritesNewer(Schedule schedule, int seed) {
        for (var key : OUTPUTS) {
            assertThat(schedule.farm.aws.objects().versions(Farm.LAKE, key))
                    .as("seed %s: versions of %s in the order of their runs' starts", seed, key)
                    .isNotEmpty()
                    .extracting(version -> Instant.parse(version.metadata("baton-run-started")))
                    .isSorted()
                    // Two writes of one run would be two runs of one task.
                    .doesNotHaveDuplicates();
        }
    }

    private static void assertLastInputsCount(Schedule schedule, int seed) {
        var output = schedule.farm.aws.objects().current(Farm.LAKE, "yield/2012.txt");
        assertThat(output.text())
                .as("seed %s: the sum of the last uploads", seed)
                .isEqualTo("" + schedule.expected());
        var record = CompletionRecord.parse(schedule.farm
                .aws
                .objects()
                .current(Farm.STATE, StateKeys.completion(Yield.class, Map.of("year", "2012")))
                .content());
        assertThat(record.output().version())
                .as("seed %s: the record's output", seed)
                .isEqualTo(output.id());
        assertThat(schedule.farm.aws.states().executions())
                .as("seed %s: nothing hangs", seed)
                .noneMatch(execution -> execution.status().equals("RUNNING"));
    }
}
