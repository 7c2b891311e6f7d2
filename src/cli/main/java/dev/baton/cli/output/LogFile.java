package dev.baton.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The file that log lines of the command go to, of Baton's own code and of tasks and libraries in this process:
/// `.baton/log`, at most [#LIMIT] bytes, and as many of what was before in `.baton/log.1`.
///
/// Warnings of Baton's own are for whoever runs the command, on standard error too, in one line. What functions log is
/// not: how their tasks ended the command tells.
public final class LogFile extends Handler {
    static final long LIMIT = 4L << 20;

    private static final String BATON = "dev.baton.";
    private static final String FUNCTIONS = "dev.baton.lambda";

    private final Path file;
    private final PrintWriter err;
    private final Formatter format;
    private boolean broken;

    /// @param err gets warnings
    LogFile(Path file, PrintWriter err) {
        this.file = file;
        this.err = err;
        this.format = new Lines();
        setLevel(Level.INFO);
    }

    /// Has all loggers of the process write there, instead of wherever they wrote.
    ///
    /// @param traced whether all of it is for standard error as well
    public static void install(Path file, PrintWriter err, boolean traced) {
        var root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        if (!traced) {
            for (var handler : root.getHandlers()) {
                root.removeHandler(handler);
            }
        }
        root.addHandler(new LogFile(file, err));
        root.addHandler(new FunctionLog());
    }

    @Override
    public synchronized void publish(LogRecord line) {
        if (!isLoggable(line)) {
            return;
        }
        if (isForPeople(line)) {
            var thrown = line.getThrown() == null ? "" : ": " + line.getThrown();
            err.println("baton: " + format.formatMessage(line) + thrown);
        }
        if (broken) {
            return;
        }
        try {
            write(format.format(line));
        } catch (IOException | UncheckedIOException e) {
            // A disk that is full, or a folder that cannot be written, must not end what is logged about.
            broken = true;
            err.println("baton: the log " + file + " cannot be written: " + e.getMessage());
        }
    }

    private static boolean isForPeople(LogRecord line) {
        var name = String.valueOf(line.getLoggerName());
        return line.getLevel().intValue() >= Level.WARNING.intValue()
                && name.startsWith(BATON)
                && !name.startsWith(FUNCTIONS);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.exists(file) && Files.size(file) + text.length() > LIMIT) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        // Opened for each line: other commands write it at the same time, and may have moved it.
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private static final class Lines extends Formatter {
        @Override
        public String format(LogRecord line) {
            var text = new StringWriter();
            var out = new PrintWriter(text);
            var about = line.getInstant() + " " + line.getLevel() + " " + line.getLoggerName();
            out.println(about + ": " + formatMessage(line));
            if (line.getThrown() != null) {
                line.getThrown().printStackTrace(out);
            }
            out.flush();
            return text.toString();
        }
    }
}
