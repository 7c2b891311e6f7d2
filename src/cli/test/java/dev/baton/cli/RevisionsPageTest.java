package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The page on revisions cannot lie: its commands take the words that it gives them.
class RevisionsPageTest {
    private static final Path GUIDE = Path.of("../../src/site/markdown/revisions.md");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void every_command_takes_the_words_that_the_page_gives_it() throws IOException {
        var commands = Files.readString(GUIDE)
                .lines()
                .filter(line -> line.startsWith("./baton "))
                .toList();

        assertThat(commands).hasSizeGreaterThanOrEqualTo(4);
        for (var command : commands) {
            assertThatCode(() -> new CommandLine(new Baton())
                            .setCaseInsensitiveEnumValuesAllowed(true)
                            .parseArgs(words(command).toArray(String[]::new)))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }

    private static List<String> words(String command) {
        var words = new ArrayList<String>();
        WORD.matcher(command.substring("./baton ".length()))
                .results()
                .forEach(word -> words.add(word.group(1) == null ? word.group(2) : word.group(1)));
        return words;
    }
}
