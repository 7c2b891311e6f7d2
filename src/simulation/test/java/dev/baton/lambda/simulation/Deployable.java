package dev.baton.lambda.simulation;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.asl.definition.Asl;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.graph.CheckedGraph;
import dev.baton.graph.PipelineSearch;
import dev.baton.lambda.Handlers;
import dev.baton.lambda.internal.Lazy;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.task.Unneeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A pipeline as the compiler makes it, ready to be deployed into any number of simulations: compiled once, its
/// machines prepared once for each of its releases.
final class Deployable {
    static final int RELEASES = 3;
    static final String LAKE = "sim-lake";
    static final String STATE = "sim-state";
    static final String MACHINES = "arn:aws:states:eu-central-1:123456789012:stateMachine:";
    static final String FUNCTIONS = "arn:aws:lambda:eu-central-1:123456789012:function:";

    private final Shape shape;
    private final ClassLoader loader;
    private final CompiledPipeline compiled;
    private final List<Release> releases = new ArrayList<>();
    private final List<Rule> rules;
    /// What tasks print, by node and parameters.
    private final Map<String, String> tasks = new HashMap<>();

    private Deployable(Shape shape, ClassLoader loader, CompiledPipeline compiled) {
        this.shape = shape;
        this.loader = loader;
        this.compiled = compiled;
        for (var number = 1; number <= RELEASES; number++) {
            releases.add(release(number));
        }
        this.rules = compiled.triggers().stream()
                .map(trigger -> Rule.of(releases.getFirst().substitutions().in(trigger.pattern()), trigger.function()))
                .toList();
    }

    /// The pipeline of a shape, compiled.
    ///
    /// @param loader of the shape's classes
    static Deployable of(Shape shape, ClassLoader loader) {
        var pipeline = PipelineSearch.in(List.of(loader)).stream()
                .filter(one -> one.name().equals(shape.name()))
                .findFirst()
                .orElseThrow();
        var options = shape.tasksPerMachine() == 0
                ? CompilerOptions.DEFAULT
                : CompilerOptions.DEFAULT.within(MachineLimits.DEFAULT.forTasks(shape.tasksPerMachine()));
        return new Deployable(
                shape, loader, Compiler.compile(CheckedGraph.of(pipeline).orThrow(), options));
    }

    /// The task of a node, as its record prints.
    String task(String node, Map<?, ?> parameters) {
        return tasks.computeIfAbsent(node + parameters, any -> {
            var printed = new HashMap<String, String>();
            parameters.forEach((name, value) -> printed.put(String.valueOf(name), String.valueOf(value)));
            var graph = compiled.graph();
            return Unneeded.unwrap(graph.instance(printed).task(graph.node(node).orElseThrow()))
                    .toString();
        });
    }

    Shape shape() {
        return shape;
    }

    ClassLoader loader() {
        return loader;
    }

    CompiledPipeline compiled() {
        return compiled;
    }

    /// @param number from 1
    Release published(int number) {
        return releases.get(number - 1);
    }

    List<Rule> rules() {
        return rules;
    }

    /// What is published together: versions of all functions and machines. The second has the code of the first.
    record Release(
            int number,
            Substitutions substitutions,
            Map<String, PreparedMachine> machines,
            Map<String, Function> functions) {}

    /// A version of a function.
    static final class Function {
        private final CompiledFunction compiled;
        private final FunctionEnvironment environment;
        private final ServiceClients clients;
        private final Optional<String> resultsTo;
        private final Supplier<RequestStreamHandler> warm = new Lazy<>(this::cold);

        Function(CompiledFunction compiled, FunctionEnvironment environment, Optional<String> resultsTo) {
            this.compiled = compiled;
            this.environment = environment;
            this.clients = LiveInvocation.clients(environment);
            this.resultsTo = resultsTo;
        }

        String name() {
            return compiled.name();
        }

        Kind kind() {
            return compiled.kind();
        }

        int timeoutSeconds() {
            return compiled.timeoutSeconds();
        }

        /// Where Lambda tells how asynchronous invocations end.
        Optional<String> resultsTo() {
            return resultsTo;
        }

        /// A new instance, with nothing in memory.
        RequestStreamHandler cold() {
            return Handlers.of(kind(), environment, clients, LiveInvocation::time);
        }

        /// Whether instances remember nothing of the world, only of the pipeline, and may serve one simulation after
        /// the other.
        boolean isForgetful() {
            return kind() == Kind.TASK || kind() == Kind.PIN || kind() == Kind.START;
        }

        RequestStreamHandler warm() {
            return warm.get();
        }
    }

    private Release release(int number) {
        var version = Integer.toString(number);
        var values = new HashMap<>(Map.of(
                "AccountId", "123456789012",
                "Region", "eu-central-1",
                "Partition", "aws",
                "StateBucket", STATE,
                "LakeBucket", LAKE,
                "EventBus", "sim-bus",
                "Revision", "none",
                "StateMachineAlias", MACHINES + compiled.machine().name() + ":live"));
        compiled.functions().forEach(function -> values.put(function.versionPlaceholder(), version));
        compiled.children().forEach(child -> values.put(String.valueOf(child.versionPlaceholder()), version));
        compiled.maps().forEach(map -> values.put(map.placeholder(), Integer.toString(map.maxConcurrency())));
        var substitutions = new Substitutions(values);
        var machines = new LinkedHashMap<String, PreparedMachine>();
        for (var machine : compiled.machines()) {
            var definition = Asl.parse(machine.name(), substitutions.text(machine.definition()))
                    .orThrow();
            machines.put(MACHINES + machine.name() + ":" + version, PreparedMachine.of(definition));
        }
        var functions = new LinkedHashMap<String, Function>();
        for (var function : compiled.functions()) {
            functions.put(
                    function.name(),
                    new Function(
                            function,
                            environment(function, substitutions, number / 3),
                            function.resultsTo().map(substitutions::in)));
        }
        return new Release(number, substitutions, machines, functions);
    }

    private static FunctionEnvironment environment(CompiledFunction function, Substitutions substitutions, int code) {
        var variables = new HashMap<>(function.environment(substitutions));
        variables.put("BATON_KEYS", "{}");
        variables.put("AWS_REGION", "eu-central-1");
        variables.put("AWS_ENDPOINT_URL", "https://localhost:1");
        variables.put("AWS_ACCESS_KEY_ID", "AKIAFUNCTION");
        variables.put("AWS_SECRET_ACCESS_KEY", "secret-of-the-function");
        variables.computeIfPresent("BATON_CODE", (name, hash) -> hash + code);
        return new FunctionEnvironment(variables);
    }

    /// A rule of EventBridge: which objects' appearance is told to which function.
    record Rule(String bucket, List<Pattern> keys, String function) {
        static Rule of(Map<String, @Nullable Object> pattern, String function) {
            var detail = (Map<?, ?>) pattern.get("detail");
            var bucket = (List<?>) ((Map<?, ?>) detail.get("bucket")).get("name");
            var keys = (List<?>) ((Map<?, ?>) detail.get("object")).get("key");
            return new Rule(
                    (String) bucket.getFirst(), keys.stream().map(Rule::key).toList(), function);
        }

        private static Pattern key(Object key) {
            var wildcard = key instanceof Map<?, ?> map ? (String) map.get("wildcard") : (String) key;
            var parts = List.of(wildcard.split("\\*", -1));
            return Pattern.compile(
                    String.join(".*", parts.stream().map(Pattern::quote).toList()));
        }

        boolean matches(String in, String key) {
            return bucket.equals(in)
                    && keys.stream().anyMatch(one -> one.matcher(key).matches());
        }
    }
}
