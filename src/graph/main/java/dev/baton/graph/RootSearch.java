package dev.baton.graph;

import dev.baton.task.ExternalTask;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.TaskMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A search for the roots that the objects that are there tell: proposes them from keys, and asks them what they need.
final class RootSearch {
    /// So many listings are made; more are one listing of what their prefixes have in common.
    private static final int LISTINGS = 32;

    private final TaskGraph graph;
    private final TriggerNodes nodes;
    private final RunTriggers.Listing listing;
    private final Map<String, List<String>> listed = new HashMap<>();
    /// Which root parameters an object tells.
    private final Map<String, Set<Integer>> there = new HashMap<>();

    RootSearch(TaskGraph graph, TriggerNodes nodes, RunTriggers.Listing listing) {
        this.graph = graph;
        this.nodes = nodes;
        this.listing = listing;
    }

    /// Lets an object be there, whether or not it is listed.
    void found(String uri, TriggerNode starter) {
        there.merge(uri, starter.tells(), (one, other) -> {
            var both = new HashSet<>(one);
            both.addAll(other);
            return both;
        });
    }

    /// The roots of which something is known: all of them that may be ready, and few others.
    ///
    /// @param known each with a value for each of the told root parameters, counted from 0
    List<Record> roots(Collection<Map<Integer, Object>> known, Set<Integer> told) {
        var roots = new TaskMap<Record>();
        for (var way : nodes.covers().of(nodes.missing(told))) {
            var current = known;
            for (var group : way) {
                current = current.isEmpty() ? current : PartialAssignments.join(current, proposed(group, current));
            }
            made(current).forEach(root -> roots.put((Task) root, root));
        }
        return List.copyOf(roots.values());
    }

    /// Whether a root needs an external task, and is told by what it needs and is there: else another object has to
    /// come for it, whose event finds it.
    boolean needs(Record root, Task external) {
        return !nodes.sometimes()
                || needed(root)
                        .map(needed -> needed.containsKey(external) && told(needed))
                        .orElse(true);
    }

    /// Whether a root needs an external task, by what its own tasks say, whatever the compiled graph has.
    boolean surelyNeeds(Record root, Task external) {
        return needed(root).filter(needed -> needed.containsKey(external)).isPresent();
    }

    /// Whether a root needs anything, and is told by what it needs and is there. One that needs nothing is started by
    /// nobody: there is no last object that was missing.
    boolean needsSome(Record root) {
        return !nodes.sometimes()
                || needed(root).map(needed -> !needed.isEmpty() && told(needed)).orElse(true);
    }

    private boolean told(Map<Task, Boolean> needed) {
        var told = new HashSet<Integer>();
        needed.keySet()
                .forEach(external ->
                        told.addAll(there.getOrDefault(external.output().uri(), Set.of())));
        return nodes.missing(told).isEmpty();
    }

    /// The external tasks that a root needs; nothing where the root cannot tell or its graph is larger than the
    /// compiled one (RUN010), which is told when it is considered.
    private Optional<Map<Task, Boolean>> needed(Record root) {
        var externals = new TaskMap<Boolean>();
        var met = new TaskMap<Boolean>();
        var open = new ArrayDeque<Task>(List.of((Task) root));
        while (!open.isEmpty()) {
            var task = open.poll();
            if (task instanceof ExternalTask) {
                externals.put(task, true);
            } else if (met.put(task, true) == null) {
                var required = requires(task);
                if (required.isEmpty() || met.size() > graph.nodes().size()) {
                    return Optional.empty();
                }
                required.get().stream()
                        .filter(one -> !(one instanceof Unneeded))
                        .forEach(open::add);
            }
        }
        return Optional.of(externals);
    }

    private static Optional<List<? extends Task>> requires(Task task) {
        try {
            return Optional.of(task.requires());
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private Collection<Map<Integer, Object>> proposed(
            List<TriggerNode> group, Collection<Map<Integer, Object>> current) {
        var proposed = new LinkedHashSet<Map<Integer, Object>>();
        for (var starter : group) {
            for (var prefix : prefixes(starter, current)) {
                for (var uri : listed.computeIfAbsent(prefix, this::list)) {
                    starter.key(uri).flatMap(starter::task).ifPresent(task -> {
                        found(uri, starter);
                        proposed.addAll(starter.propose(task));
                    });
                }
            }
        }
        return proposed;
    }

    private List<String> list(String prefix) {
        try (var uris = listing.under(prefix)) {
            return uris.toList();
        }
    }

    /// What the keys begin with for what is known, none within another.
    private static List<String> prefixes(TriggerNode starter, Collection<Map<Integer, Object>> current) {
        var sorted = new TreeSet<String>();
        current.forEach(assignment -> sorted.add(starter.prefix(assignment)));
        var apart = new ArrayList<String>();
        for (var prefix : sorted) {
            if (apart.isEmpty() || !prefix.startsWith(apart.getLast())) {
                apart.add(prefix);
            }
        }
        return apart.size() <= LISTINGS ? apart : List.of(common(apart.getFirst(), apart.getLast()));
    }

    /// What the first and the last of sorted texts both begin with, and so all between them.
    private static String common(String first, String last) {
        var length = 0;
        while (length < first.length() && length < last.length() && first.charAt(length) == last.charAt(length)) {
            length++;
        }
        return first.substring(0, length);
    }

    /// The roots of assignments that leave nothing open but what can be tried out.
    private List<Record> made(Collection<Map<Integer, Object>> assignments) {
        var parameters = graph.rootParameters();
        var roots = new ArrayList<Record>();
        for (var assignment : assignments) {
            Collection<Map<Integer, Object>> whole = List.of(assignment);
            for (var i = 0; i < parameters.count(); i++) {
                if (!assignment.containsKey(i)) {
                    var component = i;
                    whole = PartialAssignments.join(
                            whole,
                            parameters.get(i).type().samples().stream()
                                    .map(value -> Map.of(component, value))
                                    .toList());
                }
            }
            for (var values : whole) {
                make(values).ifPresent(roots::add);
            }
        }
        return roots;
    }

    private Optional<Record> make(Map<Integer, Object> assignment) {
        var parameters = graph.rootParameters();
        var values = new Object[parameters.count()];
        for (var i = 0; i < values.length; i++) {
            values[i] = assignment.get(i);
            if (parameters.get(i).type().printed(values[i]).isEmpty()) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(parameters.make(values));
        } catch (IllegalArgumentException e) {
            // The root refuses these values: there is no such run.
            return Optional.empty();
        }
    }
}
