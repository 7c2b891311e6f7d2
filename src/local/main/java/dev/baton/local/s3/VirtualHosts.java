package dev.baton.local.s3;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The host names under which a bucket may stand as the first part: `lake.localhost:4566`.
final class VirtualHosts {
    private final List<String> hosts;

    VirtualHosts(String region) {
        // The longest first: in lake.s3.localhost the bucket is not "lake.s3".
        hosts = List.of(
                "s3." + region + ".amazonaws.com",
                "s3.dualstack." + region + ".amazonaws.com",
                "s3.amazonaws.com",
                "s3.localhost",
                "s3.127.0.0.1",
                "localhost",
                "127.0.0.1");
    }

    /// Nothing where the bucket stands in the path.
    @Nullable
    String bucketOf(String host) {
        int colon = host.lastIndexOf(':');
        var name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
        for (var known : hosts) {
            if (name.equals(known)) {
                return null;
            }
            if (name.endsWith("." + known)) {
                return name.substring(0, name.length() - known.length() - 1);
            }
        }
        return null;
    }
}
