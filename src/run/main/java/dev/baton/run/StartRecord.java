package dev.baton.run;

import dev.baton.json.Json;
import dev.baton.name.Sha256;
import dev.baton.task.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The record of who started an execution, written before it is started. The first of an execution stays.
///
/// @param execution its name
/// @param requester who asked for it
/// @param action as what it was asked for
/// @param policyHash by which policies it was allowed; absent where none hold
/// @param at when it was written
/// @param inputHash of the execution's input, by [#hash]
public record StartRecord(
        String pipeline,
        String execution,
        Requester requester,
        RunAction action,
        Optional<String> policyHash,
        Instant at,
        String inputHash) {
    /// The variable that tells the pin function, by `true`, that it runs nothing without such a record.
    public static final String VARIABLE = "BATON_STARTS_RECORDED";

    private static final long VERSION = 1;

    /// The longest time from a record to the start that it is about. Step Functions forgets the names of executions one
    /// day, and who may start any is not to start one in the name of somebody who once did.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// SHA-256 of an execution's input, however it is written down.
    public static String hash(ExecutionInput input) {
        return Sha256.hex(Json.print(input.toJson()));
    }

    /// Whether an execution is the one that the record is about.
    ///
    /// @param started when Step Functions started it
    public boolean isOf(ExecutionInput input, Instant started) {
        return hash(input).equals(inputHash)
                && Duration.between(at, started).abs().compareTo(LONGEST) <= 0;
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", VERSION);
        json.put("pipeline", pipeline);
        json.put("execution", execution);
        json.put("requester", requester.toJson());
        json.put("action", action.word());
        policyHash.ifPresent(hash -> json.put("policyHash", hash));
        json.put("at", at.toString());
        json.put("inputHash", inputHash);
        return json;
    }

    /// @throws InvalidInput when this is not what this code can read
    public static StartRecord parse(byte[] utf8) {
        var fields = StrictFields.parse("the record of who started an execution", utf8);
        if (fields.integer("version") != VERSION) {
            throw new InvalidInput("\"version\" of " + fields.what() + " must be " + VERSION + ", but was "
                    + fields.integer("version"));
        }
        return new StartRecord(
                fields.string("pipeline"),
                fields.string("execution"),
                Requester.of(fields.object("requester")),
                RunAction.of(fields.string("action")),
                fields.maybeString("policyHash"),
                fields.instant("at"),
                fields.string("inputHash"));
    }
}
