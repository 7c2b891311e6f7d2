package dev.baton.local.s3;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A bucket's Block Public Access. All four settings hold where nothing was set, as on every bucket since 2023; none
/// where it was deleted.
record PublicAccess(boolean blockPublicPolicy, boolean restrictPublicBuckets) {
    static PublicAccess of(Bucket bucket) {
        var document = bucket.setting(BucketSetting.PUBLIC_ACCESS_BLOCK);
        if (document == null) {
            return new PublicAccess(true, true);
        }
        if (document.isEmpty()) {
            return new PublicAccess(false, false);
        }
        var xml = XmlElement.parse(document.getBytes(StandardCharsets.UTF_8), "PublicAccessBlockConfiguration");
        return new PublicAccess(isTrue(xml.get("BlockPublicPolicy")), isTrue(xml.get("RestrictPublicBuckets")));
    }

    private static boolean isTrue(@Nullable String text) {
        return text != null && text.strip().equalsIgnoreCase("true");
    }
}
