package dev.baton.engine.internal.query;

import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.MissingValue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of one graph of states: its own, which it may assign, and those of the graphs around it, which it may
/// only read. The outer ones do not change while the inner graph runs.
public final class Variables {
    /// The bound on the size of all variables of an execution.
    private static final long MOST_BYTES = 10L << 20;

    private final @Nullable Variables outer;
    private Map<String, @Nullable Object> own = Map.of();
    private Map<String, Long> sizes = Map.of();

    public Variables(@Nullable Variables outer) {
        this.outer = outer;
    }

    /// A variable's value, or [MissingValue#MISSING].
    public @Nullable Object get(String name) {
        for (var scope = this; scope != null; scope = scope.outer) {
            var value = scope.own.get(name);
            if (value != null || scope.own.containsKey(name)) {
                return value;
            }
        }
        return MissingValue.MISSING;
    }

    /// @throws StateFailure when they are larger than variables may be: see the developer guide, *Passing data between
    ///     states with variables*, *Limits*
    public void assign(Map<String, @Nullable Object> values) {
        if (values.isEmpty()) {
            return;
        }
        var measured = measured(values);
        if (own.isEmpty()) {
            own = new HashMap<>();
            sizes = new HashMap<>();
        }
        own.putAll(values);
        sizes.putAll(measured);
    }

    private Map<String, Long> measured(Map<String, @Nullable Object> values) {
        var measured = new HashMap<String, Long>();
        var together = 0L;
        for (var value : values.entrySet()) {
            var size = PayloadLimit.measure(value.getValue(), PayloadLimit.BYTES);
            measured.put(value.getKey(), size);
            together += size;
        }
        if (together > PayloadLimit.BYTES) {
            throw StateFailure.variablesTooLarge("The variables that one Assign field sets", PayloadLimit.BYTES);
        }
        var before = values.keySet().stream()
                .mapToLong(name -> sizes.getOrDefault(name, 0L))
                .sum();
        if (bytes() - before + together > MOST_BYTES) {
            throw StateFailure.variablesTooLarge("The variables of the execution", MOST_BYTES);
        }
        return measured;
    }

    /// The number of bytes of JSON that are visible here.
    private long bytes() {
        var own = sizes.values().stream().mapToLong(Long::longValue).sum();
        return outer == null ? own : own + outer.bytes();
    }

    /// All that are visible here, in no order.
    public Map<String, @Nullable Object> all() {
        var all = outer == null ? new HashMap<String, @Nullable Object>() : outer.all();
        all.putAll(own);
        return all;
    }
}
