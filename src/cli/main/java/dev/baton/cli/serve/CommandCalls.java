package dev.baton.cli.serve;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

/// The calls of the command as tools make them, in this process.
public interface CommandCalls {
    /// Calls it, with credentials that are narrowed to reading.
    ///
    /// @return its exit code
    int call(List<String> words, PrintWriter out, PrintWriter err);

    /// The names of a command's options, such as `--jar`: no parameter of a run may pass for one.
    Set<String> options(String command);
}
