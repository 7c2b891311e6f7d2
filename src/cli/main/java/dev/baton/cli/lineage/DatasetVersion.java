package dev.baton.cli.lineage;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.run.PinnedObject;
import org.jspecify.annotations.Nullable;

/// One version of one object, by its names.
///
/// @param uri logical, as tasks name it
/// @param version S3's id of the version
public record DatasetVersion(String uri, String version) implements Comparable<DatasetVersion> {
    private static final String VERSION_ID = "?versionId=";

    static DatasetVersion of(PinnedObject object) {
        return new DatasetVersion(object.uri(), object.version());
    }

    /// As people name it, and [Asked#of] reads it.
    @Override
    public String toString() {
        return uri + VERSION_ID + version;
    }

    @Override
    public int compareTo(DatasetVersion other) {
        return toString().compareTo(other.toString());
    }

    /// A question for an object.
    ///
    /// @param called the URI without a version, or the class of a task
    /// @param version null where none was named
    public record Asked(String called, @Nullable String version) {

        /// Takes `s3://bucket/key?versionId=…` apart.
        ///
        /// @param versionId given besides, or null
        /// @throws DiagnosticException CLI053 when two different versions are named, or an empty one
        public static Asked of(String words, @Nullable String versionId) {
            // A key may hold a question mark: what counts is the last.
            var mark = words.startsWith("s3://") ? words.lastIndexOf(VERSION_ID) : -1;
            var called = mark < 0 ? words : words.substring(0, mark);
            var inside = mark < 0 ? null : words.substring(mark + VERSION_ID.length());
            if ((inside != null && inside.isEmpty()) || (versionId != null && versionId.isEmpty())) {
                throw wrong(called, "is asked about in a version whose id is empty");
            }
            if (inside != null && versionId != null && !inside.equals(versionId)) {
                throw wrong(called, "is asked about in two versions, " + inside + " and " + versionId);
            }
            return new Asked(called, inside == null ? versionId : inside);
        }

        private static DiagnosticException wrong(String called, String message) {
            return new DiagnosticException(Diagnostic.error(
                    "CLI053", Location.named(called), message, "name one version: s3://BUCKET/KEY?versionId=ID"));
        }
    }
}
