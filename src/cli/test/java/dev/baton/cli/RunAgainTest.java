package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LocalCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Luigi's reflex: run, delete a file, and run again.
class RunAgainTest {
    @TempDir
    private Path home;

    private void delete(String key) {
        try (var cloud = new LocalCloud(0, home.resolve(".baton/data"))) {
            cloud.endpoint().s3().deleteObject(request -> request.bucket("lake").key(key));
        }
    }

    @Test
    void what_was_deleted_in_between_is_there_again_and_nothing_else_ran() throws IOException {
        WeatherData.copy(home, 2012);
        assertThat(Call.in(home, "run", "weather").exit()).isZero();
        var report = home.resolve(".baton/out/weather/reports/2012.html");
        var before = Files.readString(report);

        Files.delete(report);
        var copied = Call.in(home, "run", "weather");
        assertThat(copied.exit()).as(copied.err()).isZero();
        assertThat(copied.out()).contains("0 tasks ran: all 11 are fresh");
        assertThat(report).hasContent(before);

        delete("reports/2012.html");
        var root = Call.in(home, "run", "weather");
        assertThat(root.exit()).as(root.err()).isZero();
        assertThat(root.lines("ran")).singleElement().asString().contains("WeatherReport");
        assertThat(root.lines("succeeded")).singleElement().asString().contains("1 task ran, 10 were fresh");

        delete("clean/seattle/2012.csv");
        var inner = Call.in(home, "run", "weather");
        assertThat(inner.exit()).as(inner.err()).isZero();
        assertThat(inner.lines("ran")).singleElement().asString().contains("CleanObservations seattle");
        assertThat(report).hasContent(before);
    }
}
