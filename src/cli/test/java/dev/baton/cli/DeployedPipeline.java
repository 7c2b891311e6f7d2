package dev.baton.cli;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.local.RunningLocal;
import dev.baton.cli.local.StartAnswers;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.graph.CheckedGraph;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.InvocationObserver;
import dev.baton.local.lambda.InvocationResult;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.run.CompletionRecord;
import dev.baton.run.StartResult;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// A pipeline on an embedded AWS in memory, seen through SDK clients: everything goes over the wire.
final class DeployedPipeline implements AutoCloseable {
    private static final String LAKE = "lake";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long LOOK_MILLIS = 20;

    private final LocalCloud cloud;
    private final String alias;
    private final StartAnswers answers;
    private final AtomicInteger starts = new AtomicInteger();

    DeployedPipeline(Pipeline pipeline) {
        this(pipeline, new LocalCloud(0, null));
    }

    DeployedPipeline(Pipeline pipeline, CompilerOptions options) {
        this(Compiler.compile(CheckedGraph.of(pipeline).orThrow(), options), new LocalCloud(0, null));
    }

    /// @param cloud closed with this
    DeployedPipeline(Pipeline pipeline, LocalCloud cloud) {
        this(Compiler.compile(pipeline), cloud);
    }

    /// @param cloud closed with this
    DeployedPipeline(CompiledPipeline compiled, LocalCloud cloud) {
        this.cloud = cloud;
        Call.silenceLogs();
        alias = cloud.deploy(compiled);
        var start = compiled.function(CompiledFunction.Kind.START).name();
        answers = new StartAnswers(start);
        // Observers are told in this order: whoever knows the answer finds it counted.
        cloud.aws().lambda().observe(new InvocationObserver() {
            @Override
            public void finished(Invocation invocation, InvocationResult result) {
                if (invocation.function().equals(start)) {
                    synchronized (starts) {
                        starts.incrementAndGet();
                        starts.notifyAll();
                    }
                }
            }
        });
        cloud.aws().lambda().observe(answers);
    }

    EmbeddedAws aws() {
        return cloud.aws();
    }

    Endpoint endpoint() {
        return cloud.endpoint();
    }

    /// Tells commands that are called in `home` where it is, as `baton local` does.
    void tell(Path home) throws IOException {
        tell(home, aws());
    }

    public static void tell(Path home, EmbeddedAws aws) throws IOException {
        var before = System.setProperty("baton.home", home.toString());
        try {
            RunningLocal.of(aws).tell();
        } finally {
            if (before == null) {
                System.clearProperty("baton.home");
            } else {
                System.setProperty("baton.home", before);
            }
        }
    }

    /// The ARN of an execution.
    String arn(String name) {
        return alias.substring(0, alias.lastIndexOf(':')).replace(":stateMachine:", ":execution:") + ":" + name;
    }

    /// How often the start function was invoked.
    int starts() {
        return starts.get();
    }

    /// Puts an object into the lake and waits for what the start function says to it.
    List<Map<String, @Nullable Object>> upload(String key, String text) throws InterruptedException {
        var version = put(key, text);
        return answers
                .to(version, PATIENCE)
                .orElseThrow(() -> new AssertionError("no answer to " + key + "; " + answers.failure()))
                .stream()
                .map(StartResult::toJson)
                .toList();
    }

    /// Puts an object into the lake.
    ///
    /// @return its version
    String put(String key, String text) {
        return endpoint()
                .s3()
                .putObject(request -> request.bucket(LAKE).key(key), RequestBody.fromString(text))
                .versionId();
    }

    String read(String key) {
        return endpoint()
                .s3()
                .getObjectAsBytes(request -> request.bucket(LAKE).key(key))
                .asUtf8String();
    }

    List<ObjectVersion> versions(String prefix) {
        return endpoint()
                .s3()
                .listObjectVersions(request -> request.bucket(LAKE).prefix(prefix))
                .versions();
    }

    /// The completion records of all tasks.
    List<CompletionRecord> records() {
        var s3 = endpoint().s3();
        return s3
                .listObjectsV2(
                        request -> request.bucket(LocalCloud.STATE_BUCKET).prefix("completions/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith(".json"))
                .map(key -> s3.getObjectAsBytes(
                        request -> request.bucket(LocalCloud.STATE_BUCKET).key(key)))
                .map(object -> CompletionRecord.parse(object.asByteArray()))
                .toList();
    }

    /// The completion record of the one task of a class, as it stands there.
    String record(String taskClass) {
        var s3 = endpoint().s3();
        return s3
                .listObjectsV2(
                        request -> request.bucket(LocalCloud.STATE_BUCKET).prefix("completions/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith(".json") && key.contains("." + taskClass + "/"))
                .map(key -> s3.getObjectAsBytes(
                        request -> request.bucket(LocalCloud.STATE_BUCKET).key(key)))
                .map(object -> object.asUtf8String())
                .findFirst()
                .orElseThrow();
    }

    /// Starts an execution as a person in the console does.
    ///
    /// @return its ARN
    String start(Object input) {
        return endpoint()
                .states()
                .startExecution(request -> request.stateMachineArn(alias).input(Json.print(input)))
                .executionArn();
    }

    /// What the executions of a Map's items came to.
    List<DescribeExecutionResponse> children(Object execution) {
        var states = endpoint().states();
        return states.listMapRuns(request -> request.executionArn(String.valueOf(execution))).mapRuns().stream()
                .flatMap(run ->
                        states.listExecutions(request -> request.mapRunArn(run.mapRunArn())).executions().stream())
                .map(child -> states.describeExecution(request -> request.executionArn(child.executionArn())))
                .toList();
    }

    /// The execution, once it has ended.
    DescribeExecutionResponse ended(Object arn) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var execution = endpoint().states().describeExecution(request -> request.executionArn(String.valueOf(arn)));
            if (execution.status() != ExecutionStatus.RUNNING) {
                return execution;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(arn + " still runs");
            }
            // The API has nothing to wait on: who follows an execution asks again.
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /// Waits until the start function answered so many times in all.
    void awaitStarts(int times) throws InterruptedException {
        synchronized (starts) {
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (starts.get() < times) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("the start function answered " + starts + " times, not " + times);
                }
                starts.wait(PATIENCE.toMillis());
            }
        }
    }

    List<ExecutionListItem> executions() {
        var machine = alias.substring(0, alias.lastIndexOf(':'));
        return endpoint()
                .states()
                .listExecutions(request -> request.stateMachineArn(machine))
                .executions();
    }

    /// Events of one kind in an execution's history, each with the state it belongs to where that is told.
    List<HistoryEvent> history(Object arn, String type) {
        return endpoint()
                .states()
                .getExecutionHistoryPaginator(request -> request.executionArn(String.valueOf(arn)))
                .events()
                .stream()
                .filter(event -> event.typeAsString().equals(type))
                .toList();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
