package dev.baton.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a run is said to have come to.
class PlainProgressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            11 | 0  | 11 tasks ran, 0 were fresh
            1  | 1  | 1 task ran, 1 was fresh
            2  | 9  | 2 tasks ran, 9 were fresh
            0  | 11 | 0 tasks ran: all 11 are fresh
            0  | 1  | 0 tasks ran: the only one is fresh
            """)
    void is_counted_in_words_that_fit(int ran, int skipped, String words) {
        var text = new StringWriter();
        new PlainProgress(new PrintWriter(text, true), TerminalStyle.NONE)
                .tell(new RunEvent.Ended(
                        "weather-2012", "SUCCEEDED", Duration.ofMillis(1_230), ran, skipped, null, null));
        assertThat(text.toString()).startsWith("succeeded").contains(words + ", ");
    }
}
