package dev.baton.cli.logs;

import dev.baton.cli.operate.HistoryText;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sfn.SfnClient;

/// What the state machine itself says of an execution: its history.
final class MachineLog {
    private static final List<String> ERRORS = List.of("Failed", "TimedOut", "Aborted");

    private final SfnClient states;
    private final String execution;
    private final HistoryText text = new HistoryText();
    private long seen;

    MachineLog(SfnClient states, String execution) {
        this.states = states;
        this.execution = execution;
    }

    /// What happened since it was last asked.
    List<LogLine> news() {
        var news = new ArrayList<LogLine>();
        states.getExecutionHistoryPaginator(
                        request -> request.executionArn(execution).maxResults(1000))
                .events()
                .forEach(event -> {
                    var state = text.state(event);
                    if (event.id() > seen) {
                        seen = event.id();
                        var detail = text.detail(event);
                        var said = event.typeAsString() + (detail.isEmpty() ? "" : " " + detail);
                        news.add(new LogLine(
                                event.timestamp(),
                                execution + "#" + event.id(),
                                null,
                                state,
                                level(event.typeAsString()),
                                said,
                                said,
                                ""));
                    }
                });
        return news;
    }

    /// How a step goes is for programs: people see where it leads.
    private static String level(String type) {
        if (ERRORS.stream().anyMatch(type::endsWith)) {
            return "ERROR";
        }
        return type.endsWith("StateEntered") || type.startsWith("Execution") || type.startsWith("MapRun")
                ? "INFO"
                : "DEBUG";
    }
}
