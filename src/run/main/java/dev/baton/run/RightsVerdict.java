package dev.baton.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A person's verdict about rights: that they are granted, that they are not, or that they end before their time.
///
/// @param request [RightsRequest#hash] of what it is about
/// @param by who gave it
/// @param granted yes or no; of the end of rights, no
/// @param reason why, as was given
/// @param at when
public record RightsVerdict(String request, Requester by, boolean granted, String reason, Instant at) {

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("request", request);
        json.put("by", by.toJson());
        json.put("granted", granted);
        json.put("reason", reason);
        json.put("at", at.toString());
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what [#toJson] makes
    public static RightsVerdict of(StrictFields fields) {
        return new RightsVerdict(
                fields.string("request"),
                Requester.of(fields.object("by")),
                fields.bool("granted"),
                fields.string("reason"),
                fields.instant("at"));
    }

    /// @throws dev.baton.task.InvalidInput when this is not the JSON of one
    public static RightsVerdict parse(byte[] utf8) {
        return of(StrictFields.parse("the verdict about rights", utf8));
    }
}
