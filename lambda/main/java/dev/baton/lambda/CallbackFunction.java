package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.lambda.internal.ObjectCreated;
import dev.baton.lambda.internal.await.Awaits;
import dev.baton.lambda.internal.aws.AsyncInvoker;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.run.CallbackEvent;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Releases states that wait for other branches: it is told that something may have become complete, that a `done`
/// object appeared, or by Lambda how a task that waited has ended ([CallbackEvent]). It looks in S3 what is so, and
/// only who has a state's token can say how its task ended: being told twice, late or falsely changes nothing.
public final class CallbackFunction implements RequestStreamHandler {
    private final String pipeline;
    private final String stateBucket;
    private final InvocationHandler handling;
    private final Awaits awaits;

    /// In Lambda: configured by the process's environment.
    public CallbackFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public CallbackFunction(Map<String, String> environment) {
        this(new FunctionEnvironment(environment), InstantSource.system());
    }

    private CallbackFunction(FunctionEnvironment environment, InstantSource time) {
        this(environment, new ServiceClients(environment), time);
    }

    CallbackFunction(FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        this.pipeline = environment.pipeline();
        this.stateBucket = environment.stateBucket();
        this.handling = new InvocationHandler(environment.shownRevision());
        this.awaits = new Awaits(
                new S3Access(clients, clients.own()),
                stateBucket,
                new AsyncInvoker(clients.post(clients.own())),
                clients.sfn(),
                time);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        handling.answer(in, out, this::answer);
    }

    private Map<String, @Nullable Object> answer(byte[] bytes) throws IOException {
        var event = event(bytes);
        InvocationHandler.about("pipeline", pipeline);
        if (ObjectCreated.is(event)) {
            var created = ObjectCreated.of(event);
            var run = created.bucket().equals(stateBucket) ? StateKeys.runOfDone(pipeline, created.key()) : null;
            return released(run == null || run.isEmpty() ? 0 : wake(run.get()));
        }
        return switch (CallbackEvent.of(event)) {
            case CallbackEvent.Nudge nudge -> {
                mine(nudge.pipeline());
                yield released(wake(nudge.run()));
            }
            case CallbackEvent.Ended ended -> {
                mine(ended.run().pipeline());
                InvocationHandler.about("run", ended.run().run());
                yield released(awaits.end(ended) ? 1 : 0);
            }
        };
    }

    private int wake(String run) throws IOException {
        InvocationHandler.about("run", run);
        return awaits.wake(pipeline, run);
    }

    private void mine(String name) {
        if (!name.equals(pipeline)) {
            throw new InvalidInput("this function works for the pipeline " + pipeline + ", but was asked for " + name);
        }
    }

    private static Map<String, @Nullable Object> event(byte[] bytes) {
        try {
            return Json.parseObject(bytes);
        } catch (JsonException e) {
            throw new InvalidInput("the callback function's event is not a JSON object: " + e.getMessage());
        }
    }

    private static Map<String, @Nullable Object> released(int count) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("released", (long) count);
        return answer;
    }
}
