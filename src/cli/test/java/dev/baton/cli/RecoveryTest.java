package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Fragile;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.cli.pipelines.Turbine;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.task.Pipeline;
import dev.baton.task.Recovery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pipeline that says what is redriven by itself, deployed as to an account: the end of an execution is told by
/// EventBridge, and Scheduler waits in virtual time.
class RecoveryTest {
    @TempDir
    private Path home;

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private VirtualScheduler time;
    private DeployedPipeline deployed;

    @BeforeEach
    void breakIt() {
        Fragile.BROKEN.set(true);
    }

    private void deploy(Pipeline pipeline) throws IOException {
        time = new VirtualScheduler(Instant.now());
        var aws = EmbeddedAws.builder().ticking(time).start();
        aws.states().observe(new ExecutionListener() {
            @Override
            public void statusChanged(Execution execution) {
                if (execution.status() != ExecutionStatus.RUNNING) {
                    ends.add(execution.status() + " after " + execution.redriveCount());
                }
            }
        });
        deployed = new DeployedPipeline(pipeline, new LocalCloud(aws, LaptopFunctions::inProcess));
        deployed.tell(home);
    }

    @AfterEach
    void stop() {
        Fragile.BROKEN.set(false);
        Turbine.AWAY.set(false);
        deployed.close();
    }

    private String uploaded(int year) throws InterruptedException {
        return String.valueOf(deployed.upload("landing/anne/" + year + ".txt", "Dear Anne")
                .getFirst()
                .get("name"));
    }

    private String end() throws InterruptedException {
        return ends.poll(60, TimeUnit.SECONDS);
    }

    /// Whoever has answered has redriven, or never will.
    private int redrives(String name) {
        return deployed.endpoint()
                .states()
                .describeExecution(request -> request.executionArn(deployed.arn(name)))
                .redriveCount();
    }

    private List<String> planned() {
        return deployed.endpoint().scheduler().all().stream()
                .map(schedule -> schedule.name())
                .filter(name -> name.contains("-re-"))
                .toList();
    }

    @Test
    void what_failed_in_passing_is_redriven_when_it_is_time() throws IOException, InterruptedException {
        Turbine.AWAY.set(true);
        deploy(TestPipelines.TURBINE);
        var starts = deployed.starts();
        var name = uploaded(2001);
        assertThat(end()).isEqualTo("FAILED after 0");
        deployed.awaitStarts(starts + 2);
        assertThat(planned()).as("one call, once").hasSize(1);

        time.advance(Duration.ofMinutes(9));
        assertThat(redrives(name)).isZero();
        Turbine.AWAY.set(false);
        time.advance(Duration.ofMinutes(2));
        assertThat(end()).isEqualTo("SUCCEEDED after 1");
        assertThat(deployed.read("turbine/2001.txt")).isEqualTo("Dear Anne");
        assertThat(deployed.aws().schedules().failures()).isEmpty();
        assertThat(planned()).as("it is gone when it has ticked").isEmpty();

        assertThat(Call.in(home, "status", name).lines("redriven"))
                .containsExactly(
                        "redriven by itself, 1 of 2, PT10M after it had failed with java.net.ConnectException");
        assertThat(Json.parseObject(Call.in(home, "status", name, "--json").out()))
                .containsEntry("redrives", 1L)
                .hasEntrySatisfying(
                        "recoveries", all -> assertThat((List<?>) all).hasSize(1));
    }

    @Test
    void what_is_spent_is_left_to_a_person() throws IOException, InterruptedException {
        deploy(TestPipelines.FRAGILE.recovered(new Recovery(List.of("States.ALL"), 2, "PT0S")));
        var starts = deployed.starts();
        var name = uploaded(2002);
        assertThat(end()).isEqualTo("FAILED after 0");
        assertThat(end()).as("at once").isEqualTo("FAILED after 1");
        assertThat(end()).as("and again").isEqualTo("FAILED after 2");
        deployed.awaitStarts(starts + 4);
        assertThat(redrives(name)).as("and no more").isEqualTo(2);

        assertThat(Call.in(home, "redrive", name).exit()).isZero();
        assertThat(end()).isEqualTo("FAILED after 3");
        assertThat(Call.in(home, "status", name).lines("redriven"))
                .as("not the one by hand")
                .hasSize(2);
        deployed.awaitStarts(starts + 5);
        assertThat(redrives(name)).isEqualTo(3);
    }

    @Test
    void another_error_is_left_to_a_person() throws IOException, InterruptedException {
        deploy(TestPipelines.FRAGILE.recovered(new Recovery(List.of("States.Timeout"), 3, "PT0S")));
        var starts = deployed.starts();
        var name = uploaded(2003);
        assertThat(end()).isEqualTo("FAILED after 0");
        deployed.awaitStarts(starts + 2);
        assertThat(redrives(name)).isZero();
    }
}
