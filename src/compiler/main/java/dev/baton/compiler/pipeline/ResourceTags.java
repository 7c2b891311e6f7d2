package dev.baton.compiler.pipeline;

import dev.baton.run.SourceRevision;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The tags that tell of every resource to which pipeline it belongs and what it was made from: `baton:pipeline`,
/// `baton:revision`, `baton:code`, and those of the environment.
///
/// @param values by key
public record ResourceTags(SortedMap<String, String> values) {
    /// The key of the pipeline's name, or the names of those that share something.
    public static final String PIPELINE = "baton:pipeline";

    private static final int LONGEST = 256;
    private static final int CHANGESET = 40;

    public ResourceTags {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /// @param pipeline its name, or what [#shared] gives
    /// @param code what tells apart the code of functions
    /// @param more those of the environment
    public static ResourceTags of(String pipeline, SourceRevision revision, String code, Map<String, String> more) {
        var tags = new TreeMap<>(more);
        tags.put(PIPELINE, pipeline);
        tags.put("baton:revision", text(revision));
        tags.put("baton:code", code);
        return new ResourceTags(tags);
    }

    /// The tag for the pipelines that share something: their names, or their number where these are too long.
    public static String shared(List<String> pipelines) {
        var all = String.join(" ", pipelines);
        return all.length() <= LONGEST ? all : pipelines.size() + " pipelines";
    }

    private static String text(SourceRevision revision) {
        var id = revision.id().isEmpty()
                ? "none"
                : revision.id().substring(0, Math.min(CHANGESET, revision.id().length()));
        return revision.dirty() ? id + "+" : id;
    }
}
