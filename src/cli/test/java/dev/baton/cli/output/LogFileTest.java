package dev.baton.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which log lines go where, and that the file has an end.
class LogFileTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private LogFile log() {
        return new LogFile(folder.resolve(".baton/log"), new PrintWriter(err, true));
    }

    private static LogRecord line(String logger, Level level, String text) {
        var line = new LogRecord(level, text);
        line.setLoggerName(logger);
        return line;
    }

    private String file(String name) throws IOException {
        return Files.readString(folder.resolve(".baton").resolve(name));
    }

    @Test
    void every_line_goes_to_the_file_and_batons_own_warnings_to_people_too() throws IOException {
        var log = log();
        log.publish(line("dev.baton.local", Level.INFO, "begun"));
        log.publish(line("dev.baton.local", Level.WARNING, "an execution cannot be taken up again"));
        log.publish(line("dev.baton.lambda.internal.InvocationHandler", Level.SEVERE, "failed: no such year"));
        log.publish(line("own.Sum", Level.WARNING, "a row is empty"));
        log.publish(line("dev.baton.local", Level.FINE, "not told"));

        assertThat(file("log").lines())
                .satisfiesExactly(
                        one -> assertThat(one).endsWith(" INFO dev.baton.local: begun"),
                        one -> assertThat(one)
                                .endsWith(" WARNING dev.baton.local: an execution cannot be taken up again"),
                        one -> assertThat(one)
                                .contains(" SEVERE dev.baton.lambda.internal.InvocationHandler: failed: "),
                        one -> assertThat(one).endsWith(" WARNING own.Sum: a row is empty"));
        assertThat(err.toString().lines()).containsExactly("baton: an execution cannot be taken up again");
    }

    @Test
    void a_stack_is_for_the_file_and_one_sentence_of_it_for_people() throws IOException {
        var line = line("dev.baton.local", Level.SEVERE, "request 7 failed");
        line.setThrown(new IllegalStateException("no room"));
        log().publish(line);

        assertThat(file("log")).contains("java.lang.IllegalStateException: no room\n\tat ");
        assertThat(err.toString().lines())
                .containsExactly("baton: request 7 failed: java.lang.IllegalStateException: no room");
    }

    @Test
    void what_is_too_much_becomes_the_file_before() throws IOException {
        var log = log();
        var long1 = "1".repeat((int) LogFile.LIMIT / 2);
        log.publish(line("own.Sum", Level.INFO, long1));
        log.publish(line("own.Sum", Level.INFO, "2".repeat((int) LogFile.LIMIT / 2)));
        log.publish(line("own.Sum", Level.INFO, "3"));

        assertThat(file("log")).contains("2").doesNotContain(long1);
        assertThat(file("log.1")).contains(long1);
        assertThat(Files.size(folder.resolve(".baton/log"))).isLessThanOrEqualTo(LogFile.LIMIT);
    }

    @Test
    void a_file_that_cannot_be_written_is_told_once_and_ends_nothing() throws IOException {
        Files.writeString(folder.resolve(".baton"), "a file where the folder should be");
        var log = log();
        log.publish(line("own.Sum", Level.INFO, "one"));
        log.publish(line("own.Sum", Level.INFO, "two"));

        assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.contains("cannot be written"));
    }
}
