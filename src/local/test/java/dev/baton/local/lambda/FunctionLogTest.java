package dev.baton.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.local.logs.CurrentLog;
import dev.baton.local.logs.LogEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;

/// What functions in this process write to their logs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionLogTest {
    private static final String MAY_LOG = ApplicationEndpoint.allow("logs:*", "*");

    private final ApplicationEndpoint aws = new ApplicationEndpoint();

    @AfterAll
    void stop() {
        aws.close();
    }

    private void function(
            String name,
            String rights,
            int seconds,
            com.amazonaws.services.lambda.runtime.RequestStreamHandler handler) {
        var role = aws.role(name + "-role", "lambda.amazonaws.com", rights);
        aws.aws()
                .lambda()
                .register(new LambdaFunction(
                        name, role, Map.of(), Duration.ofSeconds(seconds), 128, environment -> handler));
    }

    private void invoke(String name) {
        aws.lambda().invoke(call -> call.functionName(name).payload(SdkBytes.fromUtf8String("{}")));
    }

    private List<String> lines(String name) {
        return aws.aws().logs().streams("/aws/lambda/" + name).stream()
                .flatMap(stream -> stream.events().stream())
                .map(LogEvent::message)
                .toList();
    }

    @Test
    void what_a_function_its_threads_and_its_process_log_stands_between_start_and_report() {
        function("teller", MAY_LOG, 5, (in, out, context) -> {
            context.getLogger().log("by its logger");
            CurrentLog.add("by its process");
            var thread = new Thread(() -> CurrentLog.add("by its thread"));
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            CurrentLog.add(context.getLogStreamName());
            out.write("{}".getBytes());
        });
        invoke("teller");
        var stream = aws.aws().logs().streams("/aws/lambda/teller").iterator().next();
        assertThat(stream.name()).matches("\\d{4}/\\d\\d/\\d\\d/\\[.+][0-9a-f]{32}");
        var lines = lines("teller");
        assertThat(lines.getFirst()).matches("START RequestId: \\S+ Version: .+");
        assertThat(lines.subList(1, 5))
                .containsExactly("by its logger", "by its process", "by its thread", stream.name());
        assertThat(lines.get(5)).matches("END RequestId: \\S+");
        assertThat(lines.get(6)).matches("REPORT RequestId: \\S+\\tDuration: .*");
        assertThat(CurrentLog.isHere()).isFalse();
    }

    @Test
    void a_failure_and_a_timeout_are_told() throws InterruptedException {
        function("failing", MAY_LOG, 5, (in, out, context) -> {
            throw new IllegalStateException("no such luck");
        });
        invoke("failing");
        assertThat(lines("failing"))
                .anyMatch(line -> line.startsWith("java.lang.IllegalStateException: no such luck\n\tat "))
                .anyMatch(line -> line.endsWith("Status: error"));
        var ended = new CountDownLatch(1);
        function("late", MAY_LOG, 1, (in, out, context) -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                ended.countDown();
            }
        });
        invoke("late");
        ended.await();
        // The lines come when the handler has let go.
        while (lines("late").size() < 4) {
            Thread.onSpinWait();
        }
        assertThat(lines("late"))
                .anyMatch(line -> line.matches("\\S+ Task timed out after 1\\.\\d\\d seconds"))
                .anyMatch(line -> line.endsWith("Status: timeout"));
    }

    @Test
    void a_role_that_may_not_write_the_log_loses_it() {
        function("silent", "", 5, (in, out, context) -> {
            CurrentLog.add("lost");
            out.write("{}".getBytes());
        });
        invoke("silent");
        assertThat(aws.aws().logs().groups()).doesNotContain("/aws/lambda/silent");
    }
}
