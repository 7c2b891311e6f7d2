package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The object that says a task is complete: the audit trail, the lineage, and what the next run compares with.
///
/// @param task the task's class
/// @param parameters of the task, canonically printed
/// @param pipeline the pipeline's name
/// @param execution the ARN of the execution that made the output
/// @param run its run
/// @param runStartedAt when that run started: a run that started earlier leaves this record alone
/// @param output what was made
/// @param inputs what was read, in the order of `requires()`
/// @param fingerprint of code, parameters, configuration and inputs
/// @param codeHash the part of the fingerprint that is the code
/// @param code the parts of that code with a hash each, as [dev.baton.run.code.CodeParts] has them; empty where the
///     deployment has kept them ([StateKeys#codeParts]), and in records that are older than both
/// @param reasons for which the task ran; empty in records that are older than that
/// @param configuration the part of the fingerprint that is declared configuration
/// @param revision which sources the code was built from
/// @param roleSession the ARN of the assumed role's session
/// @param startedAt of the attempt that succeeded
/// @param endedAt of the attempt that succeeded
/// @param attempts how many attempts there were, from 1
/// @param profile of the output; null where none was made, and in records that are older than that
/// @param startedBy who started the run; empty where that is not known, and in records that are older than that
public record CompletionRecord(
        String task,
        Map<String, String> parameters,
        String pipeline,
        String execution,
        String run,
        Instant runStartedAt,
        PinnedObject output,
        List<PinnedObject> inputs,
        String fingerprint,
        String codeHash,
        Map<String, String> code,
        List<Reason> reasons,
        Map<String, String> configuration,
        SourceRevision revision,
        String roleSession,
        Instant startedAt,
        Instant endedAt,
        int attempts,
        @Nullable DataProfile profile,
        Optional<Requester> startedBy) {
    /// What the JSON calls its own form; a reader refuses any other.
    public static final long VERSION = 1;

    public CompletionRecord {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        code = Collections.unmodifiableMap(new TreeMap<>(code));
        reasons = List.copyOf(reasons);
        configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
        inputs = List.copyOf(inputs);
    }

    /// One of a run of which is not said who started it.
    public CompletionRecord(
            String task,
            Map<String, String> parameters,
            String pipeline,
            String execution,
            String run,
            Instant runStartedAt,
            PinnedObject output,
            List<PinnedObject> inputs,
            String fingerprint,
            String codeHash,
            Map<String, String> code,
            List<Reason> reasons,
            Map<String, String> configuration,
            SourceRevision revision,
            String roleSession,
            Instant startedAt,
            Instant endedAt,
            int attempts,
            @Nullable DataProfile profile) {
        this(
                task,
                parameters,
                pipeline,
                execution,
                run,
                runStartedAt,
                output,
                inputs,
                fingerprint,
                codeHash,
                code,
                reasons,
                configuration,
                revision,
                roleSession,
                startedAt,
                endedAt,
                attempts,
                profile,
                Optional.empty());
    }

    /// The same with the parts of the code.
    public CompletionRecord withCode(Map<String, String> parts) {
        return new CompletionRecord(
                task,
                parameters,
                pipeline,
                execution,
                run,
                runStartedAt,
                output,
                inputs,
                fingerprint,
                codeHash,
                parts,
                reasons,
                configuration,
                revision,
                roleSession,
                startedAt,
                endedAt,
                attempts,
                profile,
                startedBy);
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", VERSION);
        json.put("task", task);
        json.put("parameters", new LinkedHashMap<String, @Nullable Object>(parameters));
        json.put("pipeline", pipeline);
        json.put("execution", execution);
        json.put("run", run);
        json.put("runStartedAt", runStartedAt.toString());
        json.put("output", output.toJson());
        var read = new ArrayList<@Nullable Object>();
        inputs.forEach(input -> read.add(input.toJson()));
        json.put("inputs", read);
        json.put("fingerprint", fingerprint);
        json.put("codeHash", codeHash);
        json.put("code", new LinkedHashMap<String, @Nullable Object>(code));
        json.put("reasons", reasons.stream().map(Reason::toJson).toList());
        json.put("configuration", new LinkedHashMap<String, @Nullable Object>(configuration));
        json.put("revision", revision.toJson());
        json.put("roleSession", roleSession);
        json.put("startedAt", startedAt.toString());
        json.put("endedAt", endedAt.toString());
        json.put("attempts", (long) attempts);
        if (profile != null) {
            json.put("profile", profile.toJson());
        }
        startedBy.ifPresent(requester -> json.put("startedBy", requester.toJson()));
        return json;
    }

    /// @throws InvalidInput when this is not a completion record that this code can read
    public static CompletionRecord parse(byte[] utf8) {
        var fields = StrictFields.parse("the completion record", utf8);
        if (fields.integer("version") != VERSION) {
            throw new InvalidInput("\"version\" of the completion record must be " + VERSION + ", but was "
                    + fields.integer("version"));
        }
        return new CompletionRecord(
                fields.string("task"),
                fields.strings("parameters"),
                fields.string("pipeline"),
                fields.string("execution"),
                fields.string("run"),
                fields.instant("runStartedAt"),
                PinnedObject.of(fields.object("output")),
                fields.objectList("inputs").stream().map(PinnedObject::of).toList(),
                fields.string("fingerprint"),
                fields.string("codeHash"),
                fields.strings("code"),
                fields.has("reasons")
                        ? fields.objectList("reasons").stream().map(Reason::of).toList()
                        : List.of(),
                fields.strings("configuration"),
                SourceRevision.of(fields.object("revision")),
                fields.string("roleSession"),
                fields.instant("startedAt"),
                fields.instant("endedAt"),
                Math.toIntExact(fields.integer("attempts")),
                fields.maybeObject("profile").map(DataProfile::of).orElse(null),
                fields.maybeObject("startedBy").map(Requester::of));
    }
}
