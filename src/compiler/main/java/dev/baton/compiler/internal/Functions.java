package dev.baton.compiler.internal;

import dev.baton.compiler.CompiledFunction;
import dev.baton.compiler.CompiledFunction.Kind;
import dev.baton.json.Json;
import dev.baton.task.graph.TaskGraph;
import dev.baton.task.graph.TaskNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The Lambda functions of a pipeline and what they are told by their environment.
public final class Functions {
    /// How much longer than its function a state waits, so that the function's own error is what arrives.
    public static final int STATE_MARGIN_SECONDS = 30;

    private static final int OWN_SECONDS = 60;
    private static final int PIN_SECONDS = 240;
    private static final int OWN_MEGABYTES = 512;

    private final TaskGraph graph;
    private final Names names;
    private final List<TaskNode> nodes;

    public Functions(TaskGraph graph, Names names, List<TaskNode> nodes) {
        this.graph = graph;
        this.names = names;
        this.nodes = nodes;
    }

    /// How long one attempt of a node may take.
    public static int timeoutSeconds(TaskNode node) {
        return Math.toIntExact(Math.max(1, node.declarations().timeout().toSeconds()));
    }

    /// All functions, sorted by name.
    public List<CompiledFunction> all() {
        var functions = new ArrayList<CompiledFunction>();
        var byClass = new TreeMap<String, TaskNode>();
        nodes.forEach(node -> byClass.putIfAbsent(node.taskClass().getName(), node));
        byClass.values().forEach(node -> functions.add(task(node)));
        functions.add(own("pin", Kind.PIN, PIN_SECONDS));
        functions.add(own("start", Kind.START, OWN_SECONDS));
        functions.add(own("callback", Kind.CALLBACK, OWN_SECONDS));
        functions.sort((a, b) -> a.name().compareTo(b.name()));
        return functions;
    }

    private CompiledFunction task(TaskNode node) {
        var taskClass = node.taskClass();
        var environment = common();
        environment.put("BATON_CALLBACK_FUNCTION", Names.functionArn(names.own("callback")));
        environment.put("BATON_EVENT_BUS", "${EventBus}");
        environment.put("BATON_TASK_ROLE", names.roleArn(names.taskRole(taskClass)));
        return new CompiledFunction(
                names.function(taskClass),
                Kind.TASK,
                Optional.of(taskClass),
                names.runnerRole(taskClass),
                names.version(taskClass),
                sorted(environment),
                node.declarations().compute().memoryMegabytes(),
                timeoutSeconds(node));
    }

    private CompiledFunction own(String what, Kind kind, int seconds) {
        var environment = common();
        if (kind == Kind.START) {
            environment.put("BATON_STATE_MACHINE", "${StateMachineAlias}");
        }
        var name = names.own(what);
        return new CompiledFunction(
                name, kind, Optional.empty(), name, Names.version(what), sorted(environment), OWN_MEGABYTES, seconds);
    }

    private SortedMap<String, String> common() {
        var buckets = new LinkedHashMap<String, Object>();
        graph.nodes().stream()
                .flatMap(node -> Stream.concat(
                        Stream.of(node.template().bucket()),
                        node.uses().stream().flatMap(Rules::buckets)))
                .distinct()
                .sorted()
                .forEach(bucket -> buckets.put(bucket, "${" + Names.bucketPlaceholder(bucket) + "}"));
        var keys = new LinkedHashMap<String, Object>();
        buckets.keySet().forEach(bucket -> keys.put(bucket, "${" + Names.keyPlaceholder(bucket) + "}"));
        var environment = new TreeMap<String, String>();
        environment.put("BATON_KEYS", Json.print(keys));
        environment.put("BATON_ACCOUNT", "${AccountId}");
        environment.put("BATON_BUCKETS", Json.print(buckets));
        environment.put("BATON_PIPELINE", graph.pipeline().name());
        environment.put("BATON_REVISION", "${Revision}");
        environment.put("BATON_STATE_BUCKET", "${StateBucket}");
        return environment;
    }

    private static SequencedMap<String, String> sorted(SortedMap<String, String> environment) {
        return new LinkedHashMap<>(environment);
    }
}
