package dev.baton.lambda.internal;

import java.util.Map;
import java.util.concurrent.Callable;

/// Spans of OpenTelemetry, where somebody listens: a layer or an agent that is configured by `OTEL_…` variables. Where
/// nobody does, not even the API's classes are loaded.
public final class Spans {
    private static final boolean LISTENED_TO =
            System.getenv().keySet().stream().anyMatch(name -> name.startsWith("OTEL_"));

    private Spans() {}

    /// Does the work in a span.
    ///
    /// @param attributes of the span, by name
    public static <T> T in(String name, Map<String, String> attributes, Callable<T> work) throws Exception {
        return LISTENED_TO ? OpenTelemetrySpans.ofThisProcess().in(name, attributes, work) : work.call();
    }
}
