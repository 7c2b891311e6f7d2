package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.audit.AuditKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page on evidence cannot lie: its commands take their words, its kinds and controls are the code's.
class EvidencePageTest {
    private static final Path PAGE = Path.of("../../src/site/markdown/evidence.md");

    @Test
    void every_command_takes_the_words_that_the_page_gives_it() throws IOException {
        PageCommands.assertTaken(PAGE, 7);
    }

    @Test
    void what_it_shows_of_the_environment_stands_in_its_file() throws IOException {
        var shown = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("\"audit\": "))
                .toList();
        assertThat(shown).hasSize(1);
        assertThat(Files.readString(Path.of("../../cdk/environments.json"))).contains(shown.getFirst());
    }

    @Test
    void the_page_has_a_row_for_every_kind_with_its_controls() throws IOException {
        var page = Files.readString(PAGE);
        for (var kind : AuditKind.values()) {
            assertThat(page)
                    .containsPattern("\\| `" + kind.word() + "` \\|[^|]*\\|[^|]*\\| "
                            + String.join(", ", kind.controls()) + " \\|");
        }
        assertThat(page.lines().filter(line -> line.matches("\\| `[a-z-]+` \\|.*CC[0-9].*")))
                .hasSize(AuditKind.values().length);
    }
}
