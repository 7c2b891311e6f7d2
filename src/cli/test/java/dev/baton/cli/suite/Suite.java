package dev.baton.cli.suite;

import dev.baton.cli.suite.bakery.Course;
import dev.baton.cli.suite.bakery.Loaf;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// The bakery on a backend, seen through the SDK alone: what is done here is what anybody with an account does.
final class Suite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 50;

    private final Backend backend;
    private final CompiledPipeline bakery;
    private final String alias;
    private final Map<Course, String> versions = new HashMap<>();

    private Suite(Backend backend, CompiledPipeline bakery, String alias) {
        this.backend = backend;
        this.bakery = bakery;
        this.alias = alias;
    }

    static Suite on(Backend backend) {
        var compiled = Compiler.compile(Loaf.PIPELINE);
        try {
            return new Suite(backend, compiled, backend.deploy(compiled));
        } catch (RuntimeException | Error e) {
            try {
                backend.close();
            } catch (RuntimeException | Error left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    Backend backend() {
        return backend;
    }

    private String lake() {
        return backend.bucket("bakery");
    }

    private static String word(Course course) {
        return course.name().toLowerCase(Locale.ROOT);
    }

    /// @return the version
    String upload(Course course, String text) {
        var version = put("landing/" + word(course) + ".txt", text);
        versions.put(course, version);
        return version;
    }

    /// @return the version
    String put(String key, String text) {
        return backend.endpoint()
                .s3()
                .putObject(request -> request.bucket(lake()).key(key), RequestBody.fromString(text))
                .versionId();
    }

    String read(String key) {
        return backend.endpoint()
                .s3()
                .getObjectAsBytes(request -> request.bucket(lake()).key(key))
                .asUtf8String();
    }

    List<String> versions(String key) {
        return backend
                .endpoint()
                .s3()
                .listObjectVersions(request -> request.bucket(lake()).prefix(key))
                .versions()
                .stream()
                .map(ObjectVersion::versionId)
                .toList();
    }

    /// Invokes the start function as EventBridge does.
    ///
    /// @return its answer
    String tellOfUpload(Course course) {
        var event = Map.of(
                "version", "0",
                "id", "again",
                "source", "aws.s3",
                "detail-type", "Object Created",
                "detail",
                        Map.of(
                                "bucket", Map.of("name", lake()),
                                "object",
                                        Map.of(
                                                "key",
                                                "landing/" + word(course) + ".txt",
                                                "version-id",
                                                String.valueOf(versions.get(course)))));
        return backend.endpoint()
                .lambda()
                .invoke(request -> request.functionName(
                                bakery.function(CompiledFunction.Kind.START).name())
                        .payload(SdkBytes.fromByteArray(Json.bytes(event))))
                .payload()
                .asUtf8String();
    }

    /// The ARNs of the executions for a course.
    List<String> executions(Course course) {
        var machine = alias.substring(0, alias.lastIndexOf(':'));
        return backend
                .endpoint()
                .states()
                .listExecutionsPaginator(request -> request.stateMachineArn(machine))
                .executions()
                .stream()
                .filter(execution -> execution.name().startsWith("bakery-" + word(course) + "-"))
                .map(ExecutionListItem::executionArn)
                .toList();
    }

    /// The one execution that the upload started, once it is there.
    String startedBy(Course course) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var found = executions(course);
            if (!found.isEmpty()) {
                return found.getFirst();
            }
            look();
        }
        throw new AssertionError("the upload for " + course + " started nothing in " + PATIENCE);
    }

    DescribeExecutionResponse ended(String execution) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var described = backend.endpoint().states().describeExecution(request -> request.executionArn(execution));
            if (described.status() != ExecutionStatus.RUNNING
                    && described.status() != ExecutionStatus.PENDING_REDRIVE) {
                return described;
            }
            look();
        }
        throw new AssertionError(execution + " still runs after " + PATIENCE);
    }

    /// The API has nothing to wait on: who follows an execution asks again.
    private static void look() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Error and cause, for messages.
    String told(String execution) {
        var described = ended(execution);
        return described.error() + ": " + described.cause();
    }

    List<HistoryEvent> history(String execution) {
        return backend
                .endpoint()
                .states()
                .getExecutionHistoryPaginator(request -> request.executionArn(execution))
                .events()
                .stream()
                .toList();
    }

    /// The errors of the attempts that failed.
    List<String> failures(String execution) {
        return history(execution).stream()
                .filter(event -> event.taskFailedEventDetails() != null)
                .map(event -> event.taskFailedEventDetails().error())
                .toList();
    }

    void redrive(String execution) {
        backend.endpoint().states().redriveExecution(request -> request.executionArn(execution));
    }

    @Override
    public void close() {
        backend.close();
    }
}
