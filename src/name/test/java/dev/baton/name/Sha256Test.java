package dev.baton.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The values are those of
/// [FIPS 180-2, appendix B](https://csrc.nist.gov/files/pubs/fips/180-2/final/docs/fips180-2.pdf).
class Sha256Test {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String MILLION = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

    @Test
    void a_text_is_digested_in_utf_8() {
        assertThat(Sha256.hex("abc")).isEqualTo(ABC);
        assertThat(Sha256.hex("é")).isEqualTo(Sha256.hex(new byte[] {(byte) 0xc3, (byte) 0xa9}));
    }

    @Test
    void a_stream_is_digested_to_its_end() throws IOException {
        var million = "a".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(Sha256.of(new ByteArrayInputStream(million))))
                .isEqualTo(MILLION);
        assertThat(Sha256.hex(million)).isEqualTo(MILLION);
        assertThat(Sha256.base64(new ByteArrayInputStream("abc".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    @Test
    void digests_do_not_see_what_others_see() {
        var one = Sha256.start();
        one.update((byte) 'a');
        var other = Sha256.copy(one);
        one.update("bc".getBytes(StandardCharsets.UTF_8));
        other.update((byte) 'x');
        var empty = Sha256.start();
        assertThat(Sha256.hex(empty)).startsWith("e3b0c442");
        assertThat(Sha256.hex(one)).isEqualTo(ABC);
        other.update((byte) 'y');
        assertThat(Sha256.hex(other)).isEqualTo(Sha256.hex("axy"));
    }
}
