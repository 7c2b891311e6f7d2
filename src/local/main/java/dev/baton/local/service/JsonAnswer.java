package dev.baton.local.service;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a JSON object, member by member.
public final class JsonAnswer {
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    /// How the protocol writes a moment: seconds since 1970, with milliseconds behind the point.
    public static double seconds(Instant moment) {
        return moment.toEpochMilli() / 1000.0;
    }

    /// An object of a few members.
    ///
    /// @param namesAndValues by turns
    public static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
        var answer = new JsonAnswer();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            answer.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return answer.map();
    }

    public JsonAnswer put(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    /// Leaves an absent value out.
    public JsonAnswer putIf(String name, @Nullable Object value) {
        return value == null ? this : put(name, value);
    }

    public JsonAnswer time(String name, @Nullable Instant moment) {
        return putIf(name, moment == null ? null : seconds(moment));
    }

    public Map<String, @Nullable Object> map() {
        return members;
    }
}
