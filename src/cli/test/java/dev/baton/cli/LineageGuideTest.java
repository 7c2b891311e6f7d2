package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.lineage.LineageNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page on lineage cannot lie: its commands take their words, its kinds are the code's; and what is asked wrongly
/// is told.
class LineageGuideTest {
    private static final Path GUIDE = Path.of("../../src/site/markdown/lineage.md");

    @TempDir
    private Path home;

    @Test
    void every_command_takes_the_words_that_the_page_gives_it() throws IOException {
        PageCommands.assertTaken(GUIDE, 13);
    }

    @Test
    void the_page_has_a_row_for_every_kind() throws IOException {
        var page = Files.readString(GUIDE);
        assertThat(Arrays.stream(LineageNode.class.getPermittedSubclasses()))
                .hasSize(3)
                .allSatisfy(kind ->
                        assertThat(page).contains("| `" + kind.getSimpleName().toLowerCase(Locale.ROOT) + "` |"));
    }

    @Test
    void what_is_asked_wrongly_is_told_with_what_helps() {
        var report = "s3://lake/reports/2012.html";
        assertThat(Call.in(home, "lineage", "WetSpels").err()).contains("CLI046", "did you mean WetSpells?");
        assertThat(Call.in(home, "lineage", report + "?versionId=y", "--version-id", "x")
                        .err())
                .contains("CLI053", "two versions, y and x");
        assertThat(Call.in(home, "lineage", report + "?versionId=").err()).contains("CLI053", "whose id is empty");
        assertThat(Call.in(home, "lineage", report, "--depth", "0").err())
                .contains("--depth is a number from 1 on, but was 0");
        assertThat(Call.in(home, "lineage", report, "--up", "--down").exit()).isEqualTo(2);
        assertThat(Call.in(home, "lineage", report).err()).contains("CLI054 at " + report);
        assertThat(home.resolve(".baton")).doesNotExist();
    }
}
