package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A check that somebody made of a revision, and how it came out: an object of the state bucket, whose older versions
/// stay. The newest one counts.
///
/// @param name of the check, such as `tests`
/// @param hasPassed how it came out
/// @param by who says so
/// @param principal whose credentials wrote it, as the account calls them: `user/ada`
/// @param note may be empty
/// @param at when it was recorded
/// @param system `git` or `hg`
/// @param id the revision, whole
public record RevisionCheck(
        String name,
        boolean hasPassed,
        String by,
        String principal,
        String note,
        Instant at,
        String system,
        String id) {
    /// What checks may be called.
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private static final long VERSION = 1;
    private static final String PASSED = "passed";
    private static final String FAILED = "failed";

    /// The check's key in the state bucket.
    public String key() {
        return StateKeys.check(system, id, name);
    }

    /// The word for how it came out.
    public String status() {
        return hasPassed ? PASSED : FAILED;
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", VERSION);
        json.put("name", name);
        json.put("status", status());
        json.put("by", by);
        json.put("principal", principal);
        json.put("note", note);
        json.put("at", at.toString());
        json.put("system", system);
        json.put("id", id);
        return json;
    }

    /// @throws InvalidInput when this is not a check that this code can read
    public static RevisionCheck parse(byte[] utf8) {
        var fields = StrictFields.parse("the check", utf8);
        if (fields.integer("version") != VERSION) {
            throw new InvalidInput(
                    "\"version\" of the check must be " + VERSION + ", but was " + fields.integer("version"));
        }
        var status = fields.string("status");
        if (!status.equals(PASSED) && !status.equals(FAILED)) {
            throw new InvalidInput("\"status\" of the check must be passed or failed, but was " + status);
        }
        return new RevisionCheck(
                fields.string("name"),
                status.equals(PASSED),
                fields.string("by"),
                fields.string("principal"),
                fields.string("note"),
                fields.instant("at"),
                fields.string("system"),
                fields.string("id"));
    }
}
