package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.time.RealScheduler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The engine with real threads: few of them, many executions, answers from anywhere.
class RealTimeTest {

    @Test
    void manyExecutionsShareTwoThreads() throws Exception {
        var machine = Machines.jsonPath("\"M\":{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"ItemProcessor\":{"
                + "\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,"
                + "\"Resource\":\"arn:aws:states:::lambda:invoke\",\"TimeoutSeconds\":60}}},\"End\":true}");
        try (var scheduler = new RealScheduler(Clock.systemUTC(), 2);
                var world = Executors.newFixedThreadPool(3)) {
            var engine = Engine.builder()
                    .scheduler(scheduler)
                    .taskHandler((invocation, completion) ->
                            world.execute(() -> completion.success(invocation.parameters())))
                    .build();
            List<CompletableFuture<Execution>> closed = new ArrayList<>();
            for (var i = 0; i < 200; i++) {
                var request = ExecutionRequest.of(
                        machine,
                        "arn:aws:states:us-east-1:111111111111:stateMachine:machine",
                        "e" + i,
                        Map.of("items", List.of(1L, 2L, 3L, 4L, 5L)));
                closed.add(engine.start(request).closed().toCompletableFuture());
            }
            for (var future : closed) {
                var execution = future.get(30, TimeUnit.SECONDS);
                assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
                assertThat(execution.output()).isEqualTo(List.of(1L, 2L, 3L, 4L, 5L));
                assertThat(execution.history()).hasSize(1 + 2 + 5 * 7 + 2 + 1);
            }
        }
    }
}
