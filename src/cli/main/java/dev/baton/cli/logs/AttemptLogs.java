package dev.baton.cli.logs;

import dev.baton.cli.deploy.read.LogsApi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The lines of the attempts that are asked for, from the groups of their functions and containers.
///
/// Only what Baton's functions log says whose it is: a search finds the streams that have such lines, and then these
/// streams are read whole, as what tasks print themselves says nothing of that.
final class AttemptLogs {
    /// CloudWatch Logs shows events in the order of their times some seconds after they came.
    private static final long LATE = 60_000;

    private final LogsApi logs;
    private final List<String> groups;
    private final String pattern;
    private final Predicate<LogOrigin> wanted;
    private final Map<String, Map<String, StreamLines>> streams = new LinkedHashMap<>();
    private long from;

    /// @param pattern finds lines that are wanted
    /// @param from milliseconds since 1970
    AttemptLogs(LogsApi logs, List<String> groups, String pattern, Predicate<LogOrigin> wanted, long from) {
        this.logs = logs;
        this.groups = List.copyOf(groups);
        this.pattern = pattern;
        this.wanted = wanted;
        this.from = from;
    }

    /// What came since it was last asked, in the order of the times.
    List<LogLine> news() {
        var news = new ArrayList<LogLine>();
        var newest = from;
        for (var group : groups) {
            var here = streams.computeIfAbsent(group, any -> new LinkedHashMap<>());
            var active = new TreeSet<String>();
            logs.search(group, List.of(), from, null, pattern, event -> {
                here.computeIfAbsent(
                        event.stream(),
                        stream -> new StreamLines(group + " " + stream, group.startsWith("/aws/ecs/"), wanted));
                active.add(event.stream());
            });
            here.forEach((stream, lines) -> {
                if (lines.isOpen()) {
                    active.add(stream);
                }
            });
            if (!active.isEmpty()) {
                var since = here.entrySet().stream()
                        .filter(lines -> active.contains(lines.getKey()))
                        .mapToLong(lines -> lines.getValue().last())
                        .min()
                        .orElse(0);
                var start = Math.max(0, (since == 0 ? from : since) - LATE);
                logs.search(group, List.copyOf(active), start, null, "", event -> {
                    var lines = here.get(event.stream());
                    if (lines != null) {
                        lines.take(event, news::add);
                    }
                });
            }
            newest = Math.max(
                    newest,
                    here.values().stream().mapToLong(StreamLines::last).max().orElse(0));
        }
        from = Math.max(from, newest - LATE);
        news.sort(Comparator.comparing(LogLine::time));
        return news;
    }
}
