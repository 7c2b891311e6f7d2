package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.pin.RunPinner;
import dev.baton.run.PinInvocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The first state of every run: checks what the execution was started with, fixes which version of every external
/// object the run reads, and names the run ([PinInvocation] to [dev.baton.run.PinResult]).
///
/// It fails with [dev.baton.task.InvalidInput], a sentence, when nobody can run what was asked for.
public final class PinFunction implements RequestStreamHandler {
    private final InvocationHandler handling;
    private final RunPinner pinning;

    /// In Lambda: configured by the process's environment.
    public PinFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public PinFunction(Map<String, String> environment) {
        this(new FunctionEnvironment(environment));
    }

    private PinFunction(FunctionEnvironment environment) {
        this(environment, new ServiceClients(environment));
    }

    PinFunction(FunctionEnvironment environment, ServiceClients clients) {
        this.handling = new InvocationHandler(environment.shownRevision());
        this.pinning = new RunPinner(environment, clients);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        handling.answer(in, out, event -> {
            var invocation = PinInvocation.parse(event);
            InvocationHandler.about("execution", invocation.executionId());
            return pinning.pin(invocation).toJson();
        });
    }
}
