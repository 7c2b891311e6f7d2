package dev.baton.engine.internal.maprun;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.map.PreparedResultWriter;
import dev.baton.engine.internal.prepare.MapRunPlan;
import dev.baton.engine.internal.query.FieldScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The results of children that succeeded and that a long Map Run cannot keep until its end: they go into files of the
/// ResultWriter, or else they wait, as far as a state's result may hold them at all.
final class EarlyResults {
    private final MapRunPlan plan;
    private final FieldScope at;
    private final @Nullable String roleArn;
    private final String mapRunArn;
    private final Map<Integer, List<?>> results = new HashMap<>();
    private long bytes;
    private @Nullable PreparedResultWriter writing;
    private @Nullable ResultFiles files;

    EarlyResults(MapRunPlan plan, FieldScope at, @Nullable String roleArn, String mapRunArn) {
        this.plan = plan;
        this.at = at;
        this.roleArn = roleArn;
        this.mapRunArn = mapRunArn;
    }

    /// The form of the results, with its words known; null where the outputs are the result as they are.
    ///
    /// @throws StateFailure where that cannot be evaluated
    @Nullable
    PreparedResultWriter writing() {
        if (writing == null && plan.writing() != null) {
            writing = plan.writing().evaluated(at);
        }
        return writing;
    }

    /// The files that they are written to; only where the results go to S3.
    ResultFiles files(PreparedResultWriter exporting) {
        var known = files;
        if (known == null) {
            known = new ResultFiles(exporting, exporting.destination(at, roleArn), mapRunArn);
            files = known;
        }
        return known;
    }

    /// The files that were begun already.
    @Nullable
    ResultFiles filesSoFar() {
        return files;
    }

    /// Takes the result of a child that is about to be forgotten.
    ///
    /// @return a part of a file that is to be written now, or null
    /// @throws StateFailure where it cannot be known how it is written
    ResultFiles.@Nullable Part take(int index, Execution child) {
        var how = writing();
        if (how != null && how.exports()) {
            return files(how).add(child);
        }
        var result = how == null ? list(child.output()) : ShapedResult.of(child, how);
        bytes += PayloadLimit.measure(result, PayloadLimit.BYTES);
        if (isTooLong()) {
            results.clear();
        } else {
            results.put(index, result);
        }
        return null;
    }

    private static List<@Nullable Object> list(@Nullable Object output) {
        var list = new ArrayList<@Nullable Object>(1);
        list.add(output);
        return list;
    }

    /// Whether there are more than a state's result may hold.
    boolean isTooLong() {
        return bytes > PayloadLimit.BYTES;
    }

    /// All results in the order of the children, where they are not too long.
    List<@Nullable Object> merged(ChildExecutions children) {
        var how = writing();
        var merged = new ArrayList<@Nullable Object>();
        children.forEach((index, child) -> {
            if (child == null) {
                merged.addAll(results.getOrDefault(index, List.of()));
            } else if (how != null) {
                merged.addAll(ShapedResult.of(child, how));
            } else if (ChildExecutions.succeeded(child)) {
                merged.add(child.output());
            }
        });
        return merged;
    }
}
