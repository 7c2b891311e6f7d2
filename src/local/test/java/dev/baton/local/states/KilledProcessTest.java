package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Whenever the process is killed, what it answered is there at the next start, and every execution comes to its end.
class KilledProcessTest {
    private static final int KILLS = 4;

    @TempDir
    private Path folder;

    private final Map<String, Integer> started = new LinkedHashMap<>();
    private final Set<String> succeeded = new HashSet<>();

    /// Runs until it has been answered so often, and kills it in the midst of what it does then.
    private void kill(String life, int answers) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProcess.class.getName(),
                        folder.resolve("data").toString(),
                        life)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var left = answers;
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
                if (--left == 0) {
                    process.destroyForcibly();
                }
            }
            assertThat(left).as("the process ended by itself").isLessThanOrEqualTo(0);
        } catch (UncheckedIOException | IOException e) {
            // The stream may end with the process.
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void take(String line) {
        var words = line.split(" ");
        if (words.length == 3 && words[0].equals("started")) {
            started.put(words[1], Integer.valueOf(words[2]));
        } else if (words.length == 3 && words[2].equals("SUCCEEDED")) {
            succeeded.add(words[1]);
        }
    }

    @Test
    void what_was_answered_survives_and_every_execution_comes_to_its_end() throws Exception {
        var seed = Long.getLong("baton.seed", System.nanoTime());
        System.out.println("baton.seed " + seed);
        var random = new Random(seed);
        for (var i = 0; i < KILLS; i++) {
            kill("life" + i, 20 + random.nextInt(1_500));
            if (random.nextBoolean()) {
                tear(random);
            }
        }
        try (var aws = new ApplicationEndpoint(
                EmbeddedAws.builder().folder(folder.resolve("data")).held().start())) {
            KilledProcess.prepare(aws);
            for (var arn : succeeded) {
                assertThat(aws.states().describeExecution(r -> r.executionArn(arn)).status())
                        .as("seed %d: %s had been seen to succeed", seed, arn)
                        .isEqualTo(ExecutionStatus.SUCCEEDED);
            }
            aws.aws().states().resume();
            var end = Instant.now().plus(Duration.ofSeconds(60));
            for (var execution : started.entrySet()) {
                var arn = execution.getKey();
                var described = aws.states().describeExecution(r -> r.executionArn(arn));
                while (described.status() == ExecutionStatus.RUNNING && Instant.now().isBefore(end)) {
                    Thread.onSpinWait();
                    described = aws.states().describeExecution(r -> r.executionArn(arn));
                }
                assertThat(described.output())
                        .as("seed %d: %s", seed, described)
                        .isEqualTo(String.valueOf(execution.getValue()));
            }
        }
        assertThat(started).as("seed %d", seed).hasSizeGreaterThan(KILLS);
    }

    /// What a machine without power leaves at the end of a file.
    private void tear(Random random) throws IOException {
        var garbage = new byte[1 + random.nextInt(40)];
        random.nextBytes(garbage);
        garbage[0] = 0;
        Files.write(folder.resolve("data").resolve("executions").resolve("journal"), garbage, StandardOpenOption.APPEND);
    }
}
