package dev.baton.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.follow.RunEvent;
import dev.baton.run.StartResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// A thousand runs on one screen.
class SummariesTest {
    private static StartResult outcome(String word, int number) {
        var result = StartResult.of(Map.of(
                "outcome",
                word,
                "name",
                "run-" + number,
                "execution",
                "arn:" + number,
                "status",
                "FAILED",
                "remedy",
                "mend",
                "for",
                List.of("s3://lake/" + number)));
        assertThat(result).isNotInstanceOf(StartResult.Foreign.class);
        return result;
    }

    private static ExecutionListItem execution(ExecutionStatus status, int number) {
        return ExecutionListItem.builder().name("run-" + number).status(status).build();
    }

    @Test
    void a_sweep_tells_what_it_started_and_what_failed_and_counts_the_rest() {
        var outcomes = new ArrayList<StartResult>();
        IntStream.range(0, 990)
                .forEach(i -> outcomes.add(new StartResult.Complete(Map.of("run", "run-" + i), "nothing is new")));
        IntStream.range(990, 997).forEach(i -> outcomes.add(outcome("waiting", i)));
        outcomes.add(new StartResult.Started(Map.of(), "arn:997", "run-997", null));
        outcomes.add(outcome("running", 998));
        outcomes.add(outcome("failed", 999));
        var swept = new SweptRuns("shop", outcomes);
        var told = new ArrayList<RunEvent>();
        swept.tell(told::add);
        assertThat(told)
                .satisfiesExactly(
                        event -> assertThat(event).isEqualTo(new RunEvent.Started("run-997", "arn:997")),
                        event -> assertThat(event).isEqualTo(new RunEvent.Ignored("run-999 ended FAILED: mend")));
        assertThat(swept.summary())
                .startsWith("shop: 1,000 runs: 990 complete, 7 waiting for uploads, ")
                .contains("1 started", "1 running", "1 failed");
    }

    @Test
    void a_sweep_tells_of_a_run_that_has_no_graph() {
        var swept = new SweptRuns(
                "shop",
                List.of(StartResult.of(Map.of(
                        "outcome",
                        "misshapen",
                        "parameters",
                        Map.of("day", "2012-02-29"),
                        "code",
                        "RUN011",
                        "reason",
                        "A and B are both Raw[]",
                        "remedy",
                        "require it once"))));
        var told = new ArrayList<RunEvent>();
        swept.tell(told::add);
        assertThat(told)
                .containsExactly(new RunEvent.Ignored(
                        "{day=2012-02-29} cannot run: A and B are both Raw[] (RUN011). require it once"));
        assertThat(swept.summary()).isEqualTo("shop: 1 run: 1 without a graph");
    }

    @Test
    void a_list_shows_what_somebody_has_to_know_of_and_counts_all() {
        var all = new ArrayList<ExecutionListItem>();
        IntStream.range(0, 998).forEach(i -> all.add(execution(ExecutionStatus.SUCCEEDED, i)));
        all.add(execution(ExecutionStatus.FAILED, 998));
        all.add(execution(ExecutionStatus.RUNNING, 999));
        var listed = ListedExecutions.of("shop", all);
        assertThat(listed.shown())
                .extracting(ExecutionListItem::name)
                .containsExactly("run-0", "run-1", "run-2", "run-998", "run-999");
        assertThat(listed.summary()).isEqualTo("shop: 1,000 executions: 1 failed, 1 running, 998 succeeded");
        var few = List.of(execution(ExecutionStatus.SUCCEEDED, 0));
        assertThat(ListedExecutions.of("shop", few).shown()).isEqualTo(few);
        var bad = IntStream.range(0, 1_000)
                .mapToObj(i -> execution(ExecutionStatus.FAILED, i))
                .toList();
        assertThat(ListedExecutions.of("shop", bad).shown()).hasSize(20);
    }
}
