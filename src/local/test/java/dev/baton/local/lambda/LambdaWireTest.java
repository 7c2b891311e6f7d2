package dev.baton.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.lambda.function.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// Lambda as the AWS SDK sees it.
class LambdaWireTest {
    private static final ApplicationEndpoint AWS = new ApplicationEndpoint();

    @AfterAll
    static void stop() {
        AWS.close();
    }

    @Test
    void a_function_is_invoked_with_its_roles_credentials_in_its_environment() {
        AWS.function(
                "env",
                environment -> (in, out, context) -> out.write(Json.bytes(Map.of(
                        "role",
                                String.valueOf(environment.get("AWS_ACCESS_KEY_ID"))
                                        .startsWith("ASIA"),
                        "endpoint", environment.get("AWS_ENDPOINT_URL"),
                        "name", context.getFunctionName(),
                        "greeting", environment.get("GREETING")))));
        var answer = AWS.lambda().invoke(r -> r.functionName("env"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.functionError()).isNull();
        assertThat(Json.parseObject(answer.payload().asByteArray()))
                .isEqualTo(Map.of(
                        "role", true, "endpoint", AWS.aws().endpoint().toString(), "name", "env", "greeting", "hello"));
    }

    @Test
    void a_function_that_throws_answers_as_the_java_runtime_reports_it() {
        AWS.function("thrower", environment -> (in, out, context) -> {
            throw new java.io.IOException("disk full", new IllegalArgumentException("inner"));
        });
        var answer = AWS.lambda().invoke(r -> r.functionName("thrower"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        var error = Json.parseObject(answer.payload().asByteArray());
        assertThat(error).containsEntry("errorType", "java.io.IOException").containsEntry("errorMessage", "disk full");
        assertThat((List<?>) error.get("stackTrace")).isNotEmpty();
        assertThat((Map<?, ?>) error.get("cause"))
                .extracting("errorType")
                .isEqualTo("java.lang.IllegalArgumentException");
    }

    @Test
    void what_narrows_a_permission_is_a_condition_of_it() {
        AWS.function("shared", environment -> (in, out, context) -> {});
        AWS.lambda()
                .addPermission(r -> r.functionName("shared")
                        .statementId("org")
                        .action("lambda:InvokeFunction")
                        .principal("*")
                        .principalOrgID("o-abcdefghij")
                        .eventSourceToken("token")
                        .functionUrlAuthType("AWS_IAM")
                        .invokedViaFunctionUrl(true)
                        .sourceAccount("000000000000"));
        var policy = Json.parseObject(
                AWS.lambda().getPolicy(r -> r.functionName("shared")).policy());
        assertThat((List<?>) policy.get("Statement"))
                .singleElement()
                .extracting("Condition")
                .isEqualTo(Map.of(
                        "StringEquals",
                                Map.of(
                                        "AWS:SourceAccount", "000000000000",
                                        "aws:PrincipalOrgID", "o-abcdefghij",
                                        "lambda:EventSourceToken", "token",
                                        "lambda:FunctionUrlAuthType", "AWS_IAM"),
                        "Bool", Map.of("lambda:InvokedViaFunctionUrl", "true")));
        var stranger = new Caller(new Principal.User("arn:aws:iam::000000000000:user/none"), "AIDANONE", null);
        var shared = FunctionReference.parse("shared", null);
        assertThatThrownBy(() ->
                        AWS.aws().lambda().require(stranger, "lambda:InvokeFunction", shared, RequestContext.EMPTY))
                .isInstanceOf(AccessDenied.class);
        AWS.lambda()
                .addPermission(r -> r.functionName("shared")
                        .statementId("all")
                        .action("lambda:InvokeFunction")
                        .principal("*"));
        AWS.aws().lambda().require(stranger, "lambda:InvokeFunction", shared, RequestContext.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        ", lambda:InvokeFunction, events.amazonaws.com, ValidationException",
        "a b, lambda:InvokeFunction, events.amazonaws.com, ValidationException",
        "s, , events.amazonaws.com, ValidationException",
        "s, s3:GetObject, events.amazonaws.com, ValidationException",
        "s, lambda:InvokeFunction, , ValidationException",
        "s, lambda:InvokeFunction, somebody, InvalidParameterValueException",
        "s, lambda:InvokeFunction, arn:aws:iam::000000000000:role/*, InvalidParameterValueException",
    })
    void a_permission_without_sense_is_refused(String id, String action, String principal, String code) {
        AWS.function("strict", environment -> (in, out, context) -> {});
        assertThatThrownBy(() -> AWS.lambda()
                        .addPermission(r -> r.functionName("strict")
                                .statementId(id)
                                .action(action)
                                .principal(principal)))
                .isInstanceOfSatisfying(
                        LambdaException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    @Test
    void a_function_that_takes_too_long_is_stopped() {
        var role = AWS.role("slow-role", "lambda.amazonaws.com", "");
        var interrupted = new CompletableFuture<Boolean>();
        AWS.aws()
                .lambda()
                .register(new LambdaFunction(
                        "slow", role, Map.of(), Duration.ofMillis(100), 128, environment -> (in, out, context) -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.complete(true);
                            }
                        }));
        var answer = AWS.lambda().invoke(r -> r.functionName("slow"));
        assertThat(Json.parseObject(answer.payload().asByteArray())).containsEntry("errorType", "Sandbox.Timedout");
        assertThat(interrupted.join()).isTrue();
    }

    @Test
    void a_failed_asynchronous_invocation_is_tried_again() {
        var calls = new AtomicInteger();
        var done = new CompletableFuture<Integer>();
        AWS.aws().lambda().retryAfter(List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
        AWS.function("flaky", environment -> (in, out, context) -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            done.complete(calls.get());
        });
        var answer = AWS.lambda().invoke(r -> r.functionName("flaky").invocationType(InvocationType.EVENT));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(done.join()).isEqualTo(3);
    }

    @Test
    void versions_are_invoked_by_their_number() {
        AWS.function("versioned", environment -> (in, out, context) -> out.write('1'));
        AWS.function("versioned", environment -> (in, out, context) -> out.write('2'));
        assertThat(AWS.lambda()
                        .invoke(r -> r.functionName("versioned").qualifier("1"))
                        .payload()
                        .asUtf8String())
                .isEqualTo("1");
        assertThat(AWS.lambda()
                        .invoke(r -> r.functionName("versioned"))
                        .payload()
                        .asUtf8String())
                .isEqualTo("2");
        assertThat(AWS.lambda()
                        .listVersionsByFunction(r -> r.functionName("versioned"))
                        .versions())
                .extracting(FunctionConfiguration::version)
                .containsExactly("$LATEST", "1", "2");
        assertThat(AWS.lambda()
                        .getFunction(r -> r.functionName("versioned"))
                        .configuration()
                        .functionArn())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:versioned");
    }

    @Test
    void bad_calls_are_refused() {
        AWS.function("strict", environment -> (in, out, context) -> {});
        assertThatThrownBy(() -> AWS.lambda().invoke(r -> r.functionName("nowhere")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(
                        () -> AWS.lambda().invoke(r -> r.functionName("strict").payload(SdkBytes.fromUtf8String("{"))))
                .isInstanceOf(InvalidRequestContentException.class);
        assertThat(AWS.lambda()
                        .invoke(r -> r.functionName("strict").invocationType(InvocationType.DRY_RUN))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void observers_see_every_invocation() {
        var seen = new CopyOnWriteArrayList<String>();
        AWS.aws().lambda().observe(new InvocationObserver() {
            @Override
            public void finished(Invocation invocation, InvocationResult result) {
                if (invocation.function().equals("watched")) {
                    seen.add(new String(invocation.payload(), StandardCharsets.UTF_8) + " -> "
                            + new String(result.payload(), StandardCharsets.UTF_8));
                }
            }
        });
        AWS.function("watched", environment -> (in, out, context) -> in.transferTo(out));
        AWS.lambda().invoke(r -> r.functionName("watched").payload(SdkBytes.fromUtf8String("[1]")));
        assertThat(seen).containsExactly("[1] -> [1]");
    }
}
