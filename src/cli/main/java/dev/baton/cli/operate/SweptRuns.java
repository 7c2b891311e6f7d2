package dev.baton.cli.operate;

import dev.baton.cli.follow.RunEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The runs of one pipeline that a sweep considered: what it started and what failed is told one by one, what is
/// settled is counted.
public record SweptRuns(String pipeline, List<StartOutcome> outcomes) {
    /// So many of a kind are told one by one.
    private static final int MOST = 20;
    private static final Map<String, String> WORDS = Map.of(
            "started", "started",
            "running", "running",
            "succeeded", "complete",
            "complete", "complete",
            "waiting", "waiting for uploads",
            "failed", "failed",
            "misshapen", "without a graph",
            "unmatched", "about no run");

    public SweptRuns {
        outcomes = List.copyOf(outcomes);
    }

    /// Tells what has to be known of single runs.
    public void tell(Consumer<RunEvent> listener) {
        for (var outcome : List.of("started", "failed", "misshapen")) {
            outcomes.stream()
                    .filter(each -> each.outcome().equals(outcome))
                    .limit(MOST)
                    .forEach(each -> listener.accept(each.event()));
        }
    }

    /// All of them in one line: `weather: 1,000 runs: 3 started, 990 complete, 7 waiting for uploads`.
    public String summary() {
        var counts = outcomes.stream()
                .collect(Collectors.groupingBy(
                        outcome -> WORDS.getOrDefault(outcome.outcome(), outcome.outcome()),
                        TreeMap::new,
                        Collectors.counting()));
        return "%s: %,d %s: ".formatted(pipeline, outcomes.size(), outcomes.size() == 1 ? "run" : "runs")
                + counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", "));
    }
}
