package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.lambda.farm.Dawdler;
import dev.baton.lambda.farm.Laggard;
import dev.baton.task.Pipeline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What a task's own threads ask for after the task has returned is refused.
class LateWorkTest {

    @Test
    void a_thread_that_goes_on_after_its_task_returned_can_neither_write_nor_read() throws InterruptedException {
        try (var farm = new DeployedFarm(Pipeline.of("laggard", Laggard.class), DeployedFarm::task)) {
            farm.upload("landing/north/2012.txt", "1\n2\n");
            assertThat(farm.ended(1)).singleElement().matches(e -> e.status() == ExecutionStatus.SUCCEEDED);
            Laggard.LATER.advance(Duration.ofSeconds(1));
            assertThat(Laggard.DONE.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(Laggard.LATE).hasSize(10).allSatisfy((what, outcome) -> assertThat(outcome)
                    .as(what)
                    .startsWith("RUN035 Laggard[year=2012] has returned, and a thread of its own still asks for ")
                    .endsWith(": let run() wait for its threads"));
            assertThat(farm.read(DeployedFarm.LAKE, "laggard/2012.txt")).isEqualTo("whole");
            assertThat(farm.versions(DeployedFarm.LAKE, "laggard/")).hasSize(1);
            assertThat(farm.versions(DeployedFarm.LAKE, "shelf/"))
                    .singleElement()
                    .matches(version -> version.key().equals("shelf/early.txt"));
        }
    }

    @Test
    void what_a_task_makes_beyond_its_time_does_not_count_though_it_swallows_its_interruption() throws Exception {
        try (var farm = new DeployedFarm(Pipeline.of("dawdler", Dawdler.class), DeployedFarm::task)) {
            farm.upload("landing/north/2012.txt", "1\n2\n");
            assertThat(farm.ended(1)).singleElement().matches(e -> e.status() == ExecutionStatus.FAILED);
            var thread = Dawdler.THREAD.get(1, TimeUnit.MINUTES);
            assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
            assertThat(farm.versions(DeployedFarm.LAKE, "dawdler/")).isEmpty();
        }
    }
}
