package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.lambda.plan.Outlook;
import dev.baton.run.decision.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page on reruns cannot lie: its commands take their words, its words and kinds are the code's; and what is asked
/// wrongly is told.
class WhyGuideTest {
    private static final Path GUIDE = Path.of("../../src/site/markdown/why.md");

    @TempDir
    private Path home;

    @Test
    void every_command_takes_the_words_that_the_page_gives_it() throws IOException {
        PageCommands.assertTaken(GUIDE, 8);
    }

    @Test
    void the_page_has_a_row_for_every_word_and_kind() throws IOException {
        var page = Files.readString(GUIDE);
        var outlooks = Stream.of(
                new Outlook.Due(List.of(new Cause.NeverMade())),
                new Outlook.Depends(List.of("A")),
                new Outlook.Fresh(List.of()),
                new Outlook.Waiting(List.of("s3://a/b")),
                new Outlook.Unneeded());
        assertThat(outlooks.map(Outlook::word).map(word -> "| `" + word + "` |"))
                .allSatisfy(row -> assertThat(page).contains(row));
        assertThat(Outlook.class.getPermittedSubclasses()).hasSize(5);
        var kinds = Stream.of(
                new Cause.Forced("user/ada"),
                new Cause.NeverMade(),
                new Cause.OutputMissing("s3://a/b", "r"),
                new Cause.OutputChanged("s3://a/b", "1", "2"),
                new Cause.Unrecorded("s3://a/b"),
                new Cause.CodeChanged(List.of(), ""),
                new Cause.ConfigurationChanged("items", "1", "2"),
                new Cause.UseChanged("weights", "1", "2"),
                new Cause.InputAdded("A"),
                new Cause.OtherBaton());
        assertThat(kinds.map(Cause::kind).map(kind -> "| `" + kind + "` |"))
                .allSatisfy(row -> assertThat(page).contains(row));
        assertThat(Arrays.stream(Cause.class.getPermittedSubclasses())).hasSize(12);
    }

    @Test
    void what_is_asked_wrongly_is_told_with_what_helps() {
        assertThat(Call.in(home, "why", "WetSpels").err()).contains("CLI046", "did you mean WetSpells?");
        assertThat(Call.in(home, "why", "s3://lake/nothing").err()).contains("CLI046", "is not what a task");
        assertThat(Call.in(home, "why", "WetSpells", "--year", "2012").err())
                .contains("CLI047", "--city VALUE --year VALUE");
        assertThat(Call.in(home, "why", "s3://lake/landing/seattle/2012.csv").err())
                .contains("CLI048", "is an upload");
        var never = Call.in(home, "why", "WetSpells", "--city", "seattle", "--year", "2012");
        assertThat(never.lines())
                .containsExactly(
                        "WetSpells seattle 2012 has never run",
                        "WetSpells seattle 2012 waits for s3://lake/clean/seattle/2012.csv, which is not there");
        var plan = Call.in(home, "plan", "weather", "--year", "2012");
        assertThat(plan.lines()).contains("0 of 11 tasks would run, 11 waiting for uploads");
        assertThat(home.resolve(".baton/data")).doesNotExist();
    }
}
