package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.MapState;
import dev.baton.lambda.farm.Crossings;
import dev.baton.lambda.farm.Larder;
import dev.baton.lambda.farm.Ledger;
import dev.baton.lambda.farm.Plank;
import dev.baton.lambda.farm.Plank.Place;
import dev.baton.task.DataInvalid;
import dev.baton.task.Pipeline;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Awaits and Maps: tasks that wait inside of iterations, Maps that wait and that are waited for.
class MappedAwaitTest {
    private static final String EXPECTED = IntStream.of(2012, 2011, 2010, 2009)
            .mapToObj(year -> "FAR_LEFT(LEFT(n" + year + ")) MIDDLE(LEFT(n" + year + "))(RIGHT(s" + year + "))\n")
            .collect(Collectors.joining());

    private DeployedFarm farm;

    @BeforeEach
    void nothingRan() {
        Ledger.clear();
    }

    private void deploy() {
        farm = new DeployedFarm(Pipeline.of("crossings", Crossings.class), Nudges.ARRIVE::function);
    }

    @AfterEach
    void stop() {
        farm.close();
    }

    private void upload() {
        for (var year = 2009; year <= 2012; year++) {
            farm.upload("landing/north/" + year + ".txt", "n" + year + "\n");
            farm.upload("landing/south/" + year + ".txt", "s" + year + "\n");
        }
    }

    private void assertBuilt(String execution) {
        assertThat(farm.states().describeExecution(r -> r.executionArn(execution)).status())
                .as(farm.cause(execution))
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(farm.read(DeployedFarm.LAKE, "crossings/2012.txt")).isEqualTo(EXPECTED);
    }

    @Test
    void every_iteration_waits_for_its_own_tasks_and_each_runs_once() throws InterruptedException {
        deploy();
        var map = farm.compiled().machine().definition().states().values().stream()
                .filter(MapState.class::isInstance)
                .map(MapState.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(map.toString()).contains("waitForTaskToken");
        upload();
        assertBuilt(farm.ended(1).getFirst().executionArn());

        for (var year = 2009; year <= 2012; year++) {
            for (var place : Place.values()) {
                assertThat(Ledger.runsOf(new Plank(place, year))).as("%s %s", place, year).isEqualTo(1);
            }
        }
    }

    @Test
    void one_iteration_that_fails_for_good_ends_all_and_a_redrive_completes() throws InterruptedException {
        deploy();
        Ledger.next(new Plank(Place.LEFT, 2010), () -> {
            throw new DataInvalid("the plank", "it is rotten");
        });
        upload();
        var failed = farm.ended(1).getFirst();
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(farm.cause(failed.executionArn())).startsWith("dev.baton.task.DataInvalid");

        farm.states().redriveExecution(r -> r.executionArn(failed.executionArn()));
        farm.ended(1);
        assertBuilt(failed.executionArn());
        assertThat(Ledger.runsOf(new Plank(Place.MIDDLE, 2010))).isEqualTo(1);
    }

    @Test
    void what_expands_when_it_runs_waits_for_others_and_is_waited_for() throws InterruptedException {
        farm = new DeployedFarm(Pipeline.of("larder", Larder.class), Nudges.ARRIVE::function);
        var definition = farm.compiled().machine().definition().toJson();
        assertThat(definition).contains("\"Await for Gleanings\"").contains("\"Expand Gleanings\"");
        farm.upload("landing/north/2012.txt", "rye\noat\nbarley\n");
        farm.upload("landing/south/2012.txt", "s\n");
        var execution = farm.ended(1).getFirst().executionArn();

        assertThat(farm.states().describeExecution(r -> r.executionArn(execution)).status())
                .as(farm.cause(execution))
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(farm.read(DeployedFarm.LAKE, "larder/2012.txt")).isEqualTo("3 sheaves and 3 gleaned");
        assertThat(Ledger.runsOf(new Larder.Ear("rye", 2012))).isEqualTo(1);
    }
}
