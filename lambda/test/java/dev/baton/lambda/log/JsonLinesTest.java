package dev.baton.lambda.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;

class JsonLinesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final BasicMDCAdapter context = new BasicMDCAdapter();
    private final JsonLogger logger = new JsonLogger(
            "dev.baton.x",
            Level.INFO,
            new JsonLines(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z"))),
            context);

    private Map<String, Object> line() {
        var text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(text.strip()).doesNotContain("\n");
        return Json.parseObject(text);
    }

    @Test
    void an_event_is_one_line_with_what_the_thread_is_about_and_what_it_adds() {
        context.put("pipeline", "weather");
        logger.atInfo().addKeyValue("size", 12).addKeyValue("for", List.of("a\nb")).log("committed {}", "x");

        assertThat(line())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "timestamp", "2026-11-22T05:00:00Z",
                        "level", "INFO",
                        "logger", "dev.baton.x",
                        "message", "committed x",
                        "pipeline", "weather",
                        "size", 12L,
                        "for", List.of("a\nb")));
    }

    @Test
    void a_failure_shows_its_class_its_message_and_its_causes() {
        logger.error("failed", new IllegalStateException("outer", new IllegalArgumentException("inner")));

        var error = (Map<?, ?>) line().get("error");
        assertThat(error.get("type")).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.get("message")).isEqualTo("outer");
        assertThat((List<?>) error.get("stack"))
                .anySatisfy(frame -> assertThat((String) frame)
                        .isEqualTo("caused by java.lang.IllegalArgumentException: inner"));
    }

    @Test
    void what_is_below_the_level_is_not_printed() {
        logger.debug("no");
        logger.atDebug().log("no");

        assertThat(out.size()).isZero();
    }
}
