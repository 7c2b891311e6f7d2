package dev.baton.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Copies that keep the order and cannot be changed.
final class ImmutableCopies {
    private ImmutableCopies() {}

    static <V extends @Nullable Object> SequencedMap<String, V> of(Map<String, ? extends V> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }
}
