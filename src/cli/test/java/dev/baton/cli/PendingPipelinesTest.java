package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.local.RunningLocal;
import dev.baton.compiler.Compiler;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the other commands say while a `baton local` puts pipelines there.
class PendingPipelinesTest {
    @TempDir
    private Path home;

    private void tell(LocalCloud cloud, String... pending) throws IOException {
        var before = System.setProperty("baton.home", home.toString());
        try {
            RunningLocal.of(cloud.aws()).awaiting(List.of(pending)).tell();
        } finally {
            if (before == null) {
                System.clearProperty("baton.home");
            } else {
                System.setProperty("baton.home", before);
            }
        }
    }

    @Test
    void status_says_what_is_being_put_there_until_it_is() throws IOException {
        Call.silenceLogs();
        try (var cloud = new LocalCloud(0, null)) {
            tell(cloud, "weather", "ledger");
            var first = Call.in(home, "status");
            assertThat(first.exit()).isZero();
            assertThat(first.err()).isEqualTo("baton local is still putting there: weather, ledger\n");
            assertThat(first.out()).doesNotContain("nothing is deployed");
            assertThat(Call.in(home, "status", "weather").err()).contains("still putting there: weather, ledger");

            cloud.deployRecorded(Compiler.compile(Weather.PIPELINE));
            tell(cloud, "ledger");
            var second = Call.in(home, "status");
            assertThat(second.err()).isEqualTo("baton local is still putting there: ledger\n");
            assertThat(second.out()).contains("weather").contains("no execution");
            tell(cloud);
            assertThat(Call.in(home, "status").err()).isEmpty();
        }
    }
}
