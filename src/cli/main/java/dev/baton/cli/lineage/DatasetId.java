package dev.baton.cli.lineage;

import dev.baton.name.Sha256;
import java.nio.ByteBuffer;

/// A dataset as the index finds it: two numbers for its names. Two datasets may have the same ones, seldom as that is;
/// so what is found by them is looked at.
///
/// @param uri for its URI
/// @param version for its URI and version
record DatasetId(long uri, long version) {
    private static final int HEX = 16;

    static DatasetId of(DatasetVersion dataset) {
        return new DatasetId(number(dataset.uri()), number(dataset.toString()));
    }

    /// The number for a text.
    static long number(String text) {
        return ByteBuffer.wrap(Sha256.of(text)).getLong();
    }

    /// 32 hexadecimal digits.
    String text() {
        return "%016x%016x".formatted(uri, version);
    }

    /// @param from where its digits begin
    /// @throws NumberFormatException when there are none
    static DatasetId parse(CharSequence line, int from) {
        return new DatasetId(
                Long.parseUnsignedLong(line, from, from + HEX, HEX),
                Long.parseUnsignedLong(line, from + HEX, from + 2 * HEX, HEX));
    }
}
