package dev.baton.local.states.integration;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The metadata that an optimised integration adds to a service's answer: `SdkHttpMetadata` and `SdkResponseMetadata`.
final class SdkMetadata {
    private SdkMetadata() {}

    /// @param answer gets the members
    /// @param more headers besides those that every answer has
    static void addTo(
            Map<String, @Nullable Object> answer,
            String contentType,
            int length,
            Instant now,
            Map<String, String> more) {
        var id = UUID.randomUUID().toString();
        var headers = new LinkedHashMap<String, String>(more);
        headers.putIfAbsent(more.containsKey("Connection") ? "Connection" : "connection", "keep-alive");
        headers.put("Content-Length", Integer.toString(length));
        headers.put("Content-Type", contentType);
        headers.put("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.ofInstant(now, ZoneOffset.UTC)));
        headers.put("x-amzn-RequestId", id);
        var all = new LinkedHashMap<String, @Nullable Object>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        var http = new LinkedHashMap<String, @Nullable Object>();
        http.put("AllHttpHeaders", all);
        http.put("HttpHeaders", headers);
        http.put("HttpStatusCode", 200L);
        answer.put("SdkHttpMetadata", http);
        answer.put("SdkResponseMetadata", Map.of("RequestId", id));
    }
}
