package dev.baton.lambda.people;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts executions where policies about people allow it.
public final class GovernedStartFunction implements RequestStreamHandler {

    /// In Lambda: configured by the process's environment.
    public GovernedStartFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public GovernedStartFunction(Map<String, String> environment) {}

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        throw new UnsupportedOperationException();
    }
}
