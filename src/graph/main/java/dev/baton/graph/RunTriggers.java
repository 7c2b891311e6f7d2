package dev.baton.graph;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Task;
import dev.baton.task.parameter.TaskKey;
import dev.baton.task.parameter.TaskMap;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// From the key of an object to the roots of the runs that it may make ready.
///
/// The way back is found from the samples: a root parameter is a component of the external task, or that moved by a
/// constant, or in a part of the calendar that follows from it; enums are tried out. What an external task leaves open
/// is told by the keys of others: first of those that every root needs, for they are there or nothing is ready, then,
/// where these leave something open, by every smallest choice of those that only some roots need ([Task#onlyIf]). So
/// every root that is ready is proposed, whichever of its objects came last, and a sweep proposes the same from
/// nothing.
///
/// Everything so proposed is then verified forwards, by asking the root what it needs: a false start is impossible.
/// What cannot be found back is an error at compile time (TSK040, TSK041, TSK060), never silence. A root that needs
/// nothing from outside is started by nothing (TSK061).
public final class RunTriggers {
    private final TaskGraph graph;
    private final TriggerNodes nodes;

    /// The triggers of a graph's pipeline.
    public RunTriggers(TaskGraph graph) {
        this.graph = graph;
        this.nodes = new TriggerNodes(graph);
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
        return nodes.starters().stream()
                .map(starter -> new Pattern(
                        starter.node().template().bucket(),
                        starter.node().template().wildcard()))
                .distinct()
                .sorted(Comparator.comparing(Pattern::bucket).thenComparing(Pattern::wildcard))
                .toList();
    }

    /// The templates of the external tasks, without doubles, sorted: what messages name.
    public List<String> templates() {
        return nodes.starters().stream()
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
        var about = about(uri);
        if (about.isEmpty()) {
            return Optional.empty();
        }
        var search = new RootSearch(graph, nodes, listing);
        about.keySet().forEach(starter -> search.found(uri, starter));
        var roots = new TaskMap<Boolean>();
        about.forEach((starter, task) -> requiring(search, starter, task)
                .filter(root -> search.needs(root, task))
                .forEach(root -> roots.put((Task) root, true)));
        var partial = about.keySet().stream()
                .anyMatch(starter -> !nodes.missing(starter.tells()).isEmpty());
        return Optional.of(new Candidates(printed(roots), partial));
    }

    /// The external nodes that an object may be of, and their tasks.
    private Map<TriggerNode, Task> about(String uri) {
        var about = new LinkedHashMap<TriggerNode, Task>();
        for (var starter : nodes.starters()) {
            starter.key(uri).flatMap(starter::task).ifPresent(task -> about.put(starter, task));
        }
        return about;
    }

    /// The roots that require the task of a node, needed or not.
    private Stream<Record> requiring(RootSearch search, TriggerNode starter, Task task) {
        return search.roots(starter.propose(task), starter.tells()).stream()
                .filter(root -> requires(search, root, starter.node(), task));
    }

    /// Every root that needs what is there and may be ready: whatever [#roots] gives for one of the objects.
    public List<Map<String, String>> all(Listing listing) {
        if (nodes.starters().isEmpty()) {
            return List.of();
        }
        var search = new RootSearch(graph, nodes, listing);
        var roots = new TaskMap<Boolean>();
        search.roots(List.of(Map.of()), Set.of()).stream()
                .filter(search::needsSome)
                .forEach(root -> roots.put((Task) root, true));
        return printed(roots);
    }

    /// How many roots a key of each external class starts, the most that any sample showed; externals that leave
    /// parameters open are not counted.
    public Map<Class<?>, Integer> fanOut() {
        var fanOut = new LinkedHashMap<Class<?>, Integer>();
        for (var starter : nodes.starters()) {
            if (!nodes.missing(starter.tells()).isEmpty()) {
                continue;
            }
            var samples = new TaskMap<Boolean>();
            starter.node().samples().forEach(sample -> samples.put(sample, true));
            for (var sample : samples.keySet()) {
                var search = new RootSearch(graph, nodes, prefix -> Stream.empty());
                var roots = new TaskMap<Boolean>();
                about(sample.output().uri())
                        .forEach((other, task) ->
                                requiring(search, other, task).forEach(root -> roots.put((Task) root, true)));
                fanOut.merge(starter.node().taskClass(), roots.size(), Math::max);
            }
        }
        return fanOut;
    }

    TriggerNodes nodes() {
        return nodes;
    }

    private boolean requires(RootSearch search, Record root, TaskNode node, Task task) {
        try {
            return TaskKey.same(graph.task(node, root), task);
        } catch (DiagnosticException e) {
            // A root with another shape (RUN010) cannot run, which has to be told where it needs the task.
            return search.surelyNeeds(root, task);
        }
    }

    private List<Map<String, String>> printed(Map<Task, Boolean> roots) {
        return roots.keySet().stream()
                .map(root -> graph.rootParameters().print(root))
                .toList();
    }
}
