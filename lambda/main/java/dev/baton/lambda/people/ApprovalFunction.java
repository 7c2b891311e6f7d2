package dev.baton.lambda.people;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps what waits for an approval, and takes the decisions of people about it.
public final class ApprovalFunction implements RequestStreamHandler {

    /// In Lambda: configured by the process's environment.
    public ApprovalFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public ApprovalFunction(Map<String, String> environment) {}

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        throw new UnsupportedOperationException();
    }
}
