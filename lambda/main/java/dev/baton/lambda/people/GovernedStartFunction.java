package dev.baton.lambda.people;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.lambda.internal.start.StartDispatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The start function where policies about people hold: what they do not allow is not started.
///
/// It is the [dev.baton.lambda.StartFunction] with an authority in between. What happens, such as an upload, is asked for
/// as an event. What people ask for has to be proven (`{"start":{…},"identity":{…}}`), and besides what that function
/// does they may ask to `redrive` an execution, to run it `again` and to `stop` it: for that they need no rights of their
/// own in Step Functions.
public final class GovernedStartFunction implements RequestStreamHandler {
    private final InvocationHandler handling;
    private final StartDispatch dispatch;

    /// In Lambda: configured by the process's environment.
    public GovernedStartFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public GovernedStartFunction(Map<String, String> environment) {
        this(PeopleServices.of(environment));
    }

    GovernedStartFunction(PeopleServices services) {
        this.handling = new InvocationHandler(services.environment().shownRevision());
        this.dispatch = new StartDispatch(
                services.environment(), services.clients(), services.time(), new PolicyAuthority(services));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        handling.answer(in, out, dispatch::answer);
    }
}
