package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.graph.ScheduleTicks;
import dev.baton.json.Json;
import dev.baton.lambda.internal.PipelineGraphs;
import dev.baton.run.ExecutionInput;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What schedules propose, whenever and however often they tick.
class PlannedStartsTest {
    private static final List<ScheduleTicks> TICKS = ScheduleTicks.of(PipelineGraphs.graph("almanac"));

    private final Farm farm = new Farm();
    private Instant now = Instant.parse("2026-11-30T05:00:00Z");
    private final RequestStreamHandler start = Farm.startOf("almanac", () -> now);

    @BeforeEach
    void two_schedules() {
        assertThat(TICKS).extracting(ScheduleTicks::fields).containsExactly("0 6 * * ? *", "0 0/12 * * ? *");
    }

    private Map<String, Object> call(Map<String, ?> event) {
        return farm.call(start, event, farm.wires());
    }

    private Map<String, Object> tick(int schedule, String time) {
        return call(Map.of(
                "source",
                "aws.scheduler",
                "detail-type",
                "Scheduled Event",
                "time",
                time,
                "resources",
                List.of("arn:aws:scheduler:eu-central-1:123456789012:schedule/default/baton-almanac-at-"
                        + TICKS.get(schedule).id())));
    }

    private void upload() {
        farm.aws.objects().put(Farm.LAKE, "landing/sunrise.txt", "6:41");
    }

    private List<Map<String, String>> started() {
        return farm.aws.states().executions().stream()
                .map(execution ->
                        ExecutionInput.of(Json.parse(execution.input())).parameters())
                .toList();
    }

    @Test
    void a_tick_starts_the_root_of_its_own_time_once_however_late_and_often_it_comes() {
        upload();
        tick(0, "2026-11-30T05:00:00Z");
        now = Instant.parse("2026-12-03T17:00:00Z");
        tick(0, "2026-11-30T05:00:00Z");
        assertThat(started()).containsExactly(Map.of("day", "2026-11-29"));
        tick(1, "2026-11-30T12:00:00Z");
        assertThat(started()).containsExactly(Map.of("day", "2026-11-29"), Map.of("day", "2026-11-30"));
    }

    @Test
    void what_a_tick_proposed_too_early_starts_when_the_missing_object_comes() {
        now = Instant.parse("2026-11-30T05:00:03Z");
        assertThat(tick(0, "2026-11-30T05:00:00Z").toString()).contains("waiting", "landing/sunrise.txt");
        now = Instant.parse("2026-11-30T07:00:00Z");
        upload();
        call(Farm.created(Farm.LAKE, "landing/sunrise.txt"));
        call(Farm.created(Farm.LAKE, "landing/sunrise.txt"));
        assertThat(started()).containsExactlyInAnyOrder(Map.of("day", "2026-11-29"), Map.of("day", "2026-11-30"));
    }

    @Test
    void a_sweep_starts_what_the_last_lost_tick_proposed_and_no_earlier_one() {
        upload();
        now = Instant.parse("2026-12-24T05:30:00Z");
        call(Map.of("sweep", true));
        assertThat(started()).containsExactlyInAnyOrder(Map.of("day", "2026-12-23"), Map.of("day", "2026-12-24"));
    }

    @Test
    void a_schedule_that_the_pipeline_has_not_is_told_which_it_has() {
        assertThatThrownBy(() -> call(Map.of(
                        "source", "aws.scheduler",
                        "detail-type", "Scheduled Event",
                        "time", "2026-11-30T05:00:00Z",
                        "resources", List.of("arn:aws:scheduler:r:1:schedule/default/old-one"))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("RUN042")
                .hasMessageContaining("cron(0 6 * * ? *) in Europe/Berlin, -P1D");
    }

    @Test
    void a_pipeline_without_schedules_refuses_a_tick() {
        assertThatThrownBy(() -> farm.call(
                        "start",
                        Map.of(
                                "source", "aws.events",
                                "detail-type", "Scheduled Event",
                                "time", "2026-11-30T05:00:00Z",
                                "resources", List.of("arn:aws:events:r:1:rule/x"))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("RUN042");
    }
}
