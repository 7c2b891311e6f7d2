package dev.baton.policy;

import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import dev.baton.json.Json;
import dev.baton.run.StrictFields;
import dev.baton.task.InvalidInput;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What policies may ask about a pipeline in an environment. It is written when the pipeline is deployed, to
/// [dev.baton.run.StateKeys#governed].
///
/// @param environment the name of the one that it is deployed to
/// @param environmentOwner the team that owns the environment
/// @param pipeline its name
/// @param owner the team that owns it, which is its root's
/// @param approvers the teams that have to approve what is about the whole pipeline; empty where nobody has to
/// @param tasks by the simple name of their class, those that others complete among them
public record GovernedPipeline(
        String environment,
        Optional<String> environmentOwner,
        String pipeline,
        Optional<String> owner,
        SortedSet<String> approvers,
        SortedMap<String, GovernedTask> tasks) {
    private static final long VERSION = 1;

    public GovernedPipeline {
        approvers = Collections.unmodifiableSortedSet(new TreeSet<>(approvers));
        tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
    }

    /// What follows from a graph.
    ///
    /// @param environmentOwner the team that owns the environment, and each pipeline in it that names no owner
    public static GovernedPipeline of(TaskGraph graph, String environment, Optional<String> environmentOwner) {
        var owner = graph.root().owner().or(() -> environmentOwner);
        var tasks = new TreeMap<String, GovernedTask>();
        for (var node : graph.nodes()) {
            tasks.put(node.taskClass().getSimpleName(), task(node, owner));
            node.items()
                    .ifPresent(items -> tasks.putIfAbsent(
                            items.itemClass().getSimpleName(),
                            new GovernedTask(node.owner().or(() -> owner), new TreeSet<>())));
        }
        return new GovernedPipeline(
                environment, environmentOwner, graph.pipeline().name(), owner, new TreeSet<>(), tasks);
    }

    private static GovernedTask task(TaskNode node, Optional<String> owner) {
        var approvers = new TreeSet<String>();
        node.declarations().approval().ifPresent(terms -> approvers.add(terms.by()));
        return new GovernedTask(node.owner().or(() -> owner), approvers);
    }

    /// As it lies in the state bucket: the same bytes for the same pipeline.
    public byte[] toBytes() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", VERSION);
        json.put("environment", environment);
        environmentOwner.ifPresent(team -> json.put("environmentOwner", team));
        json.put("pipeline", pipeline);
        owner.ifPresent(team -> json.put("owner", team));
        if (!approvers.isEmpty()) {
            json.put("approvers", List.copyOf(approvers));
        }
        var shown = new LinkedHashMap<String, @Nullable Object>();
        tasks.forEach((name, task) -> shown.put(name, task.toJson()));
        json.put("tasks", shown);
        return Json.bytes(json);
    }

    /// @throws InvalidInput when this is not what [#toBytes] makes
    public static GovernedPipeline parse(byte[] utf8) {
        var fields = StrictFields.parse("what policies may ask about the pipeline", utf8)
                .only("version", "environment", "environmentOwner", "pipeline", "owner", "approvers", "tasks");
        if (fields.integer("version") != VERSION) {
            throw new InvalidInput("\"version\" of what policies may ask about the pipeline must be " + VERSION
                    + ", but was " + fields.integer("version"));
        }
        return new GovernedPipeline(
                fields.string("environment"),
                fields.maybeString("environmentOwner"),
                fields.string("pipeline"),
                fields.maybeString("owner"),
                new TreeSet<>(fields.has("approvers") ? fields.stringList("approvers") : List.of()),
                new TreeMap<>(fields.object("tasks").map((tasks, name) -> GovernedTask.of(tasks.object(name)))));
    }
}
