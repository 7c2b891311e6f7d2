package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/// The commands on a page: lines that begin with `./baton`.
final class PageCommands {
    private PageCommands() {}

    /// Holds that each command takes the words that the page gives it.
    ///
    /// @param count how many the page has, so that none is passed over
    static void assertTaken(Path page, int count) throws IOException {
        var commands = Files.readString(page)
                .lines()
                .filter(line -> line.startsWith("./baton "))
                .toList();
        assertThat(commands).hasSize(count);
        for (var command : commands) {
            assertThatCode(() -> new CommandLine(new Baton())
                            .parseArgs(command.substring("./baton ".length()).split(" ")))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }
}
