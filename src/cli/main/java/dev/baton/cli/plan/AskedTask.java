package dev.baton.cli.plan;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.graph.CheckedGraph;
import dev.baton.graph.ItemNodes;
import dev.baton.graph.TaskGraph;
import dev.baton.name.NearestName;
import dev.baton.task.ExternalTask;
import dev.baton.task.InvalidInput;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.template.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A task that somebody asks about, by its class and parameters or by its output.
///
/// @param pipeline one that it belongs to
public record AskedTask(Pipeline pipeline, Task task) {
    private static final String ITEM = "dynamodb://";

    /// Finds it.
    ///
    /// @param called the simple or full name of a class, or the URI of an output
    /// @param parameters of the task; empty where an output is named
    /// @throws DiagnosticException CLI046 when there is none, CLI047 when the parameters are not its own, CLI048 when
    ///     nothing makes it
    public static AskedTask find(Collection<Pipeline> pipelines, String called, Map<String, String> parameters) {
        var asked = any(pipelines, called, parameters);
        if (asked.task() instanceof ExternalTask) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI048",
                    Location.named(called),
                    "is an upload or another pipeline's output: no task of "
                            + asked.pipeline().name() + " makes it",
                    "ask about a task that reads it, or give the jar of the pipeline that makes it with --jar"));
        }
        return asked;
    }

    /// [#find], also of what nobody here makes, such as an upload.
    ///
    /// @throws DiagnosticException CLI046, CLI047
    public static AskedTask any(Collection<Pipeline> pipelines, String called, Map<String, String> parameters) {
        return called.startsWith("s3://") || called.startsWith(ITEM)
                ? byOutput(pipelines, called)
                : byClass(pipelines, called, parameters);
    }

    private static AskedTask byClass(Collection<Pipeline> pipelines, String called, Map<String, String> parameters) {
        var known = new LinkedHashSet<String>();
        for (var pipeline : pipelines) {
            for (var type : types(pipeline)) {
                known.add(type.getSimpleName());
                if (type.getSimpleName().equals(called) || type.getName().equals(called)) {
                    return new AskedTask(pipeline, task(type, called, parameters));
                }
            }
        }
        throw new DiagnosticException(Diagnostic.error(
                "CLI046",
                Location.named(called),
                "is neither the URI of an output nor the class of a task",
                NearestName.to(called, known, known.size())
                        .map(name -> "did you mean " + name + "? Else give the jar that has it with --jar")
                        .orElse("name a task as its class is called, or give the jar that has it with --jar")));
    }

    private static Task task(Class<?> type, String called, Map<String, String> parameters) {
        try {
            return (Task) Parameters.of(type).parse(parameters);
        } catch (InvalidInput e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI047",
                    Location.named(called),
                    String.valueOf(e.getMessage()),
                    "give each of its components once: "
                            + Parameters.of(type).all().stream()
                                    .map(parameter -> "--" + parameter.name() + " VALUE")
                                    .collect(Collectors.joining(" "))));
        }
    }

    /// @param named the address of an object or an item
    private static AskedTask byOutput(Collection<Pipeline> pipelines, String named) {
        for (var pipeline : pipelines) {
            var graph = graph(pipeline);
            var uri = graph.flatMap(some -> document(some, named)).orElse(named);
            for (var template : graph.map(AskedTask::templates).orElse(List.of())) {
                var start = "s3://" + template.bucket() + "/";
                var found = uri.startsWith(start)
                        ? template.match(uri.substring(start.length()))
                        : Optional.<Map<String, String>>empty();
                if (found.isPresent()) {
                    return new AskedTask(pipeline, task(template.task(), named, found.get()));
                }
            }
        }
        throw new DiagnosticException(Diagnostic.error(
                "CLI046",
                Location.named(named),
                "is not what a task of these pipelines makes: "
                        + pipelines.stream().map(Pipeline::name).collect(Collectors.joining(", ")),
                "name the object as tasks do, with its logical bucket, or give the pipeline's jar with --jar"));
    }

    /// The address of the document of an item, where a task has its output in the table.
    private static Optional<String> document(TaskGraph graph, String item) {
        return graph.nodes().stream()
                .flatMap(node ->
                        Stream.concat(node.itemTarget().stream(), node.items().flatMap(ItemNodes::itemTarget).stream()))
                .filter(target -> item.startsWith(ITEM + target.table() + "/"))
                .map(target -> "s3://" + target.bucket() + "/" + item.substring(ITEM.length()) + ".json")
                .findFirst();
    }

    private static List<Class<?>> types(Pipeline pipeline) {
        var types = new ArrayList<Class<?>>();
        graph(pipeline)
                .ifPresent(graph -> graph.nodes().forEach(node -> {
                    types.add(node.taskClass());
                    node.items().ifPresent(items -> types.add(items.itemClass()));
                }));
        return types;
    }

    private static List<Template> templates(TaskGraph graph) {
        var templates = new ArrayList<Template>();
        graph.nodes().forEach(node -> {
            templates.add(node.template());
            node.items().ifPresent(items -> templates.add(items.template()));
        });
        return templates;
    }

    /// What is wrong with a pipeline is told by the commands that compile it.
    private static Optional<TaskGraph> graph(Pipeline pipeline) {
        return CheckedGraph.of(pipeline).graph();
    }
}
