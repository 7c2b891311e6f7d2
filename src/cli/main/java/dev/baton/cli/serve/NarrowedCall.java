package dev.baton.cli.serve;

import dev.baton.cli.deploy.read.Endpoint;
import java.io.PrintWriter;
import java.util.function.UnaryOperator;

/// A call of the command in this process, of which each endpoint is narrowed.
@FunctionalInterface
public interface NarrowedCall {
    /// @return its exit code
    int call(String[] words, PrintWriter out, PrintWriter err, UnaryOperator<Endpoint> narrowing);
}
