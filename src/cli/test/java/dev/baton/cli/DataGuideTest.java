package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.Expect;
import dev.baton.task.Profile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The page on data cannot lie: its commands take their words, and its members are the annotation's.
class DataGuideTest {
    private static final Path GUIDE = Path.of("../../src/site/markdown/data.md");

    @Test
    void every_command_takes_the_words_that_the_page_gives_it() throws IOException {
        PageCommands.assertTaken(GUIDE, 4);
    }

    @Test
    void the_page_has_every_member_of_the_annotations() throws IOException {
        var page = Files.readString(GUIDE);
        assertThat(Arrays.stream(Expect.class.getDeclaredMethods()).map(Method::getName))
                .hasSize(9)
                .allSatisfy(member -> assertThat(page).contains("`" + member + "`"));
        assertThat(page).contains("`" + Profile.Format.BYTES + "`", "`" + Profile.Format.OFF + "`");
    }
}
