package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// Executions are there again after a restart, and those that were running go on.
class KeptExecutionsTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:";

    @TempDir
    private Path folder;

    private <T> T session(Function<ApplicationEndpoint, T> work) {
        return session(Clock.systemUTC(), work);
    }

    private <T> T session(Clock clock, Function<ApplicationEndpoint, T> work) {
        try (var aws = new ApplicationEndpoint(
                EmbeddedAws.builder().folder(folder).clock(clock).held().start())) {
            return work.apply(aws);
        }
    }

    /// Makes a machine whose role may do everything.
    private static String machine(ApplicationEndpoint aws, String name, String states) {
        var role = aws.role(name + "-states", "states.amazonaws.com", ApplicationEndpoint.allow("*", "*"));
        aws.states()
                .createStateMachine(machine -> machine.name(name)
                        .roleArn(role)
                        .definition("{\"StartAt\":\"A\",\"States\":" + states + "}"));
        return MACHINE + name;
    }

    private static String start(ApplicationEndpoint aws, String machine, String name) {
        return aws.states()
                .startExecution(r -> r.stateMachineArn(machine).name(name).input("{ \"n\": 1 }"))
                .executionArn();
    }

    private static DescribeExecutionResponse described(SfnClient states, String arn) {
        return states.describeExecution(r -> r.executionArn(arn));
    }

    private static List<HistoryEvent> history(SfnClient states, String arn) {
        return states.getExecutionHistory(r -> r.executionArn(arn)).events();
    }

    private static DescribeExecutionResponse await(
            SfnClient states, String arn, Predicate<DescribeExecutionResponse> condition) {
        var end = Instant.now().plus(Duration.ofSeconds(30));
        var now = described(states, arn);
        while (!condition.test(now)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("still " + now);
            }
            Thread.onSpinWait();
            now = described(states, arn);
        }
        return now;
    }

    private static DescribeExecutionResponse closed(SfnClient states, String arn) {
        return await(states, arn, execution -> execution.status() != ExecutionStatus.RUNNING);
    }

    private static void answer(InputStream in, OutputStream out, String text) throws IOException {
        in.readAllBytes();
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void closed_executions_are_what_they_were_and_their_names_are_taken() {
        record Seen(DescribeExecutionResponse execution, List<HistoryEvent> history) {}
        var seen = session(aws -> {
            var machine = machine(
                    aws,
                    "closed",
                    "{\"A\":{\"Type\":\"Pass\",\"Assign\":{\"x.$\":\"$.n\"},\"Next\":\"B\"},\"B\":{\"Type\":\"Succeed\"}}");
            var arn = start(aws, machine, "one");
            return new Seen(closed(aws.states(), arn), history(aws.states(), arn));
        });
        session(aws -> {
            var arn = seen.execution().executionArn();
            assertThat(described(aws.states(), arn).equalsBySdkFields(seen.execution()))
                    .as("%s was %s", described(aws.states(), arn), seen.execution())
                    .isTrue();
            assertThat(seen.execution().input()).isEqualTo("{ \"n\": 1 }");
            assertThat(history(aws.states(), arn)).isEqualTo(seen.history());
            assertThat(aws.states()
                            .listExecutions(r -> r.stateMachineArn(MACHINE + "closed"))
                            .executions())
                    .hasSize(1);
            assertThatThrownBy(() -> start(aws, MACHINE + "closed", "one"))
                    .isInstanceOf(ExecutionAlreadyExistsException.class);
            assertThat(aws.states()
                            .describeStateMachineForExecution(r -> r.executionArn(arn))
                            .definition())
                    .contains("Succeed");
            return null;
        });
    }

    @Test
    void after_ninety_days_closed_executions_are_forgotten_and_the_file_with_them() throws IOException {
        var longAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(-91));
        var waiting = session(longAgo, aws -> {
            var machine = machine(aws, "old", "{\"A\":{\"Type\":\"Succeed\"}}");
            for (var i = 0; i < 20; i++) {
                closed(aws.states(), start(aws, machine, "closed-" + i));
            }
            var activity = aws.states().createActivity(r -> r.name("never")).activityArn();
            return start(
                    aws,
                    machine(aws, "patient", "{\"A\":{\"Type\":\"Task\",\"Resource\":\"" + activity + "\",\"End\":true}}"),
                    "running");
        });
        var journal = folder.resolve("executions").resolve("journal");
        var before = Files.size(journal);
        session(aws -> {
            assertThat(aws.states()
                            .listExecutions(r -> r.stateMachineArn(MACHINE + "old"))
                            .executions())
                    .isEmpty();
            assertThat(described(aws.states(), waiting).status())
                    .as("what runs is kept however old it is")
                    .isEqualTo(ExecutionStatus.RUNNING);
            assertThatThrownBy(() -> described(aws.states(), MACHINE.replace("stateMachine", "execution") + "old:closed-0"))
                    .isInstanceOf(ExecutionDoesNotExistException.class);
            // Their names are free again.
            return closed(aws.states(), start(aws, MACHINE + "old", "closed-0"));
        });
        assertThat(Files.size(journal)).isLessThan(before / 2);
        session(aws -> {
            assertThat(aws.states()
                            .listExecutions(r -> r.stateMachineArn(MACHINE + "old"))
                            .executions())
                    .as("the file that was begun anew is as good as the old one")
                    .hasSize(1);
            return described(aws.states(), waiting);
        });
    }

    @Test
    void a_failed_execution_is_redriven_where_it_failed_with_its_map_run() {
        var states = """
                {"A":{"Type":"Pass","Result":{"items":[1,2,3]},"Next":"B"},
                 "B":{"Type":"Map","ItemsPath":"$.items","Label":"L","ItemProcessor":{
                    "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"C",
                    "States":{"C":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:picky","End":true}}},
                  "End":true}}""";
        var arn = session(aws -> {
            aws.function("picky", environment -> (in, out, context) -> {
                if (new String(in.readAllBytes(), StandardCharsets.UTF_8).equals("2")) {
                    throw new IllegalStateException("not two");
                }
                out.write('7');
            });
            var execution = start(aws, machine(aws, "redriven", states), "one");
            assertThat(closed(aws.states(), execution).status()).isEqualTo(ExecutionStatus.FAILED);
            return execution;
        });
        session(aws -> {
            aws.function("picky", environment -> (in, out, context) -> answer(in, out, "8"));
            var mapRun = aws.states()
                    .listMapRuns(r -> r.executionArn(arn))
                    .mapRuns()
                    .getFirst()
                    .mapRunArn();
            assertThat(aws.states()
                            .describeMapRun(r -> r.mapRunArn(mapRun))
                            .itemCounts()
                            .failed())
                    .isEqualTo(1);
            aws.aws().states().resume();
            aws.states().redriveExecution(r -> r.executionArn(arn));
            var execution = closed(aws.states(), arn);
            assertThat(execution.status()).as(execution.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(execution.output()).isIn("[7,8,7]", "[8,8,7]", "[7,8,8]", "[8,8,8]");
            assertThat(execution.redriveCount()).isEqualTo(1);
            return null;
        });
        session(aws -> {
            assertThat(described(aws.states(), arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(described(aws.states(), arn).redriveCount()).isEqualTo(1);
            return null;
        });
    }

    @Test
    void a_wait_ends_when_it_would_have_and_the_same_start_is_the_same_execution() {
        var arn = session(aws -> start(
                aws,
                machine(
                        aws,
                        "waiting",
                        "{\"A\":{\"Type\":\"Wait\",\"Seconds\":3,\"Next\":\"B\"},\"B\":{\"Type\":\"Pass\",\"End\":true}}"),
                "one"));
        session(aws -> {
            assertThat(described(aws.states(), arn).status()).isEqualTo(ExecutionStatus.RUNNING);
            assertThat(start(aws, MACHINE + "waiting", "one")).isEqualTo(arn);
            aws.aws().states().resume();
            var execution = closed(aws.states(), arn);
            assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(Duration.between(execution.startDate(), execution.stopDate()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
            return null;
        });
    }

    @Test
    void a_task_token_that_was_given_out_still_completes_its_task() {
        var token = new String[1];
        var arn = session(aws -> {
            aws.function("keeper", environment -> (in, out, context) -> {
                token[0] = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\"", "");
                out.write("{}".getBytes(StandardCharsets.UTF_8));
            });
            var execution = start(
                    aws,
                    machine(aws, "tokens", """
                            {"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                             "Parameters":{"FunctionName":"keeper","Payload.$":"$$.Task.Token"},"End":true}}"""),
                    "one");
            await(aws.states(), execution, each -> history(aws.states(), execution).stream()
                    .anyMatch(event -> event.typeAsString().equals("TaskSubmitted")));
            return execution;
        });
        session(aws -> {
            aws.aws().states().resume();
            aws.states().sendTaskSuccess(r -> r.taskToken(token[0]).output("\"yes\""));
            assertThat(closed(aws.states(), arn).output()).isEqualTo("\"yes\"");
            return null;
        });
    }

    @Test
    void a_function_that_was_running_is_tried_again_by_the_states_own_rules() {
        var arn = session(aws -> {
            var entered = new CountDownLatch(1);
            aws.function("slow", environment -> (in, out, context) -> {
                entered.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("it is ended, and that must not be kept", e);
                }
            });
            var execution = start(aws, machine(aws, "retried", """
                    {"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"slow"},
                      "OutputPath":"$.Payload","End":true,
                      "Retry":[{"ErrorEquals":["Lambda.Unknown"],"IntervalSeconds":1,"MaxAttempts":1}]}}"""), "one");
            try {
                entered.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return execution;
        });
        session(aws -> {
            aws.function("slow", environment -> (in, out, context) -> answer(in, out, "5"));
            assertThat(history(aws.states(), arn).getLast().typeAsString()).isEqualTo("TaskStarted");
            aws.aws().states().resume();
            assertThat(closed(aws.states(), arn).output()).isEqualTo("5");
            assertThat(history(aws.states(), arn))
                    .anySatisfy(event -> assertThat(event.taskFailedEventDetails()).isNotNull().satisfies(details -> {
                        assertThat(details.error()).isEqualTo("Lambda.Unknown");
                        assertThat(details.cause()).contains("The embedded AWS ended while the task ran");
                    }));
            return null;
        });
    }

    @Test
    void an_execution_that_another_one_waits_for_and_the_work_of_an_activity_go_on() {
        var outer = session(aws -> {
            aws.states().createActivity(r -> r.name("work"));
            machine(aws, "inner", """
                    {"A":{"Type":"Task","Resource":"arn:aws:states:us-east-1:000000000000:activity:work","End":true}}""");
            var execution = start(aws, machine(aws, "outer", """
                    {"A":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2",
                      "Parameters":{"StateMachineArn":"%s","Name":"child","Input":{}},"OutputPath":"$.Output","End":true}}"""
                    .formatted(MACHINE + "inner")), "one");
            await(aws.states(), execution, each -> history(aws.states(), execution).stream()
                    .anyMatch(event -> event.typeAsString().equals("TaskSubmitted")));
            return execution;
        });
        session(aws -> {
            aws.aws().states().resume();
            var work = aws.states()
                    .getActivityTask(r -> r.activityArn("arn:aws:states:us-east-1:000000000000:activity:work"));
            aws.states().sendTaskSuccess(r -> r.taskToken(work.taskToken()).output("\"done\""));
            assertThat(closed(aws.states(), outer).output()).isEqualTo("\"done\"");
            return null;
        });
    }
}
