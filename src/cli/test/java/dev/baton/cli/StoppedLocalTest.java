package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// A `baton local` in a process of its own that is told to stop, as Ctrl-C does.
class StoppedLocalTest {
    @TempDir
    private Path home;

    @RepeatedTest(2)
    void leaves_no_key_behind() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Dbaton.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.baton.cli.Baton",
                        "local",
                        "--bare",
                        "--port",
                        "0"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader()) {
            assertThat(out.lines().anyMatch(line -> line.contains("is ready")))
                    .isTrue();
            assertThat(home.resolve(".baton/local.json")).exists();
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(home.resolve(".baton/local.json")).doesNotExist();
    }
}
