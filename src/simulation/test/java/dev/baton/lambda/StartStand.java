package dev.baton.lambda;

import dev.baton.graph.TaskGraph;
import dev.baton.json.Json;
import dev.baton.lambda.generated.GeneratedPipeline;
import dev.baton.lambda.internal.aws.Backoff;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.simulated.SimulatedAws;
import dev.baton.lambda.simulated.SimulatedStates;
import dev.baton.lambda.simulated.Wires;
import dev.baton.run.CompletionRecord;
import dev.baton.run.ExecutionInput;
import dev.baton.run.Pin;
import dev.baton.run.PinnedObject;
import dev.baton.run.RunReference;
import dev.baton.run.SourceRevision;
import dev.baton.run.StateKeys;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.Parameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The start function of a generated pipeline, as it is deployed, over a simulated AWS that can be had anew.
final class StartStand {
    private static final String LAKE = "lake-123456789012";
    private static final String MACHINES = "arn:aws:states:eu-central-1:123456789012:stateMachine:";
    private static final String STATE = "state-123456789012";
    private static final InheritableThreadLocal<Wires> CURRENT = new InheritableThreadLocal<>();
    private static final InheritableThreadLocal<S3Client> DIRECT = new InheritableThreadLocal<>();
    /// One for all pipelines: what it sends with is told by the thread.
    private static final ServiceClients CLIENTS = clients();

    private final StartFunction function;
    private final boolean hasWire;
    private SimulatedAws aws = new SimulatedAws();

    /// A start: of which run, on which versions by logical URI.
    record Started(Map<String, String> parameters, Map<String, String> versions) {}

    /// @param hasWire whether S3 is asked by the SDK's client and over its wire
    StartStand(GeneratedPipeline pipeline, boolean hasWire) {
        this.hasWire = hasWire;
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(pipeline.loader());
        try {
            this.function = new StartFunction(environment(pipeline.spec().name()), CLIENTS);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static FunctionEnvironment environment(String pipeline) {
        return new FunctionEnvironment(Map.of(
                "AWS_REGION",
                "eu-central-1",
                "AWS_ENDPOINT_URL",
                "http://localhost:1",
                "AWS_ACCESS_KEY_ID",
                "AKIAFUNCTION",
                "AWS_SECRET_ACCESS_KEY",
                "canary-of-the-function",
                "BATON_PIPELINE",
                pipeline,
                "BATON_STATE_BUCKET",
                STATE,
                "BATON_BUCKETS",
                Json.print(Map.of("lake", LAKE)),
                "BATON_STATE_MACHINE",
                MACHINES + "baton-" + pipeline + ":live"));
    }

    private static ServiceClients clients() {
        return new ServiceClients(environment("any"), StartStand::wire, Backoff.ASLEEP) {
            @Override
            public S3Client s3() {
                var direct = DIRECT.get();
                return direct == null ? super.s3() : direct;
            }
        };
    }

    private static SdkHttpClient wire() {
        return new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return CURRENT.get().prepareRequest(request);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    /// Another AWS, in which nothing is there.
    void anew() {
        aws = new SimulatedAws();
    }

    /// @return the version
    String upload(String uri) {
        return aws.objects().put(LAKE, key(uri), "x").id();
    }

    void delete(String uri) {
        aws.objects().delete(LAKE, key(uri));
    }

    private static String key(String uri) {
        return uri.substring("s3://lake/".length());
    }

    /// Delivers the event of an upload, once or again.
    ///
    /// @return the runs that it tells to have no graph, by their parameters
    Set<Object> created(String uri) {
        return call(Farm.created(LAKE, key(uri)));
    }

    /// @return the runs that it tells to have no graph, by their parameters
    Set<Object> sweep() {
        return call(Map.of("sweep", true));
    }

    /// The newest run that was started of some parameters comes to its end.
    ///
    /// @return the versions that it read
    Map<String, String> complete(TaskGraph graph, Map<String, String> parameters) {
        var newest = aws.states().executions().stream()
                .filter(execution -> input(execution).parameters().equals(parameters))
                .max(Comparator.comparingLong(SimulatedStates.Execution::startedAt))
                .orElseThrow();
        newest.end("SUCCEEDED");
        var versions = input(newest).inputs();
        var started = Instant.ofEpochMilli(newest.startedAt());
        var run =
                new RunReference(graph.pipeline().name(), RunReference.id(newest.name(), started), started, parameters);
        var inputs = new TreeMap<String, PinnedObject>();
        versions.forEach((uri, version) -> inputs.put(uri, new PinnedObject(uri, version, null, 1)));
        var root = Unneeded.unwrap(graph.instance(parameters).task(graph.root()));
        aws.objects().put(STATE, StateKeys.pin(run.pipeline(), run.run()), Json.print(new Pin(run, inputs).toJson()));
        aws.objects()
                .put(
                        STATE,
                        StateKeys.completion(
                                root.getClass(), Parameters.of(root.getClass()).print(root)),
                        Json.print(record(root, run, newest.arn(), inputs).toJson()));
        return versions;
    }

    private static CompletionRecord record(
            Task root, RunReference run, String execution, Map<String, PinnedObject> inputs) {
        return new CompletionRecord(
                root.getClass().getName(),
                Parameters.of(root.getClass()).print(root),
                run.pipeline(),
                execution,
                run.run(),
                run.startedAt(),
                new PinnedObject(root.output().uri(), "v0", null, 1),
                List.copyOf(inputs.values()),
                "0".repeat(64),
                "0".repeat(64),
                Map.of(),
                List.of(),
                Map.of(),
                SourceRevision.UNKNOWN,
                "session",
                run.startedAt(),
                run.startedAt(),
                1,
                null);
    }

    private Set<Object> call(Map<String, ?> event) {
        CURRENT.set(new Wires(aws));
        if (!hasWire) {
            DIRECT.set(aws.s3());
        }
        var answer = new ByteArrayOutputStream();
        try {
            function.handleRequest(new ByteArrayInputStream(Json.bytes(event)), answer, null);
            var results = (List<?>) Json.parseObject(answer.toByteArray()).get("results");
            return results.stream()
                    .map(result -> (Map<?, ?>) result)
                    .filter(result -> "misshapen".equals(result.get("outcome")))
                    .<Object>map(result -> result.get("parameters"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            CURRENT.remove();
            DIRECT.remove();
        }
    }

    /// Every execution that was ever started.
    Set<Started> started() {
        var started = new HashSet<Started>();
        for (var execution : aws.states().executions()) {
            var input = input(execution);
            started.add(new Started(input.parameters(), input.inputs()));
        }
        return started;
    }

    private static ExecutionInput input(SimulatedStates.Execution execution) {
        return ExecutionInput.of(Json.parse(execution.input()));
    }
}
