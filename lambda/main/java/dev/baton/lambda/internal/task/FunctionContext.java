package dev.baton.lambda.internal.task;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.aws.AsyncInvoker;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.aws.SignedPost;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.BucketNames;
import dev.baton.run.CallbackEvent;
import dev.baton.run.CompletionRecord;
import dev.baton.run.SourceRevision;
import dev.baton.run.TaskResult;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The function's own means, and the little that it may do with them: write records and `done` objects,
/// nudge the callback function, tell the event bus. No task gets to see this.
final class FunctionContext {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionContext.class);
    private static final Map<String, String> PUT_EVENTS =
            Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "AWSEvents.PutEvents");

    private final FunctionEnvironment environment;
    private final ServiceClients clients;
    private final BucketNames buckets;
    private final S3Access ownS3;
    private final SignedPost post;
    private final InstantSource time;
    private final SourceRevision revision;
    private final MissingDeclarations refusals;

    FunctionContext(FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        this.environment = environment;
        this.clients = clients;
        this.buckets = new BucketNames(environment.buckets());
        this.ownS3 = new S3Access(clients, clients.own());
        this.post = clients.post(clients.own());
        this.time = time;
        this.revision =
                environment.revision().isEmpty() ? SourceRevision.UNKNOWN : SourceRevision.of(environment.revision());
        this.refusals = new MissingDeclarations(buckets);
    }

    /// Says that the work is complete in its run, first for those who look and then to those who wait.
    void complete(ResolvedTask work, TaskResult result) {
        new RunState(ownS3, environment.stateBucket()).done(work.doneKey(), result);
        var callback = environment.callbackFunction();
        if (callback == null) {
            return;
        }
        var nudge = new CallbackEvent.Nudge(work.run().pipeline(), work.run().run());
        try {
            new AsyncInvoker(post).send(callback, nudge.toJson());
        } catch (IOException e) {
            // The done object's own event and the await's retry reach the callback function too, only later.
            LOG.atWarn().setCause(e).log("the callback function could not be nudged");
        }
    }

    /// Tells the event bus, if there is one, of a completion: it starts what waits for the output, beside the object's
    /// own event, and names the object as that does.
    void announce(CompletionRecord record) {
        var bus = environment.eventBus();
        if (bus == null) {
            return;
        }
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("pipeline", record.pipeline());
        detail.put("task", record.task());
        detail.put("parameters", new LinkedHashMap<String, @Nullable Object>(record.parameters()));
        detail.put("run", record.run());
        detail.put("execution", record.execution());
        detail.put("output", record.output().toJson());
        detail.put("fingerprint", record.fingerprint());
        var object = buckets.locate(record.output().uri());
        detail.put("bucket", Map.of("name", object.bucket()));
        detail.put(
                "object",
                Map.of("key", object.key(), "version-id", record.output().version()));
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("EventBusName", bus);
        entry.put("Source", environment.prefix().source(record.pipeline()));
        entry.put("DetailType", "Task Completed");
        entry.put("Detail", Json.print(detail));
        try {
            var answer = Json.parseObject(
                    post.send("events", "/", PUT_EVENTS, Json.bytes(Map.of("Entries", List.of(entry)))));
            if (answer.get("FailedEntryCount") instanceof Long failed && failed > 0) {
                LOG.atWarn().addKeyValue("answer", answer.get("Entries")).log("the event bus refused the completion");
            }
        } catch (IOException | JsonException e) {
            LOG.atWarn().setCause(e).log("the event bus could not be told of the completion");
        }
    }

    FunctionEnvironment environment() {
        return environment;
    }

    ServiceClients clients() {
        return clients;
    }

    BucketNames buckets() {
        return buckets;
    }

    /// S3 with the function's own credentials.
    S3Access ownS3() {
        return ownS3;
    }

    InstantSource time() {
        return time;
    }

    SourceRevision revision() {
        return revision;
    }

    MissingDeclarations refusals() {
        return refusals;
    }
}
