package dev.baton.local.sts;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/// The share of a session token's room that session policies and tags take.
///
/// AWS packs them in a binary form that it does not publish. Here it is deflate at its best against 2,048 bytes, which
/// grows with the same things; `STS.PackedPolicySize` in AWS may differ by some percent, so leave room.
final class PackedPolicy {
    private static final int ROOM = 2_048;

    private PackedPolicy() {}

    /// @throws AwsError `PackedPolicyTooLarge`
    static int percent(AssumeRole request) {
        var text = new StringBuilder();
        if (request.policy() != null) {
            text.append(Json.print(Json.parse(request.policy())));
        }
        request.policyArns().forEach(text::append);
        request.tags()
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        int percent = Math.ceilDiv(deflated(text.toString()) * 100, ROOM);
        if (percent > 100) {
            throw new AwsError(
                    400,
                    "PackedPolicyTooLarge",
                    "Packed policy consumes " + percent + "% of allotted space, please use smaller policy.");
        }
        return percent;
    }

    private static int deflated(String text) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            var buffer = new byte[4_096];
            int size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(buffer);
            }
            return size;
        } finally {
            deflater.end();
        }
    }
}
