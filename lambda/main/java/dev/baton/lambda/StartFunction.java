package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.start.OpenAuthority;
import dev.baton.lambda.internal.start.StartDispatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
///
/// Who asks for a run is written down before it is started, as far as it is known: a request brings the proof of it as
/// `identity` ([dev.baton.run.IdentityProof]).
public final class StartFunction implements RequestStreamHandler {
    private final InvocationHandler handling;
    private final StartDispatch dispatch;

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
        this.handling = new InvocationHandler(environment.shownRevision());
        this.dispatch = new StartDispatch(environment, clients, time, new OpenAuthority(environment, clients, time));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        handling.answer(in, out, dispatch::answer);
    }
}
