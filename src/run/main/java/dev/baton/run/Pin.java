package dev.baton.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The content of a run's `pin.json`: which version of every external object the run reads.
///
/// @param run the run
/// @param inputs the pinned objects by logical URI
/// @param secrets the versions, by name, of the secrets that are rotated when tasks of the pipeline complete
public record Pin(RunReference run, Map<String, PinnedObject> inputs, Map<String, String> secrets) {
    /// One of a run that reads no such secret.
    public Pin(RunReference run, Map<String, PinnedObject> inputs) {
        this(run, inputs, Map.of());
    }

    public Pin {
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
        secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
    }

    /// The version of each object, by logical URI.
    public Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        inputs.forEach((uri, object) -> versions.put(uri, object.version()));
        return versions;
    }

    public Map<String, @Nullable Object> toJson() {
        var objects = new LinkedHashMap<String, @Nullable Object>();
        inputs.forEach((uri, object) -> objects.put(uri, object.toJson()));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run", run.toJson());
        json.put("inputs", objects);
        if (!secrets.isEmpty()) {
            json.put("secrets", new LinkedHashMap<String, @Nullable Object>(secrets));
        }
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not a `pin.json`
    public static Pin parse(byte[] utf8) {
        var fields = StrictFields.parse("pin.json", utf8);
        return new Pin(
                RunReference.of(fields.object("run")),
                fields.object("inputs").map((inputs, uri) -> PinnedObject.of(inputs.object(uri))),
                fields.maybeObject("secrets")
                        .map(secrets -> secrets.map(StrictFields::string))
                        .orElse(Map.of()));
    }
}
