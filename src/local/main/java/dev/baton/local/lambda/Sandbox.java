package dev.baton.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.local.logs.LogStream;
import java.time.Instant;

/// A handler with the credentials it was made with: it serves one invocation at a time, and no longer than they last.
///
/// @param freshUntil when it gets no more invocations
/// @param log what its invocations write
record Sandbox(RequestStreamHandler handler, Instant freshUntil, LogStream log) {}
