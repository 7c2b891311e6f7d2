package dev.baton.local.events;

import dev.baton.local.internal.StoredJson;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An archive: which events of a bus are kept, and how long.
///
/// @param busArn whose events they are
/// @param pattern nothing for all events
/// @param retentionDays 0 for ever
record Archive(
        String name,
        String arn,
        String busArn,
        String description,
        @Nullable EventPattern pattern,
        long retentionDays,
        Instant created) {

    /// The oldest that is still kept.
    Instant since(Instant now) {
        return retentionDays == 0 ? Instant.MIN : now.minus(Duration.ofDays(retentionDays));
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", name);
        json.put("arn", arn);
        json.put("bus", busArn);
        json.put("description", description);
        json.put("pattern", pattern == null ? null : pattern.text());
        json.put("retentionDays", retentionDays);
        json.put("created", created.toEpochMilli());
        return json;
    }

    static Archive of(StoredJson json) {
        var pattern = json.textIf("pattern");
        return new Archive(
                json.text("name"),
                json.text("arn"),
                json.text("bus"),
                json.text("description"),
                pattern == null ? null : EventPattern.parse(pattern),
                json.count("retentionDays"),
                json.time("created"));
    }
}
