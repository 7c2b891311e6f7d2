package dev.baton.local.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.local.lambda.process.handlers.Obedient;
import dev.baton.local.lambda.process.handlers.Unborn;
import dev.baton.local.logs.LogEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Functions in processes of their own, under Lambda's own runtime client, as the AWS SDK sees them.
@EnabledOnOs(OS.LINUX)
class FunctionProcessTest {
    private static final String ACCOUNT = "arn:aws:lambda:us-east-1:000000000000:function:";

    @TempDir
    private static Path root;

    private static ApplicationEndpoint aws;

    @BeforeAll
    static void start() throws IOException {
        for (var handler : List.of(Obedient.class, Unborn.class)) {
            var file = handler.getName().replace('.', '/') + ".class";
            var copy = root.resolve(file);
            Files.createDirectories(copy.getParent());
            try (var in = handler.getResourceAsStream("/" + file)) {
                Files.copy(in, copy);
            }
        }
        aws = new ApplicationEndpoint(
                EmbeddedAws.builder().functions(JavaRuntime.ofThisJvm()).start());
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static void function(String name, Class<?> handler, Duration timeout) {
        aws.aws()
                .lambda()
                .register(new LambdaFunction(
                        name,
                        aws.role(name + "-role", "lambda.amazonaws.com", ApplicationEndpoint.allow("logs:*", "*")),
                        Map.of("GREETING", "hello"),
                        timeout,
                        256,
                        new FunctionCode.Unpacked(root, handler.getName())));
    }

    private static InvokeResponse tell(String function, String order) {
        return aws.lambda().invoke(r -> r.functionName(function).payload(SdkBytes.fromUtf8String("\"" + order + "\"")));
    }

    private static String text(InvokeResponse answer) {
        assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
        return answer.payload().asUtf8String().replace("\"", "");
    }

    private static Map<String, Object> error(InvokeResponse answer) {
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        return Json.parseObject(answer.payload().asByteArray());
    }

    @Test
    void it_has_the_environment_that_lambda_gives_and_nothing_of_its_parents() {
        function("environment", Obedient.class, Duration.ofSeconds(30));
        assertThat(text(tell("environment", "environment")).split(","))
                .containsExactlyInAnyOrder(
                        "AWS_ACCESS_KEY_ID",
                        "AWS_DEFAULT_REGION",
                        "AWS_ENDPOINT_URL",
                        "AWS_EXECUTION_ENV",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "AWS_LAMBDA_FUNCTION_VERSION",
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        "AWS_LAMBDA_LOG_GROUP_NAME",
                        "AWS_LAMBDA_LOG_STREAM_NAME",
                        "AWS_LAMBDA_RUNTIME_API",
                        "AWS_REGION",
                        "AWS_SECRET_ACCESS_KEY",
                        "AWS_SESSION_TOKEN",
                        "AWS_XRAY_CONTEXT_MISSING",
                        "AWS_XRAY_DAEMON_ADDRESS",
                        "GREETING",
                        "LAMBDA_TASK_ROOT",
                        "LANG",
                        "PATH",
                        "TMPDIR",
                        "TZ",
                        "_HANDLER");
        assertThat(text(tell("environment", "AWS_ACCESS_KEY_ID"))).startsWith("ASIA");
        assertThat(text(tell("environment", "AWS_ENDPOINT_URL")))
                .isEqualTo(aws.aws().endpoint().toString());
    }

    @Test
    void its_context_tells_the_invocation_and_its_heap_follows_the_memory() {
        function("context", Obedient.class, Duration.ofSeconds(30));
        var client =
                Base64.getEncoder().encodeToString("{\"custom\":{\"who\":\"me\"}}".getBytes(StandardCharsets.UTF_8));
        var answer = aws.lambda()
                .invoke(r -> r.functionName("context")
                        .qualifier("1")
                        .clientContext(client)
                        .payload(SdkBytes.fromUtf8String("\"context\"")));
        var told = text(answer).split(",");
        assertThat(told[0]).isEqualTo("context");
        assertThat(told[1]).isEqualTo("1");
        assertThat(told[2]).isEqualTo(ACCOUNT + "context:1");
        assertThat(told[3]).matches("[0-9a-f-]{36}");
        assertThat(told[4]).isEqualTo("256");
        assertThat(told[5]).as("time is left").isEqualTo("true");
        assertThat(told[6]).isEqualTo("me");
        assertThat(told[7]).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
        assertThat(Long.parseLong(told[8]))
                .as("85 % of 256 MB, less what the collector keeps")
                .isBetween(200L, 218L);
        assertThat(told[9]).endsWith("/tmp").isNotEqualTo("/tmp");
    }

    @Test
    void more_than_512_megabytes_of_temporary_files_are_no_space_and_the_next_process_has_it_all() {
        function("full", Obedient.class, Duration.ofSeconds(30));
        assertThat(error(tell("full", "fill")))
                .containsEntry("errorType", "java.io.IOException")
                .containsEntry("errorMessage", "No space left on device");
        assertThat(text(tell("full", "count"))).endsWith(" 1");
    }

    @Test
    void a_process_is_used_again_and_a_failure_does_not_end_it() {
        function("again", Obedient.class, Duration.ofSeconds(30));
        var first = text(tell("again", "count")).split(" ");
        assertThat(first[1]).isEqualTo("1");
        assertThat(error(tell("again", "fail")))
                .containsEntry("errorType", "java.lang.IllegalStateException")
                .containsEntry("errorMessage", "as told")
                .containsKey("stackTrace");
        assertThat(text(tell("again", "count"))).isEqualTo(first[0] + " 3");
    }

    @Test
    void invocations_at_the_same_time_have_processes_of_their_own() throws IOException {
        Files.createDirectory(root.resolve("met"));
        function("both", Obedient.class, Duration.ofSeconds(30));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = CompletableFuture.supplyAsync(() -> text(tell("both", "meet")), threads);
            var other = CompletableFuture.supplyAsync(() -> text(tell("both", "meet")), threads);
            assertThat(List.of(one.join(), other.join()))
                    .allMatch(told -> told.endsWith(" 1"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_timeout_kills_the_process_and_the_next_invocation_has_a_new_one() {
        function("slow", Obedient.class, Duration.ofSeconds(1));
        var process = Long.parseLong(text(tell("slow", "count")).split(" ")[0]);
        assertThat(error(tell("slow", "hang")))
                .containsEntry("errorType", "Sandbox.Timedout")
                .extractingByKey("errorMessage")
                .asString()
                .matches("RequestId: [0-9a-f-]{36} Error: Task timed out after 1\\.00 seconds");
        assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(text(tell("slow", "count"))).endsWith(" 1").doesNotStartWith(process + " ");
    }

    @Test
    void an_end_of_the_process_is_told_as_lambda_tells_it() {
        function("ending", Obedient.class, Duration.ofSeconds(30));
        assertThat(error(tell("ending", "exit")))
                .containsEntry("errorType", "Runtime.ExitError")
                .extractingByKey("errorMessage")
                .asString()
                .endsWith(" Error: Runtime exited with error: exit status 3");
        assertThat(error(tell("ending", "die")))
                .extractingByKey("errorMessage")
                .asString()
                .endsWith(" Error: Runtime exited with error: signal: killed");
        assertThat(text(tell("ending", "count"))).endsWith(" 1");
    }

    @Test
    void a_handler_that_cannot_be_made_fails_with_what_it_threw() {
        function("unborn", Unborn.class, Duration.ofSeconds(30));
        assertThat(error(tell("unborn", "anything")))
                .containsEntry("errorType", "java.lang.UnsupportedOperationException")
                .extractingByKey("errorMessage")
                .asString()
                .contains("no configuration");
    }

    @Test
    void a_response_over_six_megabytes_is_refused() {
        function("large", Obedient.class, Duration.ofSeconds(30));
        assertThat(error(tell("large", "large"))).containsEntry("errorType", "Function.ResponseSizeTooLarge");
    }

    @Test
    void what_it_prints_is_in_its_log_between_the_start_and_the_report() {
        function("printer", Obedient.class, Duration.ofSeconds(30));
        text(tell("printer", "print"));
        text(tell("printer", "count"));
        assertThat(aws.aws().logs().groups()).contains("/aws/lambda/printer");
        var lines = new ArrayList<String>();
        for (var stream : aws.aws().logs().streams("/aws/lambda/printer")) {
            assertThat(stream.name()).matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}");
            stream.events().stream().map(LogEvent::message).forEach(lines::add);
        }
        assertThat(lines)
                .contains("one line", "and another")
                .anyMatch(line -> line.contains("a third"))
                .anyMatch(line -> line.matches("START RequestId: \\S+ Version: \\$LATEST"))
                .anyMatch(line -> line.matches("END RequestId: \\S+"))
                .anyMatch(
                        line -> line.matches(
                                "REPORT RequestId: \\S+\\tDuration: [0-9.]+ ms\\tBilled Duration: \\d+ ms"
                                        + "\\tMemory Size: 256 MB\\tMax Memory Used: [1-9]\\d* MB\\tInit Duration: [0-9.]+ ms\\t"));
    }
}
