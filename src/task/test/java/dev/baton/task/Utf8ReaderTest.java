package dev.baton.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class Utf8ReaderTest {
    private static final String URI = "s3://lake/a.txt";

    /// Gives a few bytes at a time, as the network does.
    private static InputStream dripping(byte[] content, RandomGenerator random) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(5)));
            }
        };
    }

    private static String read(InputStream in) throws IOException {
        try (var reader = new Utf8Reader(URI, in)) {
            var text = new StringBuilder();
            for (var c = reader.read(); c >= 0; c = reader.read()) {
                text.append((char) c);
            }
            return text.toString();
        }
    }

    @Test
    void any_text_is_read_as_it_was_written_and_a_broken_byte_is_found_where_it_is() throws IOException {
        var seed = new java.util.Random().nextLong();
        var random = new java.util.Random(seed);
        for (var round = 0; round < 200; round++) {
            var text = new StringBuilder();
            for (var n = random.nextInt(20_000 >> random.nextInt(12)); n > 0; n--) {
                text.appendCodePoint(
                        switch (random.nextInt(6)) {
                            case 0 -> '\n';
                            case 1 -> 0xe9;
                            case 2 -> 0x20ac;
                            case 3 -> 0x1f600 + random.nextInt(50);
                            default -> 'a' + random.nextInt(26);
                        });
            }
            var content = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(read(dripping(content, random))).as("seed %d, round %d", seed, round).isEqualTo(text.toString());
            var points = text.codePoints().toArray();
            var at = random.nextInt(points.length + 1);
            var head = new String(points, 0, at).getBytes(StandardCharsets.UTF_8);
            var broken = new byte[head.length + 2];
            System.arraycopy(head, 0, broken, 0, head.length);
            broken[head.length] = (byte) 0xff;
            broken[head.length + 1] = 'x';
            var line = 1 + new String(points, 0, at).chars().filter(c -> c == '\n').count();
            assertThatThrownBy(() -> read(dripping(broken, random)))
                    .as("seed %d, round %d", seed, round)
                    .isInstanceOf(DataInvalid.class)
                    .hasMessage(URI + " line " + line + ": expected UTF-8 text, but byte " + head.length + " is FF");
        }
    }

    @Test
    void a_text_that_ends_within_a_character_is_told_with_that() {
        var content = new byte[] {'a', '\n', 'b', (byte) 0xe2, (byte) 0x82};
        assertThatThrownBy(() -> read(new ByteArrayInputStream(content)))
                .isInstanceOf(DataInvalid.class)
                .hasMessage(URI + " line 2: expected UTF-8 text, but byte 3 is E2 82, where the file ends");
    }

    @Test
    void what_comes_before_a_broken_byte_can_be_read() throws IOException {
        try (var reader = new Utf8Reader(URI, new ByteArrayInputStream(new byte[] {'a', 'b', (byte) 0xc0}))) {
            var chars = new char[10];
            assertThat(reader.read(chars, 0, 10)).isEqualTo(2);
            assertThatThrownBy(() -> reader.read(chars, 0, 10)).isInstanceOf(DataInvalid.class);
            assertThatThrownBy(() -> reader.read(chars, 0, 10)).isInstanceOf(DataInvalid.class);
        }
    }
}
