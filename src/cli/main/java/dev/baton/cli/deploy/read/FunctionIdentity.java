package dev.baton.cli.deploy.read;

import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.graph.ItemNodes;
import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import dev.baton.name.Sha256;
import dev.baton.run.code.CodeHash;
import dev.baton.run.code.GraphCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The identity of a function, what makes a function another one: the code that it reaches, its place in the graph and
/// its configuration. Functions share one package, which any edit changes; by this only those that the edit concerns
/// get a new version.
///
/// A function finds its task in the graph of its own package, starting from the root. So what says what the graph is
/// ([GraphCode]) belongs to every function's code: an edited requirement may lead to other tasks where no sample shows
/// it. The tasks that its nodes stand for, for all samples, do too: they show what else samples depend on.
public final class FunctionIdentity {
    private static final String PREFIX = "baton code ";

    private final TaskGraph graph;
    private final String runtime;
    private final List<Class<?>> classes;
    private final String graphCode;

    /// @param runtime what all functions run besides, [FunctionHost#runtime]
    public FunctionIdentity(TaskGraph graph, String runtime) {
        this.graph = graph;
        this.runtime = runtime;
        this.classes = graph.nodes().stream()
                .flatMap(node -> Stream.concat(
                        Stream.of(node.taskClass()), node.items().stream().map(ItemNodes::itemClass)))
                .<Class<?>>map(type -> type)
                .distinct()
                .toList();
        this.graphCode = GraphCode.of(classes);
    }

    /// Whether a function's description is such an identity. CDK describes functions in words of its own.
    public static boolean isIdentity(@Nullable Object description) {
        return description instanceof String text && text.startsWith(PREFIX);
    }

    /// The identity as a version's description has it.
    ///
    /// @param environment its variables, nothing left to replace
    public String description(CompiledFunction function, String roleArn, Map<String, String> environment) {
        var fields = new TreeMap<String, String>();
        fields.put("runtime", runtime);
        fields.put("graph", graphCode);
        fields.put("kind", function.kind().name());
        fields.put("role", roleArn);
        fields.put("memory", Integer.toString(function.memoryMegabytes()));
        fields.put("timeout", Integer.toString(function.timeoutSeconds()));
        environment.forEach((name, value) -> {
            if (!name.equals(PipelineSnapshot.REVISION)) {
                fields.put("variable " + name, value);
            }
        });
        var own = function.taskClass();
        var nodes = graph.nodes().stream()
                .filter(node -> own.isEmpty() || concerns(node, own.get()))
                .toList();
        nodes.forEach(node -> fields.put("node " + node.id(), node.samples().toString()));
        own.<List<Class<?>>>map(List::of)
                .orElse(classes)
                .forEach(type -> fields.put("code " + type.getName(), CodeHash.of(type)));
        return PREFIX + Sha256.hex(fields.toString());
    }

    /// A function of items looks for the node that expanded into them.
    private static boolean concerns(TaskNode node, Class<?> own) {
        return node.taskClass().equals(own)
                || node.items().map(items -> items.itemClass().equals(own)).orElse(false);
    }
}
