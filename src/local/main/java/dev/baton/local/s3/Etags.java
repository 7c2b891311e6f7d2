package dev.baton.local.s3;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// ETags that are not the MD5 of an object.
final class Etags {
    private Etags() {}

    static String random() {
        var random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    /// Of an object uploaded in parts: the MD5 of the parts' MD5s, and how many there are.
    static String ofParts(List<Part> parts) {
        var md5 = BodyReader.md5();
        for (var part : parts) {
            md5.update(HexFormat.of().parseHex(part.etag()));
        }
        return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    }
}
