package dev.baton.run.decision;

import org.jspecify.annotations.Nullable;

/// An output as it is found.
///
/// @param version the version id; `null` as text where the bucket keeps no versions
/// @param fingerprint the one that the object bears; null where it bears none, because somebody else wrote it
public record FoundOutput(String version, @Nullable String fingerprint) {
    /// The name of a bucket's only version where it keeps none.
    private static final String UNVERSIONED = "null";

    /// Where the bucket keeps no versions, every version has the same name.
    boolean isVersioned() {
        return !version.equals(UNVERSIONED);
    }
}
