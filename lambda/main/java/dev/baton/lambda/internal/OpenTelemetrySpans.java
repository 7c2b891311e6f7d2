package dev.baton.lambda.internal;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Spans through OpenTelemetry's API. The first of an invocation continues the trace that Lambda's trace header tells
/// of, where the provider understands that header.
final class OpenTelemetrySpans {
    private static final String TRACE_HEADER = "X-Amzn-Trace-Id";
    /// The property in which Lambda's Java runtime puts the header of the invocation.
    private static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";

    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    OpenTelemetrySpans(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("dev.baton");
    }

    /// Those of the process's provider.
    static OpenTelemetrySpans ofThisProcess() {
        return Global.SPANS;
    }

    private static final class Global {
        static final OpenTelemetrySpans SPANS = new OpenTelemetrySpans(GlobalOpenTelemetry.get());
    }

    <T> T in(String name, Map<String, String> attributes, Callable<T> work) throws Exception {
        var builder = tracer.spanBuilder(name).setParent(parent());
        attributes.forEach(builder::setAttribute);
        var span = builder.startSpan();
        try (var scope = span.makeCurrent()) {
            return work.call();
        } catch (Exception e) {
            span.recordException(e);
            span.setStatus(StatusCode.ERROR, e.getClass().getName());
            throw e;
        } finally {
            span.end();
        }
    }

    private Context parent() {
        var current = Context.current();
        var header = System.getProperty(TRACE_PROPERTY);
        if (header == null || Span.fromContext(current).getSpanContext().isValid()) {
            return current;
        }
        return telemetry.getPropagators().getTextMapPropagator().extract(current, Map.of(TRACE_HEADER, header), GETTER);
    }

    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };
}
