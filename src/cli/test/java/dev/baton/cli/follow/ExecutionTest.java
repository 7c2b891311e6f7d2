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
class ExecutionTest {
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
                .taskScheduledEventDetails(
                        details -> details.resource(resource).resourceType("lambda"))
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
        new Execution(new OneExecution(events, status), ARN, state -> Optional.of("role")).follow(event -> {
            switch (event) {
                case RunEvent.TaskStarted(var state, var role, var attempt, var items) -> told.add("attempt"
                        + " " + attempt);
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
    void the_end_of_a_run_that_failed_tells_the_message_and_the_author_s_line_and_no_json() {
        var out = new StringWriter();
        new PlainProgress(new PrintWriter(out, true), Ink.NONE)
                .tell(new RunEvent.Ended("one", "FAILED", Duration.ofSeconds(1), 0, 0, "java.lang.IllegalStateException", """
                        {"errorMessage": "no luck", "errorType": "java.lang.IllegalStateException", "stackTrace":
                         ["java.util.List.of(List.java:1)", "dev.baton.task.Undeclared.input(Undeclared.java:20)",
                          "own.Report.run(Report.java:12)", "dev.baton.lambda.internal.task.Making.of(Making.java:33)"]}
                        """));
        assertThat(out.toString())
                .contains("java.lang.IllegalStateException: no luck\n", " at own.Report.run(Report.java:12)\n")
                .doesNotContain("{", "Making");
        assertThat(Execution.place("no JSON")).isEmpty();
        assertThat(Execution.place("{\"stackTrace\": [\"dev.baton.cli.InFunction.handleRequest(InFunction.java:97)\"]}"))
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
}
