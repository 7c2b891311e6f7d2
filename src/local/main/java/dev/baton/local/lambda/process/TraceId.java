package dev.baton.local.lambda.process;

import dev.baton.local.lambda.function.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/// An X-Ray trace header: the caller's, or one that is not sampled.
final class TraceId {
    private static final HexFormat HEX = HexFormat.of();

    private TraceId() {}

    static String of(Invocation invocation) {
        var given = invocation.origin().traceId();
        if (given != null) {
            return given;
        }
        var id = UUID.nameUUIDFromBytes(invocation.requestId().getBytes(StandardCharsets.UTF_8));
        var hex = HEX.toHexDigits(id.getMostSignificantBits()) + HEX.toHexDigits(id.getLeastSignificantBits());
        return "Root=1-" + hex.substring(0, 8) + "-" + hex.substring(8, 32) + ";Parent=" + hex.substring(16)
                + ";Sampled=0";
    }
}
