package dev.baton.lambda.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a provider of OpenTelemetry gets to see.
class OpenTelemetrySpansTest {
    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final OpenTelemetrySpans spans = new OpenTelemetrySpans(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .build());

    @Test
    void a_span_inside_another_is_its_child_and_both_have_their_attributes() throws Exception {
        var answer = spans.in(
                "outer", Map.of("baton.task", "T"), () -> spans.in("inner", Map.of("baton.attempt", "0"), () -> "done"));
        assertThat(answer).isEqualTo("done");
        assertThat(exported.getFinishedSpanItems()).satisfiesExactly(
                inner -> {
                    assertThat(inner.getName()).isEqualTo("inner");
                    assertThat(inner.getAttributes().get(AttributeKey.stringKey("baton.attempt"))).isEqualTo("0");
                    assertThat(inner.getParentSpanId())
                            .isEqualTo(exported.getFinishedSpanItems().get(1).getSpanId());
                },
                outer -> {
                    assertThat(outer.getName()).isEqualTo("outer");
                    assertThat(outer.getAttributes().get(AttributeKey.stringKey("baton.task"))).isEqualTo("T");
                });
    }

    @Test
    void a_failure_leaves_as_itself_and_is_recorded() {
        var failure = new IllegalStateException("as told");
        assertThatThrownBy(() -> spans.in("failing", Map.of(), () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(exported.getFinishedSpanItems()).singleElement().satisfies(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getEvents()).singleElement().extracting(event -> event.getName()).isEqualTo("exception");
        });
    }
}
