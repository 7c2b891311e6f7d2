package dev.baton.cli.lineage;

import dev.baton.graph.CheckedGraph;
import dev.baton.run.StateKeys;
import dev.baton.task.ExternalTask;
import dev.baton.task.InvalidInput;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.template.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The templates of all outputs of some pipelines: from the URI of an output to the record about it.
public final class OutputTemplates {
    private final List<Template> makers;

    /// @param templates of outputs; those of external tasks are passed over
    public OutputTemplates(Collection<Template> templates) {
        var known = new HashSet<String>();
        makers = templates.stream()
                .filter(template -> !ExternalTask.class.isAssignableFrom(template.task()))
                .filter(template -> known.add(template.task().getName() + " " + template.text()))
                .toList();
    }

    /// What is wrong with a pipeline is told by the commands that compile it.
    public static OutputTemplates of(Collection<Pipeline> pipelines) {
        var templates = new ArrayList<Template>();
        for (var pipeline : pipelines) {
            CheckedGraph.of(pipeline)
                    .graph()
                    .ifPresent(graph -> graph.nodes().forEach(node -> {
                        templates.add(node.template());
                        node.items().ifPresent(items -> templates.add(items.template()));
                    }));
        }
        return new OutputTemplates(templates);
    }

    /// The key of the record about an output; nothing where no task here makes it.
    public Optional<String> record(String uri) {
        for (var template : makers) {
            var start = "s3://" + template.bucket() + "/";
            var values = uri.startsWith(start)
                    ? template.match(uri.substring(start.length()))
                    : Optional.<Map<String, String>>empty();
            var key = values.flatMap(some -> record(template.task(), some));
            if (key.isPresent()) {
                return key;
            }
        }
        return Optional.empty();
    }

    /// Nothing where the values are not the task's: the object's key only looked like one of its outputs.
    private static Optional<String> record(Class<?> type, Map<String, String> values) {
        var parameters = Parameters.of(type);
        try {
            return Optional.of(StateKeys.completion(type, parameters.print((Task) parameters.parse(values))));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
