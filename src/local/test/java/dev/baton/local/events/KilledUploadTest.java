package dev.baton.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upload that was answered reaches those that wait for it, also when the process is killed before it told them.
class KilledUploadTest {

    @TempDir
    private Path folder;

    private void killAfterTheAnswer() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledUpload.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("answered");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void an_upload_that_was_answered_starts_its_run_after_the_process_was_killed() throws Exception {
        killAfterTheAnswer();
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (var aws = new ApplicationEndpoint(EmbeddedAws.builder()
                .folder(folder)
                .clock(Clock.offset(Clock.systemUTC(), KilledUpload.LATE))
                .held()
                .start())) {
            // Who runs functions in this process registers them anew at each start.
            var arn = aws.function(
                    "slow",
                    environment ->
                            (in, out, context) -> received.add(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            aws.lambda()
                    .addPermission(r -> r.functionName("slow")
                            .statementId("events")
                            .principal("events.amazonaws.com")
                            .action("lambda:InvokeFunction"));
            assertThat(aws.aws().events().pending()).as("%s is not called yet", arn).isZero();
            aws.aws().resume();
            var text = received.poll(10, TimeUnit.SECONDS);
            assertThat(text).as("the event did not come").isNotNull();
            var event = Json.parseObject(text);
            assertThat(((Map<?, ?>) ((Map<?, ?>) event.get("detail")).get("object")).get("key"))
                    .isEqualTo("a.csv");
            for (int i = 0; aws.aws().events().pending() > 0 && i < 1_000; i++) {
                Thread.sleep(5);
            }
            assertThat(aws.aws().events().pending()).isZero();
            var executions = aws.states()
                    .listExecutions(r -> r.stateMachineArn(KilledUpload.MACHINE))
                    .executions();
            assertThat(executions).hasSize(1);
            assertThat(executions.getFirst().name()).startsWith(event.get("id") + "_");
        }
        // What has ended does not come again.
        try (var aws = new ApplicationEndpoint(EmbeddedAws.builder()
                .folder(folder)
                .clock(Clock.offset(Clock.systemUTC(), KilledUpload.LATE))
                .start())) {
            assertThat(aws.aws().events().pending()).isZero();
            assertThat(aws.states()
                            .listExecutions(r -> r.stateMachineArn(KilledUpload.MACHINE))
                            .executions())
                    .hasSize(1);
        }
    }
}
