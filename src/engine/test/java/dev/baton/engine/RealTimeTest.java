package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.TaskTokenException;
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
    void many_executions_share_two_threads() throws Exception {
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

    @Test
    void of_reports_that_race_the_first_alone_counts() throws Exception {
        var machine = Machines.jsonPath("\"M\":{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"ItemProcessor\":{"
                + "\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"HeartbeatSeconds\":60,"
                + "\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\","
                + "\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody.$\":\"$$.Task.Token\"},"
                + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}],\"End\":true},"
                + "\"C\":{\"Type\":\"Succeed\"}}},\"End\":true}");
        try (var scheduler = new RealScheduler(Clock.systemUTC(), 2);
                var world = Executors.newFixedThreadPool(4)) {
            var holder = new Engine[1];
            holder[0] = Engine.builder()
                    .scheduler(scheduler)
                    .taskHandler((invocation, completion) -> {
                        var token = invocation.taskToken();
                        world.execute(() -> completion.submitted("accepted"));
                        world.execute(() -> completion.success("by the handler"));
                        world.execute(() -> completion.failure("E", "by the handler"));
                        world.execute(() -> ignoringTokens(() -> holder[0].sendTaskSuccess(token, "by the token")));
                        world.execute(() -> ignoringTokens(() -> holder[0].sendTaskHeartbeat(token)));
                    })
                    .build();
            List<CompletableFuture<Execution>> closed = new ArrayList<>();
            for (var i = 0; i < 100; i++) {
                var request = ExecutionRequest.of(
                        machine,
                        "arn:aws:states:us-east-1:111111111111:stateMachine:machine",
                        "race" + i,
                        Map.of("items", List.of(1L, 2L, 3L)));
                closed.add(holder[0].start(request).closed().toCompletableFuture());
            }
            for (var future : closed) {
                var execution = future.get(30, TimeUnit.SECONDS);
                var ends = Machines.types(execution).stream()
                        // A failure before the request was accepted is told as its refusal.
                        .filter(List.of("TaskSucceeded", "TaskFailed", "TaskSubmitFailed")::contains)
                        .count();
                assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
                assertThat(ends).isEqualTo(3);
            }
        }
    }

    private static void ignoringTokens(Runnable report) {
        try {
            report.run();
        } catch (TaskTokenException e) {
            assertThat(e.kind()).isEqualTo(TaskTokenException.Kind.TaskTimedOut);
        }
    }
}
