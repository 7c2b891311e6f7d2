package dev.baton.task.graph;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// From the key of an object to the roots of the runs that it may make ready.
///
/// The way back is found from the samples: a root parameter is a component of the external task, or that moved by a
/// constant, or in the same part of the calendar; enums are tried out. What an external task leaves open is joined
/// from the keys of the others. Everything so proposed is then verified forwards, by asking the root: a false start
/// is impossible. What cannot be found back is an error at compile time (TSK040, TSK041), never silence.
public final class Triggers {
    private final TaskGraph graph;
    private final List<Starter> starters;

    Triggers(TaskGraph graph) {
        this.graph = graph;
        starters =
                graph.externals().stream().map(node -> new Starter(graph, node)).toList();
    }

    /// Lists objects.
    @FunctionalInterface
    public interface Listing {
        /// The logical URIs that begin so.
        Stream<String> under(String prefix);
    }

    /// The roots that an object may make ready.
    ///
    /// @param parameters the roots', canonically printed, without order
    /// @param partial whether the object tells less than the whole root: every root that there is may read it, so a
    ///     new version of it concerns all of history
    public record Candidates(List<Map<String, String>> parameters, boolean partial) {
        public Candidates {
            parameters = List.copyOf(parameters);
        }
    }

    /// A template of objects that start runs.
    ///
    /// @param bucket logical
    /// @param wildcard pattern of keys, `*` for anything: rather too much, so that what matches is looked at again
    public record Pattern(String bucket, String wildcard) {}

    /// The patterns of objects that start runs, without doubles, sorted.
    public List<Pattern> patterns() {
        return starters.stream()
                .map(starter -> new Pattern(
                        starter.node().template().bucket(),
                        starter.node().template().wildcard()))
                .distinct()
                .sorted(Comparator.comparing(Pattern::bucket).thenComparing(Pattern::wildcard))
                .toList();
    }

    /// The templates of the external tasks, without doubles, sorted: what messages name.
    public List<String> templates() {
        return starters.stream()
                .map(starter -> starter.node().template().text())
                .distinct()
                .sorted()
                .toList();
    }

    /// The roots that an object may make ready, or nothing where no external task is about such an object.
    ///
    /// @param uri logical
    /// @param listing asked only where the object does not tell the whole root
    public Optional<Candidates> roots(String uri, Listing listing) {
        var roots = new LinkedHashSet<Record>();
        var matched = false;
        var partial = false;
        for (var starter : starters) {
            var task = key(starter, uri).flatMap(starter::task);
            if (task.isEmpty()) {
                continue;
            }
            matched = true;
            partial |= !missing(starter.tells()).isEmpty();
            for (var root : complete(starter.propose(task.get()), starter.tells(), listing)) {
                if (requires(root, starter.node(), task.get())) {
                    roots.add(root);
                }
            }
        }
        return matched ? Optional.of(new Candidates(printed(roots), partial)) : Optional.empty();
    }

    /// Every root that the objects that are there may make ready.
    public List<Map<String, String>> all(Listing listing) {
        return starters.isEmpty() ? List.of() : printed(complete(List.of(Map.of()), Set.of(), listing));
    }

    /// How many roots a key of each external class starts, the most that any sample showed; externals that leave
    /// parameters open are not counted.
    public Map<Class<?>, Integer> fanOut() {
        var fanOut = new LinkedHashMap<Class<?>, Integer>();
        for (var starter : starters) {
            if (!missing(starter.tells()).isEmpty()) {
                continue;
            }
            var samples = new TaskMap<Boolean>();
            starter.node().samples().forEach(sample -> samples.put(sample, true));
            for (var task : samples.keySet()) {
                var count = roots(task.output().uri(), prefix -> Stream.empty())
                        .map(candidates -> candidates.parameters().size())
                        .orElse(0);
                fanOut.merge(starter.node().taskClass(), count, Math::max);
            }
        }
        return fanOut;
    }

    /// The root parameters, counted from 0, that no external task tells and that cannot be tried out.
    Set<Integer> untold() {
        var told = new HashSet<Integer>();
        starters.forEach(starter -> told.addAll(starter.tells()));
        return missing(told);
    }

    List<Starter> starters() {
        return starters;
    }

    private static Optional<String> key(Starter starter, String uri) {
        var bucket = "s3://" + starter.node().template().bucket() + "/";
        return uri.startsWith(bucket) ? Optional.of(uri.substring(bucket.length())) : Optional.empty();
    }

    /// What is not told and has too many values to try.
    private Set<Integer> missing(Set<Integer> told) {
        var missing = new HashSet<Integer>();
        var parameters = graph.rootParameters();
        for (var i = 0; i < parameters.count(); i++) {
            if (!told.contains(i) && parameters.get(i).type().alternatives().isEmpty()) {
                missing.add(i);
            }
        }
        return missing;
    }

    /// Completes partial knowledge of roots by the keys of other external tasks, then by all values of enums.
    private List<Record> complete(Collection<Map<Integer, Object>> assignments, Set<Integer> told, Listing listing) {
        Collection<Map<Integer, Object>> current = assignments;
        var known = new HashSet<>(told);
        while (!missing(known).isEmpty() && !current.isEmpty()) {
            var missing = missing(known);
            var next = starters.stream()
                    .filter(starter -> starter.tells().stream().anyMatch(missing::contains))
                    .max(Comparator.comparingLong((Starter starter) -> starter.tells().stream()
                                    .filter(missing::contains)
                                    .count())
                            .thenComparing(starter -> starter.node().id(), Comparator.reverseOrder()));
            if (next.isEmpty()) {
                return List.of();
            }
            current = Assignments.join(current, listed(next.get(), current, listing));
            known.addAll(next.get().tells());
        }
        return roots(current);
    }

    private Collection<Map<Integer, Object>> listed(
            Starter starter, Collection<Map<Integer, Object>> current, Listing listing) {
        var template = starter.node().template();
        var prefixes = new LinkedHashSet<String>();
        for (var assignment : current) {
            prefixes.add("s3://" + template.bucket() + "/" + template.prefix(starter.known(assignment)));
        }
        var proposed = new LinkedHashSet<Map<Integer, Object>>();
        for (var prefix : prefixes) {
            try (var uris = listing.under(prefix)) {
                uris.forEach(uri -> key(starter, uri)
                        .flatMap(starter::task)
                        .ifPresent(task -> proposed.addAll(starter.propose(task))));
            }
        }
        return proposed;
    }

    private List<Record> roots(Collection<Map<Integer, Object>> assignments) {
        var parameters = graph.rootParameters();
        var roots = new LinkedHashSet<Record>();
        for (var assignment : assignments) {
            Collection<Map<Integer, Object>> whole = List.of(assignment);
            for (var i = 0; i < parameters.count(); i++) {
                if (!assignment.containsKey(i)) {
                    var component = i;
                    whole = Assignments.join(
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
        return List.copyOf(roots);
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

    private boolean requires(Record root, TaskNode node, Task task) {
        try {
            return TaskKey.same(graph.task(node, root), task);
        } catch (DiagnosticException e) {
            // A root with another shape (RUN010) cannot run; whoever starts it by hand is told so.
            return false;
        }
    }

    private List<Map<String, String>> printed(Collection<Record> roots) {
        var printed = new ArrayList<Map<String, String>>();
        roots.forEach(root -> printed.add(graph.rootParameters().print(root)));
        return List.copyOf(printed);
    }
}
