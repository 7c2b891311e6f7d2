package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.follow.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The page on operating cannot lie: its commands take the words that it gives them, its links lead somewhere, and
/// it names every event that these commands tell of.
class OperatingGuideTest {
    private static final Path GUIDE = Path.of("../../src/site/markdown/operating.md");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void every_command_takes_the_words_that_the_page_gives_it() throws IOException {
        var commands = Files.readString(GUIDE)
                .lines()
                .filter(line -> line.startsWith("./baton "))
                .map(line -> line.substring("./baton ".length()))
                .toList();

        assertThat(commands).hasSizeGreaterThan(14);
        for (var command : commands) {
            assertThat(new CommandLine(new Baton()).parseArgs(words(command)).subcommand())
                    .as(command)
                    .isNotNull();
        }
        for (var told : List.of(
                "start", "sweep", "status", "history", "logs", "redrive", "stop", "diff", "deploy", "drift", "gc")) {
            assertThat(commands).anyMatch(command -> command.startsWith(told));
        }
    }

    private static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
    }

    @Test
    void every_link_leads_to_a_file() throws IOException {
        var links = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)")
                .matcher(Files.readString(GUIDE))
                .results()
                .map(link -> GUIDE.resolveSibling(link.group(1)))
                .toList();

        assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(link).isRegularFile());
    }

    @Test
    void every_event_of_deploying_and_starting_is_named() throws IOException {
        var page = Files.readString(GUIDE);

        assertThat(List.of(
                        new RunEvent.Started("", ""),
                        new RunEvent.Known("", "", ""),
                        new RunEvent.Redriven("", ""),
                        new RunEvent.TakenBack("", "", "", ""),
                        new RunEvent.Waiting(List.of()),
                        new RunEvent.Ignored(""),
                        new RunEvent.Published("", "", true),
                        new RunEvent.Promoted("", "", "", "", Map.of()),
                        new RunEvent.Deployed("", "", "")))
                .allSatisfy(
                        event -> assertThat(page).contains("`" + event.toJson().get("event") + "`"));
    }
}
