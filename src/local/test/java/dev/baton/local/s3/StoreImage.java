package dev.baton.local.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/// All that a store holds, as a text: settings, versions and uploads with the bytes of each.
final class StoreImage {
    private StoreImage() {}

    static String of(Buckets buckets) {
        var text = new StringBuilder();
        for (var bucket : buckets.all()) {
            text.append(bucket.name()).append('\n');
            for (var setting : BucketSetting.values()) {
                if (bucket.setting(setting) != null) {
                    text.append("  ")
                            .append(setting)
                            .append(' ')
                            .append(bucket.setting(setting))
                            .append('\n');
                }
            }
            bucket.versions.forEach((key, all) -> {
                for (var version : all) {
                    text.append("  ")
                            .append(key)
                            .append(' ')
                            .append(version.id())
                            .append(' ');
                    text.append(version.sequence())
                            .append(' ')
                            .append(version.tags())
                            .append(' ');
                    text.append(version.deleteMarker() ? "gone" : bytes(buckets, version.parts()))
                            .append('\n');
                }
            });
            new TreeMap<>(bucket.uploads).forEach((id, upload) -> {
                text.append("  upload ").append(id).append(' ');
                text.append(bytes(buckets, List.copyOf(upload.parts().values())))
                        .append('\n');
            });
        }
        return text.toString();
    }

    private static String bytes(Buckets buckets, List<Part> parts) {
        var text = new StringBuilder();
        for (var part : parts) {
            try (var in = buckets.blobs().open(part.blob(), 0, part.size())) {
                var bytes = in.readAllBytes();
                text.append(part.number())
                        .append('=')
                        .append(new String(bytes, StandardCharsets.US_ASCII))
                        .append(';');
            } catch (IOException e) {
                text.append("UNREADABLE ").append(e).append(';');
            }
        }
        return text.toString();
    }
}
