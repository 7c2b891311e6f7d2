package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.Handling;
import dev.baton.lambda.internal.ObjectCreated;
import dev.baton.lambda.internal.Pipelines;
import dev.baton.lambda.internal.await.Awaits;
import dev.baton.lambda.internal.aws.Clients;
import dev.baton.lambda.internal.aws.Environment;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.task.InvalidInput;
import dev.baton.task.graph.TaskGraph;
import dev.baton.task.run.Await;
import dev.baton.task.run.CallbackEvent;
import dev.baton.task.run.RunReference;
import dev.baton.task.run.StateKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Releases joins: it is told that one waits, that something may have become complete ([CallbackEvent]), or that a
/// `done` object appeared. It believes none of it but looks in S3, so being told twice, late or falsely changes nothing.
public final class CallbackFunction implements RequestStreamHandler {
    private final String pipeline;
    private final String stateBucket;
    private final Handling handling;
    private final Awaits awaits;

    /// In Lambda: configured by the process's environment.
    public CallbackFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public CallbackFunction(Map<String, String> environment) {
        this(new Environment(environment));
    }

    private CallbackFunction(Environment environment) {
        this(environment, new Clients(environment));
    }

    CallbackFunction(Environment environment, Clients clients) {
        this.pipeline = environment.pipeline();
        this.stateBucket = environment.stateBucket();
        this.handling = new Handling(environment.shownRevision());
        this.awaits = new Awaits(new S3Access(clients.s3(), clients.own()), stateBucket, clients.sfn());
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        handling.answer(in, out, this::answer);
    }

    private Map<String, @Nullable Object> answer(byte[] bytes) {
        var event = event(bytes);
        Handling.about("pipeline", pipeline);
        if (ObjectCreated.is(event)) {
            var created = ObjectCreated.of(event);
            return created.bucket().equals(stateBucket)
                    ? StateKeys.runOfDone(pipeline, created.key()).map(this::wake).orElseGet(() -> released(0))
                    : released(0);
        }
        return switch (CallbackEvent.of(event)) {
            case CallbackEvent.Register register -> {
                var run = register.run();
                mine(run.pipeline());
                Handling.about("run", run.run());
                var keys = register.nodes().stream().map(node -> done(run, node)).toList();
                yield released(awaits.register(run, register.awaiter(), new Await(register.token(), keys)) ? 1 : 0);
            }
            case CallbackEvent.Nudge nudge -> {
                mine(nudge.pipeline());
                yield wake(nudge.run());
            }
        };
    }

    private Map<String, @Nullable Object> wake(String run) {
        Handling.about("run", run);
        return released(awaits.wake(pipeline, run));
    }

    private void mine(String name) {
        if (!name.equals(pipeline)) {
            throw new InvalidInput("this function works for the pipeline " + pipeline + ", but was asked for " + name);
        }
    }

    private String done(RunReference run, String id) {
        TaskGraph graph = Pipelines.graph(pipeline);
        var node = graph.node(id)
                .orElseThrow(() -> new InvalidInput("the pipeline " + pipeline + " has no node \"" + id
                        + "\"; the state machine and its functions are of different versions"));
        return StateKeys.done(run.pipeline(), run.run(), node.taskClass(), node.id(), run.parameters());
    }

    private static Map<String, @Nullable Object> event(byte[] bytes) {
        try {
            return Json.parseObject(bytes);
        } catch (JsonException e) {
            throw new InvalidInput("the callback function's event is no JSON object: " + e.getMessage());
        }
    }

    private static Map<String, @Nullable Object> released(int count) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("released", (long) count);
        return answer;
    }
}
