package dev.baton.cli.command;

import dev.baton.graph.GraphInstance;
import dev.baton.graph.TaskGraph;
import dev.baton.task.InvalidInput;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The run that the words of a call name, of a pipeline whose graph is here.
///
/// @param command such as `run`
record RunWords(String command, TaskGraph graph) {

    /// The run of parameters as they were typed.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI005 when they are not the root's
    GraphInstance of(List<String> typed) {
        return of(typed(typed));
    }

    /// The run of parameters.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI005 when they are not the root's
    GraphInstance of(Map<String, String> parameters) {
        try {
            return graph.instance(parameters);
        } catch (InvalidInput e) {
            var message = String.valueOf(e.getMessage());
            throw words().areAllIn(parameters) ? words().wrongValue(message) : words().wrong(message);
        }
    }

    /// The words by parameter, not looked at yet.
    Map<String, String> typed(List<String> words) {
        return words().parse(words);
    }

    private ParameterWords words() {
        var name = graph.pipeline().name();
        var known = Stream.of(graph.pipeline().root().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        return new ParameterWords("baton " + command + " " + name, name, known);
    }
}
