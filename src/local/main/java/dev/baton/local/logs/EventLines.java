package dev.baton.local.logs;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Events as lines of text, `[timestamp,ingested,"message"]`, which people can read while they are written.
final class EventLines {
    private EventLines() {}

    /// Where a line lies in some text, and its times.
    record Line(int from, int to, long timestamp, long ingested) {}

    static byte[] print(List<LogEvent> events) {
        var out = new ByteArrayOutputStream();
        for (var event : events) {
            out.writeBytes(print(event));
        }
        return out.toByteArray();
    }

    static byte[] print(LogEvent event) {
        var text = "[" + event.timestamp() + "," + event.ingested() + "," + Json.print(event.message()) + "]\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The events of some whole lines.
    ///
    /// @param offset where the text begins in its stream
    static List<LogEvent> parse(byte[] text, long offset) {
        var events = new ArrayList<LogEvent>();
        for (var line : lines(text, 0)) {
            events.add(new LogEvent(line.timestamp(), line.ingested(), offset + line.from(), message(text, line)));
        }
        return events;
    }

    private static String message(byte[] text, Line line) {
        var bytes = Arrays.copyOfRange(text, line.from(), line.to());
        try {
            if (Json.parse(bytes) instanceof List<?> parts
                    && parts.size() == 3
                    && parts.get(2) instanceof String message) {
                return message;
            }
        } catch (JsonException e) {
            // Somebody has changed the file; what is there now tells more than nothing.
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// @param before the time of the event before, which a line without one gets
    static List<Line> lines(byte[] text, long before) {
        var lines = new ArrayList<Line>();
        long timestamp = before;
        long ingested = before;
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                int comma = comma(text, from + 1, i);
                int second = comma < 0 ? -1 : comma(text, comma + 1, i);
                if (second >= 0) {
                    timestamp = number(text, from + 1, comma);
                    ingested = number(text, comma + 1, second);
                }
                lines.add(new Line(from, i, timestamp, ingested));
                from = i + 1;
            }
        }
        return lines;
    }

    /// Where the number ends that begins here; -1 where there is none.
    private static int comma(byte[] text, int from, int to) {
        int at = from;
        while (at < to && at - from < 18 && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at > from && at < to && text[at] == ',' ? at : -1;
    }

    private static long number(byte[] text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
