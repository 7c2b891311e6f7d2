package dev.baton.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// What a history says of tasks, told as events.
class FollowedExecutionTest {
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:baton-x:one";

    /// A Step Functions of one execution.
    private record OneExecution(List<HistoryEvent> events, ExecutionStatus status) implements SfnClient {
        @Override
        public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
            return DescribeExecutionResponse.builder()
                    .executionArn(ARN)
                    .name("one")
                    .status(status)
                    .startDate(Instant.EPOCH)
                    .stopDate(Instant.EPOCH.plusSeconds(9))
                    .build();
        }

        @Override
        public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
            return GetExecutionHistoryResponse.builder().events(events).build();
        }

        @Override
        public String serviceName() {
            return "states";
        }

        @Override
        public void close() {}
    }

    private final List<HistoryEvent> events = new ArrayList<>();

    private HistoryEvent.Builder event(HistoryEventType type) {
        var id = events.size() + 1L;
        return HistoryEvent.builder()
                .id(id)
                .previousEventId(id - 1)
                .type(type)
                .timestamp(Instant.EPOCH.plusSeconds(id));
    }

    private void entered() {
        events.add(event(HistoryEventType.TASK_STATE_ENTERED)
                .stateEnteredEventDetails(details -> details.name("Join"))
                .build());
    }

    private void scheduled(String resource) {
        events.add(event(HistoryEventType.TASK_SCHEDULED)
                .taskScheduledEventDetails(details -> details.resource(resource).resourceType("lambda"))
                .build());
    }

    private void timedOut() {
        events.add(event(HistoryEventType.TASK_TIMED_OUT)
                .taskTimedOutEventDetails(details -> details.error("States.Timeout"))
                .build());
    }

    private void failed() {
        events.add(event(HistoryEventType.TASK_FAILED)
                .taskFailedEventDetails(details -> details.error("Flaky"))
                .build());
    }

    private List<String> told(ExecutionStatus status) {
        var told = new ArrayList<String>();
        new FollowedExecution(new OneExecution(events, status), ARN, state -> Optional.of("role")).follow(event -> {
            switch (event) {
                case RunEvent.TaskStarted(var state, var role, var attempt, var items) ->
                    told.add("attempt" + " " + attempt);
                case RunEvent.TaskFailed(var state, var role, var error, var cause, var remedy) -> told.add(error);
                default -> told.add(event.getClass().getSimpleName());
            }
        });
        return told;
    }

    @Test
    void a_wait_that_timed_out_and_goes_on_is_no_attempt_and_no_failure() {
        entered();
        scheduled("invoke.waitForTaskToken");
        timedOut();
        scheduled("invoke.waitForTaskToken");
        timedOut();
        scheduled("invoke.waitForTaskToken");
        assertThat(told(ExecutionStatus.RUNNING)).containsExactly("attempt 0");
    }

    @Test
    void a_task_that_failed_after_its_wait_was_tried() {
        entered();
        scheduled("invoke.waitForTaskToken");
        timedOut();
        scheduled("invoke.waitForTaskToken");
        failed();
        scheduled("invoke.waitForTaskToken");
        assertThat(told(ExecutionStatus.RUNNING)).containsExactly("attempt 0", "Flaky", "attempt 1");
    }

    @Test
    void a_message_of_the_sdk_is_told_without_its_count_of_attempts() {
        assertThat(FollowedExecution.message(
                        "{\"errorMessage\":\"No such key (Service: S3, Status Code: 404) (SDK Attempt Count: 1)\"}"))
                .isEqualTo("No such key (Service: S3, Status Code: 404)");
        assertThat(FollowedExecution.message("refused (SDK Attempt Count: 3)")).isEqualTo("refused");
    }

    @Test
    void the_end_of_a_run_that_failed_tells_the_message_and_the_author_s_line_and_no_json() {
        var out = new StringWriter();
        new PlainProgress(new PrintWriter(out, true), TerminalStyle.NONE)
                .tell(new RunEvent.Ended(
                        "one", "FAILED", Duration.ofSeconds(1), 0, 0, "java.lang.IllegalStateException", """
                        {"errorMessage": "no luck", "errorType": "java.lang.IllegalStateException", "stackTrace":
                         ["java.util.List.of(List.java:1)", "dev.baton.task.Undeclared.input(Undeclared.java:20)",
                          "own.Report.run(Report.java:12)", "dev.baton.lambda.internal.task.OutputMaker.of(Making.java:33)"]}
                        """));
        assertThat(out.toString())
                .contains("java.lang.IllegalStateException: no luck\n", " at own.Report.run(Report.java:12)\n")
                .doesNotContain("{", "Making");
        assertThat(FollowedExecution.place("no JSON")).isEmpty();
        assertThat(FollowedExecution.place(
                        "{\"stackTrace\": [\"dev.baton.cli.local.InFunction.handleRequest(InFunction.java:97)\"]}"))
                .isEmpty();
    }

    @Test
    void a_wait_that_nothing_follows_failed() {
        entered();
        scheduled("invoke.waitForTaskToken");
        timedOut();
        assertThat(told(ExecutionStatus.FAILED)).containsExactly("attempt 0", "States.Timeout", "Ended");
    }

    @Test
    void a_task_that_waits_for_nobody_and_timed_out_was_tried() {
        entered();
        scheduled("invoke");
        timedOut();
        scheduled("invoke");
        assertThat(told(ExecutionStatus.RUNNING)).containsExactly("attempt 0", "States.Timeout", "attempt 1");
    }

    private void item(int index, long previous) {
        events.add(event(HistoryEventType.MAP_ITERATION_STARTED)
                .previousEventId(previous)
                .mapIterationStartedEventDetails(details -> details.name("Each").index(index))
                .build());
    }

    private void in(long previous, HistoryEvent.Builder event) {
        events.add(event.previousEventId(previous).build());
    }

    private HistoryEvent.Builder tried(String node) {
        return event(HistoryEventType.TASK_SCHEDULED)
                .taskScheduledEventDetails(details -> details.resource("invoke")
                        .resourceType("lambda")
                        .parameters("{\"Payload\":{\"node\":\"" + node + "\"}}"));
    }

    @Test
    void each_item_of_a_map_has_its_own_name_and_attempts_and_the_map_its_counts() {
        in(0, event(HistoryEventType.MAP_STATE_ENTERED).stateEnteredEventDetails(details -> details.name("Each")));
        in(1, event(HistoryEventType.MAP_STATE_STARTED).mapStateStartedEventDetails(details -> details.length(2)));
        item(0, 2);
        item(1, 2);
        in(3, event(HistoryEventType.TASK_STATE_ENTERED).stateEnteredEventDetails(details -> details.name("Join")));
        in(4, event(HistoryEventType.TASK_STATE_ENTERED).stateEnteredEventDetails(details -> details.name("Join")));
        in(5, tried("Join 0"));
        in(6, tried("Join 1"));
        in(7, event(HistoryEventType.TASK_FAILED).taskFailedEventDetails(details -> details.error("Flaky")));
        in(9, tried("Join 0"));
        in(8, event(HistoryEventType.TASK_SUCCEEDED).taskSucceededEventDetails(details -> details.output("{}")));
        in(11, event(HistoryEventType.TASK_STATE_EXITED).stateExitedEventDetails(details -> details.name("Join")));
        in(
                12,
                event(HistoryEventType.MAP_ITERATION_SUCCEEDED)
                        .mapIterationSucceededEventDetails(
                                details -> details.name("Each").index(1)));
        in(10, event(HistoryEventType.TASK_FAILED).taskFailedEventDetails(details -> details.error("Broken")));
        in(
                14,
                event(HistoryEventType.MAP_ITERATION_FAILED)
                        .mapIterationFailedEventDetails(
                                details -> details.name("Each").index(0)));
        in(15, event(HistoryEventType.MAP_STATE_FAILED));
        var told = new ArrayList<String>();
        new FollowedExecution(
                        new OneExecution(events, ExecutionStatus.FAILED),
                        ARN,
                        state -> state.equals("Join") ? Optional.of("role") : Optional.empty())
                .follow(event -> {
                    switch (event) {
                        case RunEvent.TaskStarted(var node, var role, var attempt, var items) ->
                            told.add(node + " attempt " + attempt + " of " + items);
                        case RunEvent.TaskEnded ended -> told.add(ended.node() + " ended");
                        case RunEvent.TaskFailed failed -> told.add(failed.node() + " " + failed.error());
                        case RunEvent.Items(var map, var items, var succeeded, var failed, var ended) ->
                            told.add(map + " " + succeeded + " and " + failed + " of " + items
                                    + (ended ? " ended" : ""));
                        default -> {}
                    }
                });
        assertThat(told)
                .containsExactly(
                        "Join 0 attempt 0 of 2",
                        "Join 1 attempt 0 of 2",
                        "Join 0 Flaky",
                        "Join 0 attempt 1 of 2",
                        "Join 1 ended",
                        "Each 1 and 0 of 2",
                        "Join 0 Broken",
                        "Each 1 and 1 of 2",
                        "Each 1 and 1 of 2 ended");
    }

    @Test
    void an_attempt_that_took_too_long_is_told_with_what_gives_it_more_time() {
        entered();
        events.add(event(HistoryEventType.TASK_SCHEDULED)
                .taskScheduledEventDetails(details ->
                        details.resource("invoke").resourceType("lambda").timeoutInSeconds(60L))
                .build());
        timedOut();
        var failed = new ArrayList<RunEvent.TaskFailed>();
        new FollowedExecution(new OneExecution(events, ExecutionStatus.FAILED), ARN, state -> Optional.of("role"))
                .follow(event -> {
                    if (event instanceof RunEvent.TaskFailed one) {
                        failed.add(one);
                    }
                });
        assertThat(failed).singleElement().satisfies(one -> {
            assertThat(one.cause()).isEqualTo("it took longer than 60 s");
            assertThat(one.remedy()).contains("@Timeout(minutes = 10)", "@Compute(on = FARGATE)");
        });
    }
}
