package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.farm.Yield;
import dev.baton.lambda.internal.PipelineGraphs;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.simulated.SimulatedAws;
import dev.baton.lambda.simulated.SimulatedObjects.Version;
import dev.baton.lambda.simulated.SimulatedStates.Execution;
import dev.baton.lambda.simulated.Wires;
import dev.baton.run.PinInvocation;
import dev.baton.run.PinResult;
import dev.baton.run.Prefix;
import dev.baton.run.RunReference;
import dev.baton.run.TaskInvocation;
import dev.baton.run.TaskResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/// The farm's pipeline, deployed to a simulated AWS: its functions are the ones that are deployed, and the test is
/// the engine that calls them.
final class Farm {
    static final String LAKE = "farm-lake-123456789012";
    static final String STATE = "farm-state-123456789012";

    /// Which wires an invocation uses; what it starts inherits them.
    private static final InheritableThreadLocal<Wires> CURRENT = new InheritableThreadLocal<>();

    private static final TaskGraph GRAPH = PipelineGraphs.graph("farm");
    private static final Map<String, RequestStreamHandler> FUNCTIONS = functions();

    final SimulatedAws aws = new SimulatedAws();
    final TaskGraph graph = GRAPH;

    /// Warm functions, which serve one simulated AWS after the other.
    private static Map<String, RequestStreamHandler> functions() {
        var functions = new LinkedHashMap<String, RequestStreamHandler>();
        for (var node : GRAPH.nodes()) {
            if (!node.external()) {
                functions.computeIfAbsent(node.taskClass().getSimpleName(), name -> {
                    var environment = environment(name);
                    return new TaskFunction(environment, clients(environment), InstantSource.system());
                });
            }
        }
        var environment = environment("none");
        functions.put("pin", new PinFunction(environment, clients(environment)));
        functions.put("start", new StartFunction(environment, clients(environment)));
        InstantSource time = () -> CURRENT.get().now();
        functions.put("await", new AwaitFunction(environment, clients(environment), time));
        functions.put("callback", new CallbackFunction(environment, clients(environment), time));
        return functions;
    }

    /// The start function of another pipeline of the tests, by a clock.
    static RequestStreamHandler startOf(String pipeline, InstantSource time) {
        var environment = environment(pipeline, "none");
        return new StartFunction(environment, clients(environment), time);
    }

    /// The function of a task in an environment whose names begin with a prefix.
    static RequestStreamHandler taskUnder(Prefix prefix, String task) {
        var environment = environment("farm", task, prefix);
        return new TaskFunction(environment, clients(environment), InstantSource.system());
    }

    private static FunctionEnvironment environment(String task) {
        return environment("farm", task);
    }

    private static FunctionEnvironment environment(String pipeline, String task) {
        return environment(pipeline, task, Prefix.BATON);
    }

    private static FunctionEnvironment environment(String pipeline, String task, Prefix prefix) {
        return new FunctionEnvironment(Map.ofEntries(
                Map.entry(Prefix.VARIABLE, prefix.isDefault() ? "" : prefix.word()),
                Map.entry("AWS_REGION", "eu-central-1"),
                Map.entry("AWS_ENDPOINT_URL", "http://localhost:1"),
                Map.entry("AWS_ACCESS_KEY_ID", "AKIAFUNCTION"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "canary-of-the-function"),
                Map.entry("BATON_PIPELINE", pipeline),
                Map.entry("BATON_STATE_BUCKET", STATE),
                Map.entry("BATON_BUCKETS", Json.print(Map.of("lake", LAKE))),
                Map.entry("BATON_STATE_MACHINE", "arn:aws:states:eu-central-1:123456789012:stateMachine:baton-farm"),
                Map.entry("BATON_CALLBACK_FUNCTION", "baton-farm-callback"),
                Map.entry("BATON_EVENT_BUS", "farm-bus"),
                Map.entry("BATON_TASK_ROLE", "arn:aws:iam::123456789012:role/baton/farm/baton-farm-" + task)));
    }

    private static ServiceClients clients(FunctionEnvironment environment) {
        return new ServiceClients(environment, () -> new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return CURRENT.get().prepareRequest(request);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        });
    }

    Wires wires() {
        return new Wires(aws);
    }

    /// Calls a function over some wires; what it throws comes out as it is.
    Map<String, Object> call(String function, Map<String, ?> event, Wires wires) {
        return call(FUNCTIONS.get(function), event, wires);
    }

    Map<String, Object> call(RequestStreamHandler function, Map<String, ?> event, Wires wires) {
        var before = CURRENT.get();
        CURRENT.set(wires);
        try {
            var out = new ByteArrayOutputStream();
            function.handleRequest(new ByteArrayInputStream(Json.bytes(event)), out, null);
            return Json.parseObject(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            CURRENT.set(before);
        }
    }

    Map<String, Object> call(String function, Map<String, ?> event) {
        return call(function, event, wires());
    }

    /// Uploads a harvest; the event that S3 would send is what [#created] says.
    Version upload(Field field, int year, String content) {
        return aws.objects().put(LAKE, landing(field, year), content);
    }

    static String landing(Field field, int year) {
        return "landing/" + field.name().toLowerCase(Locale.ROOT) + "/" + year + ".txt";
    }

    static Map<String, Object> created(String bucket, String key) {
        return Map.of(
                "version", "0",
                "source", "aws.s3",
                "detail-type", "Object Created",
                "detail", Map.of("bucket", Map.of("name", bucket), "object", Map.of("key", key)));
    }

    Map<String, Object> uploaded(Field field, int year) {
        return created(LAKE, landing(field, year));
    }

    /// Calls the pin function for an execution.
    PinResult pin(Execution execution, Wires wires) {
        var invocation = new PinInvocation(
                execution.arn(),
                execution.name(),
                Instant.ofEpochMilli(execution.startedAt()),
                Json.parse(execution.input()));
        return PinResult.of(call("pin", invocation.toJson(), wires));
    }

    /// Calls the function of a node's task.
    TaskResult run(TaskNode node, RunReference run, String execution, int attempt, Wires wires) {
        var invocation = new TaskInvocation(node.id(), run, execution, attempt);
        return TaskResult.of(call(node.taskClass().getSimpleName(), invocation.toJson(), wires));
    }

    /// The nodes that run, each after what it requires.
    List<TaskNode> order() {
        return List.of(node("Weighed NORTH"), node("Weighed SOUTH"), graph.root());
    }

    TaskNode node(String start) {
        return graph.nodes().stream()
                .filter(node -> node.id().toUpperCase(Locale.ROOT).startsWith(start.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(start + " is none of " + graph.nodes()));
    }

    static String yield(int year) {
        return "yield/" + year + ".txt";
    }

    static Yield root(int year) {
        return new Yield(year);
    }
}
