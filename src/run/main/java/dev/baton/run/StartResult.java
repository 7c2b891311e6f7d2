package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The start function's word on one run that it considered, or on an object that starts none.
public sealed interface StartResult {
    /// The parameters of the run, by component; empty where it is none.
    Map<String, String> parameters();

    /// A result that is about an execution.
    sealed interface OfExecution extends StartResult {
        /// The execution's ARN.
        String execution();

        /// The execution's name.
        String name();
    }

    /// A run that is there now, started by this call or by an earlier one for the same inputs.
    ///
    /// @param status as Step Functions names it: `RUNNING`, `SUCCEEDED`
    record Running(Map<String, String> parameters, String execution, String name, String status)
            implements OfExecution {
        /// Whether it has succeeded.
        public boolean isOver() {
            return status.equals("SUCCEEDED");
        }
    }

    /// A run that this call started. Step Functions answers a repeated start of a running execution the same way.
    ///
    /// @param reason what is not there any more of what an earlier one made; null where it is the first of its name
    record Started(
            Map<String, String> parameters,
            String execution,
            String name,
            @Nullable String reason) implements OfExecution {}

    /// A run that ended without success; no event starts it again.
    record Failed(Map<String, String> parameters, String execution, String name, String status, String remedy)
            implements OfExecution {}

    /// A run whose external inputs are not all there; the event of the last one will start it.
    ///
    /// @param uris of the missing objects, logical
    record Waiting(Map<String, String> parameters, List<String> uris) implements StartResult {}

    /// A run that the deployed pipeline has no graph for (RUN010, RUN011): it is passed over, for it would be so each
    /// time until another code is deployed, whose sweep finds it.
    ///
    /// @param code of the first finding
    /// @param reason its message
    record Misshapen(Map<String, String> parameters, String code, String reason, String remedy)
            implements StartResult {}

    /// A run that is not started because the deployed code lacks a check that its environment demands (RUN050): a sweep
    /// starts it when the check is recorded.
    ///
    /// @param code of the finding
    /// @param reason its message
    record Refused(Map<String, String> parameters, String code, String reason, String remedy) implements StartResult {}

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
    record Unmatched(String uri, List<String> patterns) implements StartResult {
        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }
    }

    /// A result that another version of Baton wrote and this one cannot read.
    ///
    /// @param outcome its word; empty where there is none
    /// @param json all of it
    record Foreign(String outcome, Map<String, @Nullable Object> json) implements StartResult {
        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }
    }

    /// The word for it, in answers and logs.
    default String outcome() {
        return switch (this) {
            case Started started -> "started";
            case Running running -> running.isOver() ? "succeeded" : "running";
            case Waiting waiting -> "waiting";
            case Failed failed -> "failed";
            case Misshapen misshapen -> "misshapen";
            case Refused refused -> "refused";
            case Complete complete -> "complete";
            case Seen seen -> "seen";
            case Unmatched unmatched -> "unmatched";
            case Foreign foreign -> foreign.outcome();
        };
    }

    default Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("outcome", outcome());
        if (!(this instanceof Unmatched)) {
            json.put("parameters", new LinkedHashMap<>(parameters()));
        }
        if (this instanceof OfExecution about) {
            json.put("execution", about.execution());
            json.put("name", about.name());
        }
        switch (this) {
            case Started started -> {
                if (started.reason() != null) {
                    json.put("reason", started.reason());
                }
            }
            case Running running -> json.put("status", running.status());
            case Waiting waiting -> json.put("for", waiting.uris());
            case Failed failed -> {
                json.put("status", failed.status());
                json.put("remedy", failed.remedy());
            }
            case Misshapen misshapen -> {
                json.put("code", misshapen.code());
                json.put("reason", misshapen.reason());
                json.put("remedy", misshapen.remedy());
            }
            case Refused refused -> {
                json.put("code", refused.code());
                json.put("reason", refused.reason());
                json.put("remedy", refused.remedy());
            }
            case Complete complete -> json.put("reason", complete.reason());
            case Seen seen -> json.put("gone", seen.gone());
            case Unmatched unmatched -> {
                json.put("uri", unmatched.uri());
                json.put("patterns", unmatched.patterns());
            }
            case Foreign foreign -> {
                return foreign.json();
            }
        }
        return json;
    }

    /// Reads what [#toJson] wrote; what this version does not know is [Foreign].
    ///
    /// @throws InvalidInput when it is not an object
    static StartResult of(@Nullable Object json) {
        var fields = StrictFields.of("a result of the start function", json);
        try {
            return of(fields);
        } catch (InvalidInput e) {
            var outcome = fields.values().get("outcome");
            return new Foreign(outcome instanceof String word ? word : "", fields.values());
        }
    }

    private static StartResult of(StrictFields fields) {
        var outcome = fields.string("outcome");
        var parameters = fields.strings("parameters");
        return switch (outcome) {
            case "started" ->
                new Started(
                        parameters,
                        fields.string("execution"),
                        fields.string("name"),
                        fields.maybeString("reason").orElse(null));
            case "running", "succeeded" ->
                new Running(parameters, fields.string("execution"), fields.string("name"), fields.string("status"));
            case "failed" ->
                new Failed(
                        parameters,
                        fields.string("execution"),
                        fields.string("name"),
                        fields.string("status"),
                        fields.string("remedy"));
            case "waiting" -> new Waiting(parameters, fields.stringList("for"));
            case "misshapen" ->
                new Misshapen(parameters, fields.string("code"), fields.string("reason"), fields.string("remedy"));
            case "refused" ->
                new Refused(parameters, fields.string("code"), fields.string("reason"), fields.string("remedy"));
            case "complete" -> new Complete(parameters, fields.string("reason"));
            case "seen" -> new Seen(parameters, fields.stringList("gone"));
            case "unmatched" -> new Unmatched(fields.string("uri"), fields.stringList("patterns"));
            default -> new Foreign(outcome, fields.values());
        };
    }
}
