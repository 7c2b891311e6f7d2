package dev.baton.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The buckets of an environment: tasks name them logically, S3 really.
public final class BucketNames {
    private static final String SCHEME = "s3://";

    private final Map<String, String> real;
    private final Map<String, String> logical = new LinkedHashMap<>();

    /// @param real the real names by logical name
    public BucketNames(Map<String, String> real) {
        this.real = Map.copyOf(real);
        real.forEach((name, bucket) -> logical.put(bucket, name));
    }

    /// Where S3 has what a task calls `s3://<logical bucket>/<key>`.
    ///
    /// @throws IllegalStateException when this environment has no such bucket
    public Address locate(String uri) {
        var slash = uri.indexOf('/', SCHEME.length());
        if (!uri.startsWith(SCHEME) || slash < 0) {
            throw new IllegalArgumentException("an object is named s3://<bucket>/<key>, but was " + uri);
        }
        var name = uri.substring(SCHEME.length(), slash);
        var bucket = real.get(name);
        if (bucket == null) {
            throw new IllegalStateException("this environment has no bucket \"" + name + "\" for " + uri + "; it has "
                    + real.keySet().stream().sorted().toList() + " (BATON_BUCKETS)");
        }
        return new Address(uri, bucket, uri.substring(slash + 1));
    }

    /// What tasks call an object, or null where they know no name for its bucket.
    public @Nullable String uri(String bucket, String key) {
        var name = logical.get(bucket);
        return name == null ? null : SCHEME + name + "/" + key;
    }

    /// An object's two names.
    ///
    /// @param uri what tasks call it
    /// @param bucket the real one
    public record Address(String uri, String bucket, String key) {}
}
