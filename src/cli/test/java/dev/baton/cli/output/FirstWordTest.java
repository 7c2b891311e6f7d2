package dev.baton.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.follow.ProgressReport;
import dev.baton.cli.follow.RunEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FirstWordTest {

    @Test
    void what_is_said_before_anything_is_loaded_is_what_the_progress_tells() {
        for (var json : new boolean[] {false, true}) {
            var told = new StringWriter();
            ProgressReport.on(new PrintWriter(told, true), json).tell(new RunEvent.Compiling("weather-1"));
            assertThat(FirstWord.line("weather-1", json)).isEqualTo(told.toString());
        }
    }

    @Test
    void nothing_is_said_to_other_words() {
        FirstWord.say(new String[] {"run", "weather", "--help"});
        FirstWord.say(new String[] {"run", "--data", "x"});
        FirstWord.say(new String[] {"status", "weather"});
        FirstWord.say(new String[] {"run", "We\"ather"});
        assertThat(FirstWord.isSaid()).isFalse();
    }
}
