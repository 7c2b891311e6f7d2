package dev.baton.lambda.internal.start;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.Batch;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.lambda.internal.Lazy;
import dev.baton.lambda.internal.arrival.Arrival;
import dev.baton.lambda.internal.arrival.Arrivals;
import dev.baton.lambda.internal.arrival.SqsBatch;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.run.IdentityProof;
import dev.baton.run.Prefix;
import dev.baton.run.Requester;
import dev.baton.run.Requester.EventKind;
import dev.baton.run.StartAnswer;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import dev.baton.run.StrictFields;
import dev.baton.task.InvalidInput;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way from an event of a start function to its answer: what is asked, by whom, and who does it.
public final class StartDispatch {
    private static final Logger LOG = LoggerFactory.getLogger(StartDispatch.class);

    private final String pipeline;
    private final Prefix prefix;
    private final StartAuthority authority;
    private final RunStarter starts;
    private final Lazy<RunRecovery> recovery;

    public StartDispatch(
            FunctionEnvironment environment, ServiceClients clients, InstantSource time, StartAuthority authority) {
        this.pipeline = environment.pipeline();
        this.prefix = environment.prefix();
        this.authority = authority;
        this.starts = new RunStarter(environment, clients, time, authority);
        this.recovery = new Lazy<>(() -> new RunRecovery(environment, clients, time, authority));
    }

    /// Answers an event.
    public Map<String, @Nullable Object> answer(byte[] bytes) {
        InvocationHandler.about("pipeline", pipeline);
        var event = event(bytes);
        var proof = proof(event);
        event.remove(IdentityProof.FIELD);
        var asked = StartInvocation.find(event);
        if (asked != null) {
            return answer(consider(asked, proof));
        }
        if (SqsBatch.is(event)) {
            return SqsBatch.answer(prefix, event, this::consider);
        }
        return answer(consider(Arrivals.of(prefix, event)));
    }

    private static Optional<IdentityProof> proof(Map<String, @Nullable Object> event) {
        return new StrictFields("the start function's event", event)
                .maybeObject(IdentityProof.FIELD)
                .map(IdentityProof::of);
    }

    private List<StartResult> consider(StartInvocation asked, Optional<IdentityProof> proof) {
        return switch (asked) {
            case StartInvocation.Start(var input, var runs) ->
                List.of(starts.asked(input, authority.requester(proof), runs));
            case StartInvocation.See(var input) -> List.of(starts.seen(input, authority.requester(proof)));
            // As an event does, it only says where to look, which is everywhere.
            case StartInvocation.Sweep() ->
                starts.sweep(proof.isPresent() ? authority.requester(proof) : Requester.event(EventKind.SWEEP));
            case StartInvocation.Recover(var execution, var redrives) -> {
                recovery.get().due(execution, redrives);
                yield List.of();
            }
            case StartInvocation.OfExecution change -> authority.change(authority.requester(proof), change, starts);
        };
    }

    /// All are considered before the first that failed makes the whole event fail, and come again.
    private List<StartResult> consider(List<Arrival> arrivals) {
        return Batch.all(arrivals, this::consider);
    }

    private List<StartResult> consider(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Appeared(var object, var by) -> starts.created(object, by);
            case Arrival.Ticked(var schedule, var time) ->
                starts.ticked(schedule, time, Requester.event(EventKind.SCHEDULE, schedule));
            case Arrival.Failed(var execution) -> {
                recovery.get().failed(execution);
                yield List.of();
            }
            case Arrival.Ignored(var what) -> {
                LOG.atInfo().log("ignored: {}", what);
                yield List.of();
            }
        };
    }

    private Map<String, @Nullable Object> answer(List<StartResult> results) {
        return new StartAnswer(pipeline, results).toJson();
    }

    private static Map<String, @Nullable Object> event(byte[] bytes) {
        try {
            return new LinkedHashMap<>(Json.parseObject(bytes));
        } catch (JsonException e) {
            throw new InvalidInput("the start function's event is not a JSON object: " + e.getMessage());
        }
    }
}
