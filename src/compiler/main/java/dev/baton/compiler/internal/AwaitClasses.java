package dev.baton.compiler.internal;

import java.util.Set;

/// The classes that await or are awaited: which classes of tasks have to do with awaits; none where nothing in the
/// pipeline waits for another branch.
///
/// @param begun of tasks that begin only when other branches have come so far
/// @param awaited of tasks that other branches wait for
public record AwaitClasses(Set<Class<?>> begun, Set<Class<?>> awaited) {
    public static final AwaitClasses NOTHING = new AwaitClasses(Set.of(), Set.of());

    public AwaitClasses {
        begun = Set.copyOf(begun);
        awaited = Set.copyOf(awaited);
    }

    /// Whether anything waits.
    public boolean any() {
        return !awaited.isEmpty();
    }

    /// Whether somebody is to be told at once when a task of the class is complete: who waits for it, or its own state,
    /// if the result gets lost on its way there.
    public boolean isTold(Class<?> task) {
        return begun.contains(task) || awaited.contains(task);
    }
}
