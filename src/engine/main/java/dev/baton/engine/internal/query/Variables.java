package dev.baton.engine.internal.query;

import dev.baton.engine.internal.path.Missing;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of one graph of states: its own, which it may assign, and those of the graphs around it, which it may
/// only read. The outer ones do not change while the inner graph runs.
public final class Variables {
    private final @Nullable Variables outer;
    private Map<String, @Nullable Object> own = Map.of();

    public Variables(@Nullable Variables outer) {
        this.outer = outer;
    }

    /// A variable's value, or [Missing#MISSING].
    public @Nullable Object get(String name) {
        for (var scope = this; scope != null; scope = scope.outer) {
            var value = scope.own.get(name);
            if (value != null || scope.own.containsKey(name)) {
                return value;
            }
        }
        return Missing.MISSING;
    }

    public void assign(Map<String, @Nullable Object> values) {
        if (values.isEmpty()) {
            return;
        }
        if (own.isEmpty()) {
            own = new HashMap<>();
        }
        own.putAll(values);
    }

    /// All that are visible here, in no order.
    public Map<String, @Nullable Object> all() {
        var all = outer == null ? new HashMap<String, @Nullable Object>() : outer.all();
        all.putAll(own);
        return all;
    }
}
