package dev.baton.lambda.internal.aws;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the HTTP client, the longest work of a start, on a second thread, while the first reads the configuration and
/// makes the graph, neither of which touches the SDK. Lambda lends functions a second processor while they start.
/// Nothing is done that would not have to be done anyway; whoever needs the client waits for it.
public final class Ahead {
    /// The logging is ready before the second thread begins: SLF4J has only substitutes for those who come while another
    /// thread sets it up.
    private static final Logger LOG = LoggerFactory.getLogger(Ahead.class);

    private Ahead() {}

    /// Begins with it.
    public static void begin() {
        Thread.ofPlatform().daemon().name("baton-ahead").start(() -> LOG.trace("made: {}", Clients.shared()));
    }
}
