package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.run.code.ReachedCode;
import dev.baton.run.decision.UsedIdentities;
import dev.baton.task.Access;
import dev.baton.task.ExternalTask;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Builds a graph and finds all that is wrong with it.
final class GraphChecks {
    /// Of one kind of finding about one class, so many are told: the rest says the same.
    private static final int TOLD = 8;

    private final Pipeline pipeline;
    private final List<Diagnostic> findings = new ArrayList<>();
    private final Set<Diagnostic> known = new HashSet<>();
    private final Map<String, Integer> told = new TreeMap<>();

    GraphChecks(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /// The graph of a pipeline that was checked when it was compiled: only what says that there is none is found.
    CheckedGraph compiled(int limit) {
        var roots = new SampleRoots(pipeline.root(), pipeline.samples(), this::report).choose();
        if (roots.isEmpty()) {
            return new CheckedGraph(Optional.empty(), findings);
        }
        var walk = new GraphWalk(roots, limit, GraphWalk.Asking.ONCE, this::report);
        walk.run();
        var graph = TaskGraph.of(pipeline, walk, roots, new ItemChecks(types(walk.places()), this::report).check());
        return new CheckedGraph(errors() ? Optional.empty() : Optional.of(graph), findings);
    }

    /// The graph, and everything that is wrong with the pipeline.
    CheckedGraph check(int limit) {
        ClassChecks.parameters(pipeline.root(), this::report);
        ClassChecks.options(pipeline.root(), this::report);
        if (ExternalTask.class.isAssignableFrom(pipeline.root())) {
            report(GraphFindings.externalRoot(pipeline.root()));
        }
        var roots = errors()
                ? List.<Record>of()
                : new SampleRoots(pipeline.root(), pipeline.samples(), this::report).choose();
        if (roots.isEmpty()) {
            ClassChecks.declarations(pipeline.root(), this::report);
            artefact();
            return new CheckedGraph(Optional.empty(), findings);
        }
        var walk = new GraphWalk(roots, limit, GraphWalk.Asking.TWICE, this::report);
        walk.run();
        var types = types(walk.places());
        var constants = new ConstantScan();
        for (var type : types.keySet()) {
            if (type != pipeline.root()) {
                ClassChecks.parameters(type, this::report);
            }
            ClassChecks.declarations(type, this::report);
            new ClassScan(type).check(this::report);
            constants.check(type, this::report);
        }
        walk.places().forEach(this::uses);
        cycles(walk.places());
        var items = new ItemChecks(types, this::report).check();
        ItemChecks.classes(items).forEach(type -> {
            new ClassScan(type).check(this::report);
            constants.check(type, this::report);
        });
        if (!errors()) {
            types.forEach((type, places) -> ExpectationChecks.check(type, tasks(places), this::report));
            items.values().forEach(found -> ExpectationChecks.check(found.itemClass(), found.samples(), this::report));
        }
        new TargetChecks(types, items.values(), this::report).check();
        var graph = TaskGraph.of(pipeline, walk, roots, items);
        clashes(walk, graph);
        artefact();
        if (!errors()) {
            new OrderChecks(graph, this::report).check();
            new TriggerChecks(graph, this::report).check();
            new TickChecks(graph, this::report).check();
            new RotationChecks(graph, this::report).check();
            new RecoveryChecks(graph.pipeline(), this::report).check();
        }
        return new CheckedGraph(errors() ? Optional.empty() : Optional.of(graph), findings);
    }

    /// The findings where the JVM gave up.
    CheckedGraph broken(Error thrown) {
        artefact();
        // That a class is missing is told more exactly by then.
        if (!(thrown instanceof NoClassDefFoundError) || !errors()) {
            report(ArtefactFindings.broken(pipeline.root(), thrown));
        }
        return new CheckedGraph(Optional.empty(), findings);
    }

    /// Every class that is missing is told: each may be in a jar of its own.
    private void artefact() {
        var reached = ReachedCode.from(pipeline.root());
        reached.missing().forEach(missing -> findings.add(placed(ArtefactFindings.missing(missing))));
        reached.newer().forEach((name, file) -> findings.add(placed(ArtefactFindings.newer(name, file))));
    }

    private void uses(NodeDraft place) {
        for (var task : place.tasks()) {
            try {
                if (TaskAnswer.isNull(task.uses())) {
                    report(GraphFindings.nothing(task, "uses()"));
                } else {
                    task.uses().forEach(access -> bucket(task, access));
                    task.identities().values().forEach(identity -> identity(task, identity));
                }
            } catch (Throwable e) {
                report(GraphFindings.failed(task, "uses()", e));
            }
        }
    }

    private void identity(Task task, String identity) {
        if (UsedIdentities.isObject(identity)
                && task.uses().stream()
                        .noneMatch(access ->
                                access instanceof Access.ReadObjects read && identity.startsWith(read.prefix()))) {
            report(GraphFindings.identityUnread(task, identity));
        }
    }

    private void bucket(Task task, Access access) {
        var prefix = switch (access) {
            case Access.ReadObjects read -> read.prefix();
            case Access.ListObjects list -> list.prefix();
            case Access.WriteObjects write -> write.prefix();
            case Access.ReplaceObjects replace -> replace.prefix();
            case Access.Secret secret -> null;
            case Access.TableItems items -> null;
            case Access.Actions actions -> null;
        };
        if (prefix != null) {
            TargetChecks.bucket(task.getClass(), prefix.split("/", 4)[2], this::report);
        }
    }

    /// The places by class, in the order of the classes' names.
    private static Map<Class<?>, List<NodeDraft>> types(List<NodeDraft> places) {
        var types = new TreeMap<Class<?>, List<NodeDraft>>(
                (one, other) -> one.getName().compareTo(other.getName()));
        for (var place : places) {
            types.computeIfAbsent(place.type(), type -> new ArrayList<>()).add(place);
        }
        return types;
    }

    private static List<Task> tasks(List<NodeDraft> places) {
        return places.stream().flatMap(place -> place.tasks().stream()).toList();
    }

    private void clashes(GraphWalk walk, TaskGraph graph) {
        var ids = new IdentityHashMap<NodeDraft, String>();
        var nodes = graph.met();
        for (var i = 0; i < nodes.size(); i++) {
            ids.put(walk.places().get(i), nodes.get(i).id());
        }
        for (var clash : walk.clashes()) {
            report(GraphFindings.onePlace(id(ids, clash.one()), id(ids, clash.other()), clash.task()));
        }
    }

    private static String id(Map<NodeDraft, String> ids, NodeDraft place) {
        return ids.getOrDefault(place, place.type().getSimpleName());
    }

    /// Depth first without recursion, for a chain may be long.
    private void cycles(List<NodeDraft> places) {
        var done = new HashSet<NodeDraft>();
        var path = new ArrayList<NodeDraft>();
        var onPath = new HashSet<NodeDraft>();
        var iterators = new ArrayList<Iterator<NodeDraft>>();
        for (var start : places) {
            if (done.contains(start)) {
                continue;
            }
            path.add(start);
            onPath.add(start);
            iterators.add(start.requires().iterator());
            while (!path.isEmpty()) {
                var next = iterators.getLast();
                if (!next.hasNext()) {
                    iterators.removeLast();
                    var left = path.removeLast();
                    onPath.remove(left);
                    done.add(left);
                    continue;
                }
                var child = next.next();
                if (onPath.contains(child)) {
                    var cycle = new ArrayList<>(path.subList(path.indexOf(child), path.size()));
                    cycle.add(child);
                    report(GraphFindings.cycle(cycle));
                } else if (!done.contains(child)) {
                    path.add(child);
                    onPath.add(child);
                    iterators.add(child.requires().iterator());
                }
            }
        }
    }

    private boolean errors() {
        return findings.stream().anyMatch(Diagnostic::isError);
    }

    private void report(Diagnostic finding) {
        var placed = placed(finding);
        if (known.add(placed) && told.merge(placed.code() + placed.location(), 1, Integer::sum) <= TOLD) {
            findings.add(placed);
        }
    }

    private Diagnostic placed(Diagnostic finding) {
        return new Diagnostic(
                finding.severity(),
                finding.code(),
                Location.named(pipeline.name() + "/" + finding.location()),
                finding.message(),
                finding.remedy());
    }
}
