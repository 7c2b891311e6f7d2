package dev.baton.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which run a function works for: what the pin function returns and every state of the run hands on.
///
/// @param pipeline the pipeline's name
/// @param run the run's id, see [#id]
/// @param startedAt when the root execution started, in milliseconds
/// @param parameters of the root task, canonically printed, by component
/// @param force which tasks run also where they are fresh
/// @param startedBy who started it, without teams; empty where no policies about people hold, and in runs that are older
///     than that
public record RunReference(
        String pipeline,
        String run,
        Instant startedAt,
        Map<String, String> parameters,
        Optional<Force> force,
        Optional<Requester> startedBy) {
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    public RunReference {
        startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        startedBy = startedBy.map(Requester::withoutTeams);
    }

    /// Of a run of which is not said who started it.
    public RunReference(
            String pipeline, String run, Instant startedAt, Map<String, String> parameters, Optional<Force> force) {
        this(pipeline, run, startedAt, parameters, force, Optional.empty());
    }

    /// Of a run in which what is fresh is skipped.
    public RunReference(String pipeline, String run, Instant startedAt, Map<String, String> parameters) {
        this(pipeline, run, startedAt, parameters, Optional.empty());
    }

    /// The same with who started it.
    public RunReference startedBy(Requester requester) {
        return new RunReference(pipeline, run, startedAt, parameters, force, Optional.of(requester));
    }

    /// The id of a run: the root execution's name and its start, `weather-2012-1f0c….20261122T045208123Z`. A name
    /// that Step Functions allows and a key does not show is told apart by its hash.
    public static String id(String executionName, Instant startedAt) {
        var safe = executionName.replaceAll("[^A-Za-z0-9_-]", "_");
        var name = safe.equals(executionName)
                ? safe
                : safe + "-" + new FieldDigest().add(executionName).hex().substring(0, 8);
        return name + "." + BASIC.format(startedAt);
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("pipeline", pipeline);
        json.put("run", run);
        json.put("startedAt", startedAt.toString());
        json.put("parameters", new LinkedHashMap<String, @Nullable Object>(parameters));
        force.ifPresent(wish -> json.put("force", wish.toJson()));
        startedBy.ifPresent(requester -> json.put("startedBy", requester.toJson()));
        return json;
    }

    static RunReference of(StrictFields fields) {
        return new RunReference(
                fields.string("pipeline"),
                fields.string("run"),
                fields.instant("startedAt"),
                fields.strings("parameters"),
                fields.has("force") ? Optional.of(Force.of(fields, "force")) : Optional.empty(),
                fields.maybeObject("startedBy").map(Requester::of));
    }

    /// @throws dev.baton.task.InvalidInput with a sentence that calls the value `what`
    public static RunReference of(String what, @Nullable Object json) {
        return of(StrictFields.of(what, json));
    }
}
