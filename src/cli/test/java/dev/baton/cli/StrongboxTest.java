package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.local.GivenSecrets;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Strongbox;
import dev.baton.compiler.Compiler;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// A task's secret on a laptop: given in a file, read under the task's own role, and written down nowhere.
class StrongboxTest {
    private static final String CANARY = "canary-of-the-strongbox-7b1e";

    @TempDir
    private Path folder;

    @Test
    void a_run_reads_a_secret_that_was_given_in_a_file() throws IOException {
        var landing = Files.createDirectories(folder.resolve("data/landing/boxes"));
        Files.writeString(landing.resolve("2012.txt"), "No. 7");
        var key = Files.writeString(folder.resolve("key"), CANARY + "\n");
        var data = folder.resolve("data").toString();

        var without = Call.in(folder, "run", "strongbox", "--year", "2012", "--data", data);
        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.err()).contains("CLI100", "read the secret strongbox/key", "--secret strongbox/key=FILE");

        var with = Call.in(
                folder, "run", "strongbox", "--year", "2012", "--data", data, "--secret", Strongbox.KEY + "=" + key);
        assertThat(with.exit()).as(with.out() + with.err()).isZero();
        assertThat(Files.readString(folder.resolve(".baton/out/strongbox/strongbox/2012.txt")))
                .isEqualTo(Strongbox.fingerprint(CANARY));

        assertThat(with.out() + with.err()).doesNotContain(CANARY);
        nowhere(folder.resolve(".baton"));
    }

    @Test
    void a_file_that_is_no_text_and_one_that_is_not_there_are_told() throws IOException {
        var bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});
        var text = Files.writeString(folder.resolve("text"), CANARY + "\n");
        try (var aws = EmbeddedAws.start()) {
            assertThatThrownBy(() -> new GivenSecrets(Map.of("box", bytes)).putOn(aws))
                    .hasMessageContainingAll("CLI101", "it is not text in UTF-8");
            assertThatThrownBy(() -> new GivenSecrets(Map.of("a b", text)).putOn(aws))
                    .hasMessageContainingAll("CLI101", "Invalid name.");
            assertThatThrownBy(() -> new GivenSecrets(Map.of("box", folder.resolve("none"))).putOn(aws))
                    .isInstanceOf(UncheckedIOException.class);
            var compiled = Compiler.compile(Strongbox.PIPELINE);
            assertThat(GivenSecrets.absent(aws, compiled)).isPresent();
            new GivenSecrets(Map.of(Strongbox.KEY, text)).putOn(aws);
            assertThat(GivenSecrets.absent(aws, compiled)).isEmpty();
        }
    }

    @Test
    void the_role_of_the_task_reads_the_current_value_alone_and_a_secret_that_is_not_there_is_told(@TempDir Path kept)
            throws IOException, InterruptedException {
        var aws = EmbeddedAws.builder().folder(kept).start();
        try (var pipeline = new DeployedPipeline(Strongbox.PIPELINE, new LocalCloud(aws, LaptopFunctions.JVM))) {
            var missing = pipeline.ended(pipeline.upload("landing/boxes/2011.txt", "No. 7")
                    .getFirst()
                    .get("execution"));
            assertThat(missing.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(missing.cause()).contains("RUN065 there is no secret strongbox/key");

            aws.secrets().put(Strongbox.KEY, CANARY + "-1");
            aws.secrets().put(Strongbox.KEY, CANARY + "-2");
            var read = pipeline.ended(pipeline.upload("landing/boxes/2012.txt", "No. 7")
                    .getFirst()
                    .get("execution"));
            assertThat(read.status()).as(read.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(pipeline.read("strongbox/2012.txt")).isEqualTo(Strongbox.fingerprint(CANARY + "-2"));

            var jammed = pipeline.ended(
                    pipeline.upload("landing/boxes/2013.txt", "jam").getFirst().get("execution"));
            assertThat(jammed.cause()).contains("the lock jams").doesNotContain(CANARY);
        }
        nowhere(kept);
    }

    /// No file has the value, in plain text or in base64 at any of its three places.
    private static void nowhere(Path root) throws IOException {
        var hidden = new ArrayList<>(List.of(CANARY));
        for (var before : List.of("", " ", "  ")) {
            var coded = Base64.getEncoder().encodeToString((before + CANARY).getBytes(StandardCharsets.UTF_8));
            hidden.add(coded.substring(4, coded.length() - 4));
        }
        var read = 0;
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(hidden);
                read++;
            }
        }
        assertThat(read).isGreaterThan(10);
    }
}
