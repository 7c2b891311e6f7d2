package dev.baton.cli.operate;

import dev.baton.cli.follow.RunEvent;
import dev.baton.run.StartResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The runs of one pipeline that a sweep considered: what it started and what failed is told one by one, what is
/// settled is counted.
public record SweptRuns(String pipeline, List<StartResult> results) {
    /// So many of a kind are told one by one.
    private static final int MOST = 20;
    private static final List<Class<? extends StartResult>> TOLD = List.of(
            StartResult.Started.class,
            StartResult.Failed.class,
            StartResult.Misshapen.class,
            StartResult.Refused.class);

    public SweptRuns {
        results = List.copyOf(results);
    }

    /// Tells what has to be known of single runs.
    public void tell(Consumer<RunEvent> listener) {
        for (var kind : TOLD) {
            results.stream()
                    .filter(kind::isInstance)
                    .limit(MOST)
                    .forEach(result -> listener.accept(RunEvent.of(result)));
        }
    }

    /// All of them in one line: `weather: 1,000 runs: 3 started, 990 complete, 7 waiting for uploads`.
    public String summary() {
        var counts =
                results.stream().collect(Collectors.groupingBy(SweptRuns::words, TreeMap::new, Collectors.counting()));
        return "%s: %,d %s: ".formatted(pipeline, results.size(), results.size() == 1 ? "run" : "runs")
                + counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", "));
    }

    private static String words(StartResult result) {
        return switch (result) {
            case StartResult.Running running when running.isOver() -> "complete";
            case StartResult.Complete complete -> "complete";
            case StartResult.Waiting waiting -> "waiting for uploads";
            case StartResult.Misshapen misshapen -> "without a graph";
            case StartResult.Unmatched unmatched -> "about no run";
            case StartResult other -> other.outcome();
        };
    }
}
