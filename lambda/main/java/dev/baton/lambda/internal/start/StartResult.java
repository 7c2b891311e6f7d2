package dev.baton.lambda.internal.start;

import dev.baton.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of one thing that might have started a run.
public sealed interface StartResult {

    /// A run that is there now, started by this call or by an earlier one for the same inputs.
    ///
    /// @param status as Step Functions names it: `RUNNING`, `SUCCEEDED`
    record Running(Map<String, String> parameters, String execution, String name, String status)
            implements StartResult {
        /// Whether it has succeeded.
        boolean isOver() {
            return status.equals("SUCCEEDED");
        }
    }

    /// A run that this call started. Step Functions answers a repeated start of a running execution the same way.
    ///
    /// @param reason what is not there any more of what an earlier one made; null where it is the first of its name
    record Started(
            Map<String, String> parameters, String execution, String name, @Nullable String reason)
            implements StartResult {}

    /// A run whose external inputs are not all there; the event of the last one will start it.
    record Waiting(Map<String, String> parameters, List<String> uris) implements StartResult {}

    /// A run that ended without success; no event starts it again.
    record Failed(Map<String, String> parameters, String execution, String name, String status, String remedy)
            implements StartResult {}

    /// A run that the deployed pipeline has no graph for (RUN010, RUN011): it is passed over, for it would be so each
    /// time until another code is deployed, whose sweep finds it.
    ///
    /// @param problem why, the first of what was found
    record Misshapen(Map<String, String> parameters, Diagnostic problem) implements StartResult {}

    /// A run that a person may ask for, but that nothing asks for now.
    ///
    /// @param reason why it is not started
    record Complete(Map<String, String> parameters, String reason) implements StartResult {}

    /// What a run that ended has left, told to who asks and starts nothing.
    ///
    /// @param gone the outputs that were made once and are not there any more, as logical URIs
    record Seen(Map<String, String> parameters, List<String> gone) implements StartResult {}

    /// An object that no external task of the pipeline is about.
    ///
    /// @param patterns what its external tasks are about
    record Unmatched(String uri, List<String> patterns) implements StartResult {}

    /// The word for it, in answers and logs.
    default String outcome() {
        return switch (this) {
            case Started started -> "started";
            case Running running -> running.isOver() ? "succeeded" : "running";
            case Waiting waiting -> "waiting";
            case Failed failed -> "failed";
            case Misshapen misshapen -> "misshapen";
            case Complete complete -> "complete";
            case Seen seen -> "seen";
            case Unmatched unmatched -> "unmatched";
        };
    }

    default Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("outcome", outcome());
        switch (this) {
            case Started(var parameters, var execution, var name, var reason) -> {
                execution(json, parameters, execution, name);
                if (reason != null) {
                    json.put("reason", reason);
                }
            }
            case Running(var parameters, var execution, var name, var status) -> {
                execution(json, parameters, execution, name);
                json.put("status", status);
            }
            case Waiting(var parameters, var uris) -> {
                json.put("parameters", new LinkedHashMap<>(parameters));
                json.put("for", new ArrayList<>(uris));
            }
            case Failed(var parameters, var execution, var name, var status, var remedy) -> {
                execution(json, parameters, execution, name);
                json.put("status", status);
                json.put("remedy", remedy);
            }
            case Misshapen(var parameters, var problem) -> {
                json.put("parameters", new LinkedHashMap<>(parameters));
                json.put("code", problem.code());
                json.put("reason", problem.message());
                json.put("remedy", problem.remedy());
            }
            case Complete(var parameters, var reason) -> {
                json.put("parameters", new LinkedHashMap<>(parameters));
                json.put("reason", reason);
            }
            case Seen(var parameters, var gone) -> {
                json.put("parameters", new LinkedHashMap<>(parameters));
                json.put("gone", new ArrayList<>(gone));
            }
            case Unmatched(var uri, var patterns) -> {
                json.put("uri", uri);
                json.put("patterns", new ArrayList<>(patterns));
            }
        }
        return json;
    }

    private static void execution(
            Map<String, @Nullable Object> json, Map<String, String> parameters, String execution, String name) {
        json.put("parameters", new LinkedHashMap<>(parameters));
        json.put("execution", execution);
        json.put("name", name);
    }
}
