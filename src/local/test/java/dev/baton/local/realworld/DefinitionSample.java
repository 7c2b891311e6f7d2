package dev.baton.local.realworld;

import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A state machine that somebody published.
///
/// @param id the path in its repository
record DefinitionSample(String id, Map<String, @Nullable Object> definition) {

    /// All of the corpus, in the order of their names.
    static List<DefinitionSample> all(Path corpus) throws IOException {
        var all = new ArrayList<DefinitionSample>();
        try (var files = Files.list(corpus.resolve("validation-realworld"))) {
            for (var file : files.sorted().toList()) {
                var json = Json.parseObject(Files.readAllBytes(file));
                all.add(new DefinitionSample(
                        String.valueOf(json.get("id")), object(Objects.requireNonNull(json.get("definition")))));
            }
        }
        return all;
    }

    /// The Task states by their names, wherever they are.
    Map<String, Map<String, @Nullable Object>> tasks() {
        var tasks = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        states((name, state) -> {
            if ("Task".equals(state.get("Type"))) {
                tasks.put(name, state);
            }
        });
        return tasks;
    }

    void states(BiConsumer<String, Map<String, @Nullable Object>> each) {
        states(definition, each);
    }

    private static void states(@Nullable Object json, BiConsumer<String, Map<String, @Nullable Object>> each) {
        if (json instanceof List<?> list) {
            list.forEach(element -> states(element, each));
        } else if (json instanceof Map<?, ?> map) {
            if (map.get("States") instanceof Map<?, ?> states) {
                states.forEach((name, state) -> each.accept((String) name, object(state)));
            }
            map.values().forEach(value -> states(value, each));
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(Object json) {
        return (Map<String, @Nullable Object>) json;
    }
}
