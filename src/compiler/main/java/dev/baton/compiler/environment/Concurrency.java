package dev.baton.compiler.environment;

import dev.baton.compiler.pipeline.CompiledPipeline;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The concurrency of an environment, how much runs at once, at most: invocations of a function, and iterations of a
/// distributed Map. A cap on a function is also reserved: the account's other functions cannot take it, and the sum
/// must leave them 100. A cap on a Map is its `MaxConcurrency`: what does not run yet waits there, and is not
/// throttled.
///
/// @param task of each function that runs tasks; no cap where absent
/// @param start of the start function
/// @param pin of the pin function
/// @param callback of the callback function, and of the one that registers awaits, each
/// @param tasks of single functions by their task class (`CleanObservations`), before [#task]
/// @param maps of Maps by the class that they are over: an expanding task, or the first task of each iteration where
///     many tasks that are alike became one Map; what the task declares where absent
public record Concurrency(
        @Nullable Integer task,
        @Nullable Integer start,
        @Nullable Integer pin,
        @Nullable Integer callback,
        SortedMap<String, Integer> tasks,
        SortedMap<String, Integer> maps) {
    /// No caps.
    public static final Concurrency FREE = new Concurrency(null, null, null, null, new TreeMap<>(), new TreeMap<>());

    public Concurrency {
        tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
        maps = Collections.unmodifiableSortedMap(new TreeMap<>(maps));
    }

    /// The number of iterations that run at a time, by the name that stands for it in definitions.
    public SortedMap<String, String> substitutions(CompiledPipeline pipeline) {
        var substitutions = new TreeMap<String, String>();
        pipeline.maps()
                .forEach(map -> substitutions.put(
                        map.placeholder(), Integer.toString(maps.getOrDefault(map.task(), map.maxConcurrency()))));
        return substitutions;
    }
}
