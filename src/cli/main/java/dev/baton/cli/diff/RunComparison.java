package dev.baton.cli.diff;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.lineage.OutputTemplates;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.graph.GraphInstance;
import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import dev.baton.lambda.lineage.ArchivedRecord;
import dev.baton.lambda.lineage.CodeArchive;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.run.CompletionRecord;
import dev.baton.run.PinnedObject;
import dev.baton.run.decision.CodeChange;
import dev.baton.task.InvalidInput;
import dev.baton.task.Unneeded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Two runs of one pipeline, node by node.
///
/// @param a the run that is compared with
/// @param b the run that is asked about
/// @param nodes what each has, by the id of the node, in the order of the data's flow
/// @param differences in the order of the data's flow, at one depth the weightiest first
public record RunComparison(ComparedRun a, ComparedRun b, Map<String, Pair> nodes, List<RunDifference> differences) {

    /// What both runs have at a node.
    record Pair(RunDataset a, RunDataset b) {}

    /// Compares.
    ///
    /// @param graph of their pipeline, as it is here
    /// @param templates of all outputs that are known here
    /// @param report told of what cannot be read
    /// @throws DiagnosticException CLI070, CLI071
    public static RunComparison of(
            ComparedRun a,
            ComparedRun b,
            TaskGraph graph,
            OutputTemplates templates,
            Endpoint endpoint,
            Consumer<Diagnostic> report) {
        if (!a.there().pipeline().equals(b.there().pipeline())) {
            throw RunDiffFindings.twoPipelines(
                    a.execution().name(),
                    a.there().pipeline(),
                    b.execution().name(),
                    b.there().pipeline());
        }
        var depths = depths(graph);
        var ordered = graph.nodes().stream()
                .sorted(Comparator.comparing((TaskNode node) -> depths.get(node.id())))
                .toList();
        var before = found(a, instance(a, graph), ordered, templates, endpoint);
        var now = found(b, instance(b, graph), ordered, templates, endpoint);
        var profiles = new ObjectProfiles(endpoint, report);
        var pairs = new LinkedHashMap<String, Pair>();
        var differences = new ArrayList<RunDifference>();
        for (var node : ordered) {
            var pair = pair(before.get(node.id()), now.get(node.id()), a, b, profiles);
            if (pair != null) {
                pairs.put(node.id(), pair);
                new NodeDifferences(
                                node,
                                pair,
                                Objects.requireNonNull(depths.get(node.id())),
                                code(a, endpoint),
                                code(b, endpoint))
                        .addTo(differences);
            }
        }
        differences.sort(Comparator.comparingInt(RunDifference::depth)
                .thenComparing(Comparator.comparingDouble(RunDifference::weight).reversed()));
        return new RunComparison(a, b, pairs, differences);
    }

    /// What differs first.
    Optional<RunDifference> first() {
        return differences.stream().findFirst();
    }

    /// The revisions that a run's outputs are made by, each once.
    static List<String> revisions(List<RunDataset> datasets) {
        return datasets.stream()
                .map(RunDataset::record)
                .filter(Objects::nonNull)
                .map(record -> record.revision().toString())
                .distinct()
                .toList();
    }

    private static GraphInstance instance(ComparedRun run, TaskGraph graph) {
        try {
            return graph.instance(run.parameters());
        } catch (InvalidInput | DiagnosticException e) {
            throw RunDiffFindings.otherGraph(run.execution().name(), String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Integer> depths(TaskGraph graph) {
        var depths = new HashMap<String, Integer>();
        graph.nodes().forEach(node -> depth(node, depths));
        return depths;
    }

    private static int depth(TaskNode node, Map<String, Integer> depths) {
        var known = depths.get(node.id());
        if (known != null) {
            return known;
        }
        var deepest = 0;
        for (var required : node.requires()) {
            deepest = Math.max(deepest, depth(required, depths) + 1);
        }
        depths.put(node.id(), deepest);
        return deepest;
    }

    /// What a run has at each node, without the profiles that are not recorded.
    private static Map<String, RunDataset> found(
            ComparedRun run,
            GraphInstance instance,
            List<TaskNode> nodes,
            OutputTemplates templates,
            Endpoint endpoint) {
        var objects = new LinkedHashMap<String, @Nullable PinnedObject>();
        var uris = new HashMap<String, String>();
        for (var node : nodes) {
            if (!instance.needed(node)) {
                continue;
            }
            var uri = Unneeded.unwrap(instance.task(node)).output().uri();
            uris.put(node.id(), uri);
            var result = run.results().get(node.id());
            objects.put(
                    node.id(),
                    node.external()
                            ? run.pin().inputs().get(uri)
                            : result == null ? null : result.output().orElse(null));
        }
        var records =
                records(run, objects.values().stream().filter(Objects::nonNull).toList(), templates, endpoint);
        var datasets = new LinkedHashMap<String, RunDataset>();
        objects.forEach((node, object) -> {
            var result = run.results().get(node);
            var record = object == null ? null : records.get(object);
            datasets.put(
                    node,
                    new RunDataset(
                            Objects.requireNonNull(uris.get(node)),
                            object,
                            result == null ? null : result.outcome(),
                            record,
                            record == null ? null : record.profile()));
        });
        return datasets;
    }

    private static Map<PinnedObject, CompletionRecord> records(
            ComparedRun run, List<PinnedObject> objects, OutputTemplates templates, Endpoint endpoint) {
        var asked = new ArrayList<PinnedObject>();
        var questions = new ArrayList<RecordArchive.Question>();
        for (var object : objects) {
            templates.record(object.uri()).ifPresent(key -> {
                asked.add(object);
                questions.add(new RecordArchive.Question(key, object.uri(), object.version()));
            });
        }
        var answers = new RecordArchive(endpoint.s3(), run.there().stateBucket()).find(questions);
        var records = new HashMap<PinnedObject, CompletionRecord>();
        for (var i = 0; i < asked.size(); i++) {
            if (answers.get(i).orElse(null) instanceof ArchivedRecord.Intact intact) {
                records.put(asked.get(i), intact.record());
            }
        }
        return records;
    }

    private static @Nullable Pair pair(
            @Nullable RunDataset before,
            @Nullable RunDataset now,
            ComparedRun a,
            ComparedRun b,
            ObjectProfiles profiles) {
        if (before == null && now == null) {
            return null;
        }
        var one = before == null ? absent(Objects.requireNonNull(now)) : before;
        var other = now == null ? absent(Objects.requireNonNull(before)) : now;
        var isRead = one.object() != null
                && other.object() != null
                && !one.object().identity().equals(other.object().identity());
        return isRead ? new Pair(profiled(one, a, profiles), profiled(other, b, profiles)) : new Pair(one, other);
    }

    private static RunDataset absent(RunDataset other) {
        return new RunDataset(other.uri(), null, null, null, null);
    }

    private static RunDataset profiled(RunDataset dataset, ComparedRun run, ObjectProfiles profiles) {
        var object = Objects.requireNonNull(dataset.object());
        return new RunDataset(
                dataset.uri(),
                object,
                dataset.outcome(),
                dataset.record(),
                profiles.of(object, dataset.record(), run.there().locations()));
    }

    private static CodeArchive code(ComparedRun run, Endpoint endpoint) {
        return new CodeArchive(endpoint.s3(), run.there().stateBucket());
    }

    /// The differences at one node.
    ///
    /// @param before what the code was made of that A ran
    /// @param now what the code was made of that B ran
    private record NodeDifferences(TaskNode node, Pair pair, int depth, CodeArchive before, CodeArchive now) {
        private static final double FIRST = 100;

        void addTo(List<RunDifference> differences) {
            var one = pair.a().record();
            var other = pair.b().record();
            if (one != null && other != null) {
                if (!one.codeHash().equals(other.codeHash())) {
                    add(differences, RunDifference.Kind.CODE, code(one, other), 2 * FIRST);
                }
                configuration(one, other)
                        .ifPresent(text -> add(differences, RunDifference.Kind.CONFIGURATION, text, FIRST));
            }
            var before = pair.a().object();
            var now = pair.b().object();
            if (before == null || now == null) {
                if (before != null || now != null) {
                    var text = pair.b().uri() + " is in " + (now == null ? "A" : "B") + " only";
                    add(differences, RunDifference.Kind.MISSING, text, FIRST);
                }
            } else if (!before.identity().equals(now.identity())) {
                content(differences, before, now);
            }
        }

        private void content(List<RunDifference> differences, PinnedObject before, PinnedObject now) {
            var profile = pair.a().profile();
            var current = pair.b().profile();
            var drift = profile == null || current == null
                    ? List.<ProfileDifference>of()
                    : ProfileDifference.between(profile, current);
            if (drift.isEmpty()) {
                var text = before.size() == now.size()
                        ? "other bytes, " + now.size() + " as before"
                        : before.size() + " -> " + now.size() + " bytes";
                add(differences, RunDifference.Kind.CONTENT, text, 0);
            } else {
                var text = drift.stream().map(ProfileDifference::text).collect(Collectors.joining("; "));
                add(differences, RunDifference.Kind.DATA, text, drift.getFirst().weight());
            }
        }

        private String code(CompletionRecord one, CompletionRecord other) {
            var code = before.complete(one, node.taskClass()).code();
            var current = now.complete(other, node.taskClass()).code();
            // Of what one of them was made is not known: that all of the other's is new, would not be true.
            var changes =
                    code.isEmpty() || current.isEmpty() ? List.<CodeChange>of() : CodeChange.between(code, current);
            var parts = changes.stream()
                    .limit(3)
                    .map(change -> change.kind() + " " + change.name() + " "
                            + change.way().name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            var more = changes.size() > 3 ? " and " + (changes.size() - 3) + " more" : "";
            return (parts.isEmpty() ? "its code changed" : parts + more) + ", " + one.revision() + " -> "
                    + other.revision();
        }

        private static Optional<String> configuration(CompletionRecord one, CompletionRecord other) {
            var names = new TreeSet<>(one.configuration().keySet());
            names.addAll(other.configuration().keySet());
            var changed = names.stream()
                    .filter(name -> !Objects.equals(
                            one.configuration().get(name), other.configuration().get(name)))
                    .map(name -> name + " " + one.configuration().get(name) + " -> "
                            + other.configuration().get(name))
                    .collect(Collectors.joining(", "));
            return changed.isEmpty() ? Optional.empty() : Optional.of(changed);
        }

        private void add(List<RunDifference> differences, RunDifference.Kind kind, String text, double weight) {
            differences.add(new RunDifference(kind, node.id(), pair.b().uri(), text, depth, weight));
        }
    }
}
