package dev.baton.cli.deploy;

import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The versions of functions that definitions name.
public final class PinnedVersions {
    private static final Pattern FUNCTION = Pattern.compile(":function:([A-Za-z0-9_-]+):([0-9]+)$");
    private static final String LATEST = "$LATEST";

    private final TreeMap<String, TreeSet<String>> versions = new TreeMap<>();

    /// @param definitions in the Amazon States Language, as deployed
    public PinnedVersions(String... definitions) {
        for (var definition : definitions) {
            collect(Json.parse(definition));
        }
    }

    /// The one version of a function that is named; `$LATEST` where none is.
    public String of(String function) {
        var named = versions.get(function);
        return named == null ? LATEST : named.getFirst();
    }

    /// All that are named, by function.
    public Map<String, ? extends Set<String>> all() {
        return versions;
    }

    private void collect(@Nullable Object value) {
        switch (value) {
            case Map<?, ?> object -> object.values().forEach(this::collect);
            case List<?> list -> list.forEach(this::collect);
            case String text -> {
                var match = FUNCTION.matcher(text);
                if (match.find()) {
                    versions.computeIfAbsent(match.group(1), name -> new TreeSet<>())
                            .add(match.group(2));
                }
            }
            case null, default -> {
                // Numbers and the like name no function.
            }
        }
    }
}
