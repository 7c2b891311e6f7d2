package dev.baton.engine.internal.execute;

import dev.baton.engine.execution.MapRun;
import dev.baton.engine.execution.TaskTokenException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Finds executions, Map Runs and running attempts by their names.
public final class Registry {
    private final Map<String, LiveExecution> runs = new ConcurrentHashMap<>();
    private final Map<String, MapRun> mapRuns = new ConcurrentHashMap<>();
    private final Map<String, List<MapRun>> mapRunsOf = new ConcurrentHashMap<>();
    private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

    public void add(LiveExecution run) {
        if (runs.putIfAbsent(run.arn(), run) != null) {
            throw new IllegalArgumentException("an execution " + run.arn() + " is known already");
        }
    }

    public @Nullable LiveExecution run(String arn) {
        return runs.get(arn);
    }

    public void forget(LiveExecution run) {
        runs.remove(run.arn());
        var itsMapRuns = mapRunsOf.remove(run.arn());
        if (itsMapRuns != null) {
            for (var mapRun : itsMapRuns) {
                mapRuns.remove(mapRun.arn());
                for (var child : mapRun.executions()) {
                    var known = runs.get(child.arn());
                    if (known != null) {
                        forget(known);
                    }
                }
            }
        }
    }

    public void add(MapRun mapRun) {
        mapRuns.put(mapRun.arn(), mapRun);
        mapRunsOf
                .computeIfAbsent(mapRun.executionArn(), arn -> new CopyOnWriteArrayList<>())
                .add(mapRun);
    }

    public @Nullable MapRun mapRun(String arn) {
        return mapRuns.get(arn);
    }

    public List<MapRun> mapRuns(String executionArn) {
        return List.copyOf(mapRunsOf.getOrDefault(executionArn, List.of()));
    }

    void add(Attempt attempt) {
        attempts.put(attempt.token(), attempt);
    }

    void remove(Attempt attempt) {
        attempts.remove(attempt.token());
    }

    /// The running attempt that a token names.
    ///
    /// @throws TaskTokenException when it names none
    public Attempt attempt(String token) {
        var attempt = attempts.get(token);
        if (attempt == null) {
            throw new TaskTokenException(
                    token.startsWith(RandomSeeds.TOKEN_PREFIX)
                            ? TaskTokenException.Kind.TaskTimedOut
                            : TaskTokenException.Kind.InvalidToken);
        }
        return attempt;
    }
}
