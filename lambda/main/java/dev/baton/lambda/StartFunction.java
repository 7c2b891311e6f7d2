package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
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
import dev.baton.lambda.internal.start.RunRecovery;
import dev.baton.lambda.internal.start.RunStarter;
import dev.baton.run.Prefix;
import dev.baton.run.StartAnswer;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts executions when objects appear, and when it is time.
///
/// Its event is EventBridge's *Object Created* of S3, *Task Completed* of Baton, *Scheduled Event* of a schedule or
/// *Step Functions Execution Status Change* of a run that failed; or a notification of S3; or a message of SNS or SQS with any of these in it; or `{"sweep":true}`, which looks at
/// everything that is there; or `{"start":{"parameters":{…}}}`, by which a person asks for one run, also for one that
/// is complete; or `{"see":{"parameters":{…}}}`, which tells what is gone of what that run made and starts nothing. The
/// event only says where to look: duplicated, late and reordered events change nothing, also when they tell of one
/// object in two ways. It answers `{"pipeline":…,"results":[…]}` with one result for each run that was considered, its
/// `outcome` being `started`, `running`, `succeeded`, `waiting`, `failed`, `misshapen`, `refused`, `complete`, `seen` or
/// `unmatched`; and to SQS `{"batchItemFailures":[…]}` with the messages that failed, which come again.
public final class StartFunction implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StartFunction.class);

    private final String pipeline;
    private final Prefix prefix;
    private final InvocationHandler handling;
    private final RunStarter starts;
    private final Lazy<RunRecovery> recovery;

    /// In Lambda: configured by the process's environment.
    public StartFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public StartFunction(Map<String, String> environment) {
        this(new FunctionEnvironment(environment));
    }

    private StartFunction(FunctionEnvironment environment) {
        this(environment, new ServiceClients(environment));
    }

    StartFunction(FunctionEnvironment environment, ServiceClients clients) {
        this(environment, clients, InstantSource.system());
    }

    StartFunction(FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        this.pipeline = environment.pipeline();
        this.prefix = environment.prefix();
        this.handling = new InvocationHandler(environment.shownRevision());
        this.starts = new RunStarter(environment, clients, time);
        this.recovery = new Lazy<>(() -> new RunRecovery(environment, clients, time));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        handling.answer(in, out, this::answer);
    }

    private Map<String, @Nullable Object> answer(byte[] bytes) {
        InvocationHandler.about("pipeline", pipeline);
        var event = event(bytes);
        var asked = StartInvocation.find(event);
        if (asked != null) {
            return answer(consider(asked));
        }
        if (SqsBatch.is(event)) {
            return SqsBatch.answer(prefix, event, this::consider);
        }
        return answer(consider(Arrivals.of(prefix, event)));
    }

    private List<StartResult> consider(StartInvocation asked) {
        return switch (asked) {
            case StartInvocation.Start(var input) -> List.of(starts.asked(input));
            case StartInvocation.See(var input) -> List.of(starts.seen(input));
            case StartInvocation.Sweep() -> starts.sweep();
            case StartInvocation.Recover(var execution, var redrives) -> {
                recovery.get().due(execution, redrives);
                yield List.of();
            }
        };
    }

    /// All are considered before the first that failed makes the whole event fail, and come again.
    private List<StartResult> consider(List<Arrival> arrivals) {
        return Batch.all(arrivals, this::consider);
    }

    private List<StartResult> consider(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Appeared(var object) -> starts.created(object);
            case Arrival.Ticked(var schedule, var time) -> starts.ticked(schedule, time);
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
            return Json.parseObject(bytes);
        } catch (JsonException e) {
            throw new InvalidInput("the start function's event is not a JSON object: " + e.getMessage());
        }
    }
}
