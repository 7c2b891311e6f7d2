package dev.baton.cli.operate;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The executions of one pipeline, the newest first: those that somebody has to know of, and how many the others are.
///
/// @param shown what runs or ended without success, and the newest of those that succeeded
public record ListedExecutions(String pipeline, List<ExecutionListItem> shown, List<ExecutionListItem> all) {
    /// So many that succeeded are shown.
    private static final int SUCCEEDED = 3;
    /// So many are shown at most.
    private static final int MOST = 20;

    public ListedExecutions {
        shown = List.copyOf(shown);
        all = List.copyOf(all);
    }

    /// @param all the newest first
    public static ListedExecutions of(String pipeline, List<ExecutionListItem> all) {
        var good = all.stream()
                .filter(execution -> execution.status() == ExecutionStatus.SUCCEEDED)
                .limit(SUCCEEDED)
                .toList();
        var shown = all.stream()
                .filter(execution -> execution.status() != ExecutionStatus.SUCCEEDED || good.contains(execution))
                .limit(MOST)
                .toList();
        return new ListedExecutions(pipeline, shown, all);
    }

    /// All of them in one line: `weather: 1,000 executions: 998 succeeded, 2 failed`.
    public String summary() {
        return "%s: %,d executions: ".formatted(pipeline, all.size())
                + all.stream()
                        .collect(Collectors.groupingBy(
                                execution -> execution
                                        .statusAsString()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '),
                                TreeMap::new,
                                Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", "));
    }
}
