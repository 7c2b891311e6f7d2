package dev.baton.local.lambda.process.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/// Cannot be made.
public final class Unborn implements RequestStreamHandler {
    public Unborn() {
        throw new UnsupportedOperationException("no configuration");
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
        throw new AssertionError("there is none");
    }
}
