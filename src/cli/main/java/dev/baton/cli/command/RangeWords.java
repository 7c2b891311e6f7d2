package dev.baton.cli.command;

import dev.baton.cli.backfill.RunRange;
import dev.baton.graph.TaskGraph;
import dev.baton.task.parameter.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options of a call that may name many runs.
final class RangeWords {
    @Option(
            names = "--from",
            paramLabel = "VALUE",
            description = "with --to: a run for each value of the one parameter that has an order and is not given")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "VALUE", description = "the last value of --from")
    private @Nullable String to;

    @Option(names = "--newest-first", description = "begin many runs with the last value")
    private boolean newestFirst;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// The parameters as they were typed: `--from` and `--to` too, where the root has parameters of these names, or
    /// nobody here knows its parameters.
    ///
    /// @param root the parameters of the root; null where its code is not here
    Map<String, String> typed(Map<String, String> words, @Nullable Parameters root) {
        var typed = new LinkedHashMap<>(words);
        if (from != null && isParameter("from", root)) {
            typed.put("from", from);
            from = null;
        }
        if (to != null && isParameter("to", root)) {
            typed.put("to", to);
            to = null;
        }
        if ((from == null) != (to == null)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), from == null ? "--to needs --from" : "--from needs --to");
        }
        return typed;
    }

    private static boolean isParameter(String name, @Nullable Parameters root) {
        return root == null || root.index(name).isPresent();
    }

    /// Whether a range is asked for at all, before it is known of what.
    boolean isSaid() {
        return from != null || to != null;
    }

    /// Whether more than one run is meant, by what [#typed] gave.
    boolean isMeant(Map<String, String> typed) {
        return from != null || RunRange.isMeant(typed);
    }

    /// The parameters of each run, in the order in which they are to begin.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI049 when they are none
    List<Map<String, String>> runs(TaskGraph graph, Map<String, String> typed) {
        var range = new RunRange(graph.pipeline().name(), graph.rootParameters());
        var all = from != null && to != null ? range.between(typed, from, to) : typed;
        var runs = range.runs(all);
        return newestFirst ? runs.reversed() : runs;
    }
}
