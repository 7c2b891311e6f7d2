package dev.baton.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.lambda.function.LambdaFunction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// Asynchronous invocations: how often they are tried, and who is told how they ended.
class DestinationsTest {
    private static final ApplicationEndpoint AWS = new ApplicationEndpoint();
    private static final BlockingQueue<Map<String, Object>> TOLD = new LinkedBlockingQueue<>();
    private static final BlockingQueue<String> UNDELIVERED = new LinkedBlockingQueue<>();
    private static final String LISTENER = AWS.function(
            "listener", environment -> (in, out, context) -> TOLD.add(Json.parseObject(in.readAllBytes())));

    static {
        AWS.aws().lambda().retryAfter(List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
        AWS.aws().lambda().observe(new InvocationObserver() {
            @Override
            public void undelivered(Invocation invocation, String destination, String problem) {
                UNDELIVERED.add(problem);
            }
        });
    }

    @AfterAll
    static void stop() {
        AWS.close();
    }

    /// A function whose role may invoke the listener.
    ///
    /// @return its version's number
    private static String function(String name, RequestStreamHandler handler) {
        var role = AWS.role(
                name + "-role", "lambda.amazonaws.com", ApplicationEndpoint.allow("lambda:InvokeFunction", LISTENER));
        var arn = AWS.aws()
                .lambda()
                .register(new LambdaFunction(name, role, Map.of(), Duration.ofSeconds(5), 128, environment -> handler));
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private static void listens(String name, String version, int retries) {
        AWS.lambda()
                .putFunctionEventInvokeConfig(r -> r.functionName(name)
                        .qualifier(version)
                        .maximumRetryAttempts(retries)
                        .maximumEventAgeInSeconds(60)
                        .destinationConfig(d ->
                                d.onSuccess(s -> s.destination(LISTENER)).onFailure(f -> f.destination(LISTENER))));
    }

    private static Map<String, Object> invoke(String name, String version, String payload) throws InterruptedException {
        AWS.lambda()
                .invoke(r -> r.functionName(name)
                        .qualifier(version)
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String(payload)));
        var told = TOLD.poll(30, TimeUnit.SECONDS);
        assertThat(told).as("what the listener was told").isNotNull();
        return told;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> told, String name) {
        return (Map<String, Object>) told.get(name);
    }

    @Test
    void a_success_is_told_with_request_and_response() throws InterruptedException {
        var version = function("good", (in, out, context) -> out.write("{\"sum\":3}".getBytes()));
        listens("good", version, 0);
        var told = invoke("good", version, "{\"a\":1,\"b\":2}");

        assertThat(told.get("version")).isEqualTo("1.0");
        assertThat(Instant.parse((String) told.get("timestamp")))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(told.get("requestPayload")).isEqualTo(Map.of("a", 1L, "b", 2L));
        assertThat(told.get("responseContext")).isEqualTo(Map.of("statusCode", 200L, "executedVersion", version));
        assertThat(told.get("responsePayload")).isEqualTo(Map.of("sum", 3L));
        assertThat(part(told, "requestContext"))
                .containsEntry("condition", "Success")
                .containsEntry("approximateInvokeCount", 1L)
                .containsEntry("functionArn", "arn:aws:lambda:us-east-1:000000000000:function:good:" + version)
                .containsKey("requestId");
    }

    @Test
    void a_failure_is_told_after_its_only_attempt_as_the_java_runtime_reports_it() throws InterruptedException {
        var calls = new AtomicInteger();
        var version = function("bad", (in, out, context) -> {
            calls.incrementAndGet();
            throw new IOException("disk full");
        });
        listens("bad", version, 0);
        var told = invoke("bad", version, "{}");

        assertThat(calls).hasValue(1);
        assertThat(part(told, "requestContext")).containsEntry("condition", "RetriesExhausted");
        assertThat(told.get("responseContext"))
                .isEqualTo(Map.of("statusCode", 200L, "executedVersion", version, "functionError", "Unhandled"));
        assertThat(part(told, "responsePayload"))
                .containsEntry("errorType", "java.io.IOException")
                .containsEntry("errorMessage", "disk full");
    }

    @Test
    void as_many_retries_are_made_as_are_configured() throws InterruptedException {
        for (var retries : List.of(1, 2)) {
            var calls = new AtomicInteger();
            var version = function("bad-" + retries, (in, out, context) -> {
                calls.incrementAndGet();
                throw new IOException("again");
            });
            listens("bad-" + retries, version, retries);
            var told = invoke("bad-" + retries, version, "{}");
            assertThat(calls).hasValue(retries + 1);
            assertThat(part(told, "requestContext")).containsEntry("approximateInvokeCount", retries + 1L);
        }
    }

    @Test
    void a_retry_that_would_come_too_late_is_not_made() throws InterruptedException {
        var lambda = AWS.aws().lambda();
        lambda.retryAfter(List.of(Duration.ofMinutes(2), Duration.ofMinutes(2)));
        try {
            var version = function("late", (in, out, context) -> {
                throw new IOException("late");
            });
            listens("late", version, 2);
            assertThat(part(invoke("late", version, "{}"), "requestContext"))
                    .containsEntry("condition", "EventAgeExceeded")
                    .containsEntry("approximateInvokeCount", 1L);
        } finally {
            lambda.retryAfter(List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
        }
    }

    @Test
    void a_function_that_is_stopped_by_its_timeout_is_told_as_such() throws InterruptedException {
        var role = AWS.role(
                "slow-role", "lambda.amazonaws.com", ApplicationEndpoint.allow("lambda:InvokeFunction", LISTENER));
        AWS.aws()
                .lambda()
                .register(new LambdaFunction(
                        "slow", role, Map.of(), Duration.ofMillis(50), 128, environment -> (in, out, context) -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
        listens("slow", "1", 0);
        assertThat(part(invoke("slow", "1", "{}"), "responsePayload")).containsEntry("errorType", "Sandbox.Timedout");
    }

    @Test
    void what_is_configured_for_one_version_is_not_for_another() throws InterruptedException {
        var version = function("versions", (in, out, context) -> out.write("1".getBytes()));
        var next = function("versions", (in, out, context) -> out.write("2".getBytes()));
        listens("versions", next, 0);
        AWS.lambda().invoke(r -> r.functionName("versions").qualifier(version).invocationType(InvocationType.EVENT));
        assertThat(invoke("versions", next, "{}").get("responsePayload")).isEqualTo(2L);
        while (AWS.aws().lambda().pending() > 0) {
            Thread.onSpinWait();
        }
        assertThat(TOLD).isEmpty();
    }

    @Test
    void the_destination_is_told_with_the_functions_own_role() throws InterruptedException {
        var version = function("silenced", (in, out, context) -> out.write("1".getBytes()));
        listens("silenced", version, 0);
        AWS.aws().foundation().identities().putRolePolicy("silenced-role", "inline", """
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""");
        AWS.lambda().invoke(r -> r.functionName("silenced").qualifier(version).invocationType(InvocationType.EVENT));
        assertThat(UNDELIVERED.poll(30, TimeUnit.SECONDS))
                .contains("lambda:InvokeFunction")
                .contains("silenced-role");
    }

    @Test
    void a_configuration_is_put_changed_listed_and_deleted() {
        var version = function("configured", (in, out, context) -> {});
        var lambda = AWS.lambda();
        var arn = "arn:aws:lambda:us-east-1:000000000000:function:configured:";
        assertThatThrownBy(() -> lambda.getFunctionEventInvokeConfig(r -> r.functionName("configured")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The function " + arn + "$LATEST doesn't have an EventInvokeConfig");
        listens("configured", version, 0);
        var put = lambda.getFunctionEventInvokeConfig(
                r -> r.functionName("configured").qualifier(version));
        assertThat(put.functionArn()).isEqualTo(arn + version);
        assertThat(put.maximumRetryAttempts()).isZero();
        assertThat(put.maximumEventAgeInSeconds()).isEqualTo(60);
        assertThat(put.destinationConfig().onFailure().destination()).isEqualTo(LISTENER);
        assertThat(put.lastModified()).isBefore(Instant.now().plusSeconds(60));

        var changed = lambda.updateFunctionEventInvokeConfig(
                r -> r.functionName("configured").qualifier(version).maximumRetryAttempts(1));
        assertThat(changed.maximumRetryAttempts()).isEqualTo(1);
        assertThat(changed.destinationConfig().onSuccess().destination()).isEqualTo(LISTENER);
        var replaced = lambda.putFunctionEventInvokeConfig(
                r -> r.functionName("configured").qualifier(version).maximumRetryAttempts(2));
        assertThat(replaced.destinationConfig().onSuccess().destination()).isNull();
        assertThat(replaced.maximumEventAgeInSeconds()).isNull();

        assertThat(lambda.listFunctionEventInvokeConfigs(r -> r.functionName("configured"))
                        .functionEventInvokeConfigs())
                .extracting(config -> config.functionArn())
                .containsExactly(arn + version);
        lambda.deleteFunctionEventInvokeConfig(r -> r.functionName("configured").qualifier(version));
        assertThat(lambda.listFunctionEventInvokeConfigs(r -> r.functionName("configured"))
                        .functionEventInvokeConfigs())
                .isEmpty();
    }

    @Test
    void what_lambda_would_not_take_is_refused() {
        var version = function("refused", (in, out, context) -> {});
        var lambda = AWS.lambda();
        assertThatThrownBy(() -> lambda.putFunctionEventInvokeConfig(
                        r -> r.functionName("refused").qualifier(version).maximumRetryAttempts(3)))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("'maximumRetryAttempts' failed to satisfy constraint");
        assertThatThrownBy(() -> lambda.putFunctionEventInvokeConfig(
                        r -> r.functionName("refused").qualifier(version).maximumEventAgeInSeconds(59)))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("greater than or equal to 60");
        assertThatThrownBy(() -> lambda.putFunctionEventInvokeConfig(r -> r.functionName("refused")
                        .destinationConfig(d ->
                                d.onSuccess(s -> s.destination("arn:aws:events:us-east-1:000000000000:event-bus/b")))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("delivers to Lambda functions, standard queues and standard topics only");
        assertThatThrownBy(() -> lambda.putFunctionEventInvokeConfig(r -> r.functionName("refused")
                        .destinationConfig(d -> d.onSuccess(s -> s.destination(LISTENER + "-other")))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("doesn't have permissions to call InvokeFunction");
        assertThatThrownBy(() -> lambda.putFunctionEventInvokeConfig(
                        r -> r.functionName("nobody").maximumRetryAttempts(1)))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
