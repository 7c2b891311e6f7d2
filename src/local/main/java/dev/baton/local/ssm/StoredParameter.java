package dev.baton.local.ssm;

import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parameter with its versions, oldest first.
record StoredParameter(String name, List<Version> versions) {
    /// A version of a parameter.
    ///
    /// @param type `String` or `StringList`
    record Version(long number, String type, String value, Instant modifiedAt) {}

    StoredParameter {
        versions = List.copyOf(versions);
    }

    Version latest() {
        return versions.getLast();
    }

    @Nullable
    Version version(String number) {
        return versions.stream()
                .filter(version -> Long.toString(version.number()).equals(number))
                .findFirst()
                .orElse(null);
    }

    /// With one more version; the API keeps a hundred.
    StoredParameter with(String type, String value, Instant now) {
        var more = new ArrayList<>(versions);
        more.add(new Version(latest().number() + 1, type, value, now));
        return new StoredParameter(name, more.subList(Math.max(0, more.size() - 100), more.size()));
    }

    Map<String, @Nullable Object> toJson() {
        var all = new ArrayList<@Nullable Object>();
        for (var version : versions) {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("number", version.number());
            json.put("type", version.type());
            json.put("value", version.value());
            json.put("modifiedAt", version.modifiedAt().toString());
            all.add(json);
        }
        return JsonAnswer.of("name", name, "versions", all);
    }

    static StoredParameter of(StoredJson json) {
        var versions = json.objects("versions").stream()
                .map(version -> new Version(
                        version.number("number"),
                        version.text("type"),
                        version.text("value"),
                        version.time("modifiedAt")))
                .toList();
        return new StoredParameter(json.text("name"), versions);
    }
}
