package dev.baton.compiler.environment;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How many invocations of a function run at once, at most. What is capped is also reserved: the account's other
/// functions cannot take it, and the sum must leave them 100.
///
/// @param task of each function that runs tasks; no cap where absent
/// @param start of the start function
/// @param pin of the pin function
/// @param callback of the callback function, and of the one that registers awaits, each
/// @param tasks of single functions by their task class (`CleanObservations`), before [#task]
public record Concurrency(
        @Nullable Integer task,
        @Nullable Integer start,
        @Nullable Integer pin,
        @Nullable Integer callback,
        SortedMap<String, Integer> tasks) {
    /// No caps.
    public static final Concurrency FREE = new Concurrency(null, null, null, null, new TreeMap<>());

    public Concurrency {
        tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
    }
}
