package dev.baton.cli.openlineage;

import io.openlineage.client.OpenLineage.RunEvent;
import java.io.IOException;

/// The place that is told of events.
public sealed interface LineageSink extends AutoCloseable permits BusSink, HttpSink, LineSink {
    /// Tells of one.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException when it is not taken
    void emit(RunEvent event) throws IOException, InterruptedException;

    /// Returns when all that was told has been taken.
    void flush() throws IOException, InterruptedException;

    /// Of what is not [#flush]ed nobody is told.
    @Override
    void close() throws IOException;
}
