package dev.baton.lambda.log;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.MDCAdapter;

/// A logger of which what counts comes out as a JSON line.
final class JsonLogger extends LegacyAbstractLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1;

    private final transient JsonLines lines;
    private final transient MDCAdapter context;
    private final Level threshold;

    JsonLogger(String name, Level threshold, JsonLines lines, MDCAdapter context) {
        this.name = name;
        this.threshold = threshold;
        this.lines = lines;
        this.context = context;
    }

    @Override
    public void log(LoggingEvent event) {
        if (!isOn(event.getLevel())) {
            return;
        }
        var message = MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray());
        print(event.getLevel(), message, event.getKeyValuePairs(), event.getThrowable());
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable problem) {
        print(level, MessageFormatter.basicArrayFormat(pattern, arguments), null, problem);
    }

    private void print(
            Level level, String message, @Nullable List<KeyValuePair> added, @Nullable Throwable problem) {
        var about = context.getCopyOfContextMap();
        lines.print(level, name, message, about == null ? Map.of() : about, added, problem);
    }

    private boolean isOn(Level level) {
        return level.toInt() >= threshold.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return isOn(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isOn(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isOn(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isOn(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isOn(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }
}
