package dev.baton.cli.output;

import dev.baton.lambda.log.JsonLines;
import dev.baton.local.logs.CurrentLog;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/// The way of what functions in this process log to the streams of their functions, in the form that they log in when
/// they are deployed.
public final class FunctionLog extends Handler {
    private static final Formatter TEXT = new SimpleFormatter();
    private static final int ERROR = java.util.logging.Level.SEVERE.intValue();
    private static final int WARN = java.util.logging.Level.WARNING.intValue();
    private static final int INFO = java.util.logging.Level.INFO.intValue();

    @Override
    public void publish(LogRecord line) {
        if (!CurrentLog.isHere() || !isLoggable(line)) {
            return;
        }
        var about = MDC.getCopyOfContextMap();
        CurrentLog.add(JsonLines.line(
                line.getInstant(),
                level(line.getLevel().intValue()),
                String.valueOf(line.getLoggerName()),
                TEXT.formatMessage(line),
                about == null ? Map.of() : about,
                null,
                line.getThrown()));
    }

    private static Level level(int level) {
        if (level >= ERROR) {
            return Level.ERROR;
        }
        return level >= WARN ? Level.WARN : level >= INFO ? Level.INFO : Level.DEBUG;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
