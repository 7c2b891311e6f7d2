package dev.baton.cli.schema;

import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.graph.Declarations;
import dev.baton.graph.ItemNodes;
import dev.baton.graph.TaskNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The graph of a pipeline as one JSON object, which the schema `graph` tells of: its parameters, its state machine,
/// and its nodes with what each requires.
public final class GraphJson {
    private GraphJson() {}

    /// The whole graph.
    public static Map<String, @Nullable Object> of(CompiledPipeline pipeline) {
        var graph = pipeline.graph();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("pipeline", pipeline.name());
        json.put("root", graph.root().id());
        json.put(
                "parameters",
                graph.rootParameters().all().stream()
                        .map(parameter -> {
                            var told = new LinkedHashMap<String, @Nullable Object>();
                            told.put("name", parameter.name());
                            told.put("type", parameter.type().javaType().getSimpleName());
                            told.put("expected", parameter.type().expected());
                            return told;
                        })
                        .toList());
        json.put("stateMachine", pipeline.machine().name());
        json.put("nodes", graph.nodes().stream().map(GraphJson::node).toList());
        return json;
    }

    private static Map<String, @Nullable Object> node(TaskNode node) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("node", node.id());
        json.put("task", node.taskClass().getSimpleName());
        json.put("class", node.taskClass().getName());
        json.put("external", node.external());
        json.put("intent", node.intent());
        json.put("owner", node.owner().orElse(null));
        json.put("output", node.template().toString());
        json.put("constants", new LinkedHashMap<String, @Nullable Object>(node.constants()));
        json.put("requires", node.requires().stream().map(TaskNode::id).toList());
        if (!node.external()) {
            json.put("attempt", attempt(node.declarations()));
            json.put("items", node.items().map(GraphJson::items).orElse(null));
        }
        return json;
    }

    private static Map<String, @Nullable Object> attempt(Declarations declared) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("platform", declared.compute().platform().name().toLowerCase(Locale.ROOT));
        json.put("memoryMegabytes", (long) declared.compute().memoryMegabytes());
        json.put("timeoutSeconds", declared.timeout().toSeconds());
        json.put("retries", (long) declared.retries().maxAttempts());
        return json;
    }

    private static Map<String, @Nullable Object> items(ItemNodes items) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("task", items.itemClass().getSimpleName());
        json.put("class", items.itemClass().getName());
        json.put("intent", items.declarations().intent());
        json.put("output", items.template().toString());
        json.put("maxConcurrency", (long) items.maxConcurrency());
        json.put("toleratedFailurePercentage", (long) items.toleratedFailurePercentage());
        return json;
    }
}
