package dev.baton.lambda.log;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// Makes SLF4J print JSON lines on standard output, which is where Lambda takes a function's log from.
///
/// `BATON_LOG_LEVEL` is the level of Baton's and the tasks' own loggers (`INFO` without it). The AWS SDK and its HTTP
/// client say warnings and worse only: below that they print requests.
public final class JsonLinesProvider implements SLF4JServiceProvider {
    private final BasicMDCAdapter context = new BasicMDCAdapter();
    private final BasicMarkerFactory markers = new BasicMarkerFactory();
    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final JsonLines lines = new JsonLines(System.out, InstantSource.system());
    private final Level level = level(System.getenv("BATON_LOG_LEVEL"));

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, this::logger);
    }

    private Logger logger(String name) {
        var foreign = name.startsWith("software.amazon.") || name.startsWith("org.apache.");
        return new JsonLogger(name, foreign ? Level.WARN : level, lines, context);
    }

    private static Level level(@Nullable String name) {
        for (var level : Level.values()) {
            if (level.name().equalsIgnoreCase(name)) {
                return level;
            }
        }
        return Level.INFO;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Everything is made with the provider.
    }
}
