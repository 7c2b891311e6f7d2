package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.pipeline.CompiledTrigger;
import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The rules that call a pipeline's functions when objects appear, tasks say that they made them, or executions fail.
public final class TriggerCompiler {
    private TriggerCompiler() {}

    /// One rule for each bucket with external tasks, one for the awaits if there are any, and one for the ends of
    /// executions where the pipeline says what is redriven by itself.
    public static List<CompiledTrigger> of(TaskGraph graph, ResourceNames names, boolean awaits) {
        var keys = new TreeMap<String, TreeSet<String>>();
        graph.nodes().stream().filter(TaskNode::external).forEach(node -> {
            var template = node.template();
            keys.computeIfAbsent(template.bucket(), bucket -> new TreeSet<>()).add(template.wildcard());
        });
        var triggers = new ArrayList<CompiledTrigger>();
        keys.forEach((bucket, wildcards) -> triggers.add(new CompiledTrigger(
                names.own("from-" + bucket),
                appeared(names, "${" + ResourceNames.bucketPlaceholder(bucket) + "}", wildcards),
                names.own("start"))));
        if (awaits) {
            triggers.add(new CompiledTrigger(
                    names.own("done"),
                    created("${StateBucket}", List.of("runs/" + graph.pipeline().name() + "/*/done/*")),
                    names.own("callback")));
        }
        if (graph.pipeline().recovery().isPresent()) {
            triggers.add(new CompiledTrigger(names.own("failed"), failed(names), names.own("start")));
        }
        triggers.sort((a, b) -> a.name().compareTo(b.name()));
        return triggers;
    }

    /// The object's own event, and that of the task that made it, whichever pipeline's and account's it is: it names
    /// the object in the same way. Both say where to look, so that the second of them starts nothing.
    private static Map<String, @Nullable Object> appeared(
            ResourceNames names, String bucket, Iterable<String> wildcards) {
        var pattern = created(bucket, wildcards);
        pattern.put("source", List.of(CompiledTrigger.S3, Map.of("prefix", names.sources())));
        pattern.put("detail-type", List.of("Object Created", "Task Completed"));
        return pattern;
    }

    /// The end of an execution that did not succeed. Whether its error is one that passes, the function looks up.
    private static Map<String, @Nullable Object> failed(ResourceNames names) {
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("stateMachineArn", List.of(ResourceNames.machineArn(names.machine())));
        detail.put("status", List.of("FAILED", "TIMED_OUT"));
        var pattern = new LinkedHashMap<String, @Nullable Object>();
        pattern.put("source", List.of(CompiledTrigger.STATES));
        pattern.put("detail-type", List.of("Step Functions Execution Status Change"));
        pattern.put("detail", detail);
        return pattern;
    }

    private static Map<String, @Nullable Object> created(String bucket, Iterable<String> wildcards) {
        var keys = new ArrayList<@Nullable Object>();
        wildcards.forEach(wildcard -> keys.add(wildcard.contains("*") ? Map.of("wildcard", wildcard) : wildcard));
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("bucket", Map.of("name", List.of(bucket)));
        detail.put("object", Map.of("key", keys));
        var pattern = new LinkedHashMap<String, @Nullable Object>();
        pattern.put("source", List.of(CompiledTrigger.S3));
        pattern.put("detail-type", List.of("Object Created"));
        pattern.put("detail", detail);
        return pattern;
    }
}
