package dev.baton.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which state of the sources something was built from.
///
/// @param system `git`, `hg` or `none`
/// @param id the changeset, hexadecimal; empty for `none`
/// @param branch may be empty
/// @param dirty whether there were changes that no changeset holds
public record SourceRevision(String system, String id, String branch, boolean dirty) {
    /// Where a jar says its own, with more members than these.
    public static final String STAMP = "META-INF/baton/revision.json";

    public static final SourceRevision UNKNOWN = new SourceRevision("none", "", "", true);

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("system", system);
        json.put("id", id);
        json.put("branch", branch);
        json.put("dirty", dirty);
        return json;
    }

    /// @throws dev.baton.task.InvalidInput with a sentence
    public static SourceRevision of(@Nullable Object json) {
        return of(StrictFields.of("the revision", json));
    }

    static SourceRevision of(StrictFields fields) {
        return new SourceRevision(
                fields.string("system"), fields.string("id"), fields.string("branch"), fields.bool("dirty"));
    }

    /// Short, as people read it: `1a2b3c4d5e6f on main, with uncommitted changes`; `no known revision`, of which nobody
    /// can tell what was committed.
    @Override
    public String toString() {
        if (id.isEmpty()) {
            return "no known revision";
        }
        var name = id.substring(0, Math.min(12, id.length()));
        return name + (branch.isEmpty() ? "" : " on " + branch) + (dirty ? ", with uncommitted changes" : "");
    }
}
