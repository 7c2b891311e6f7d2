package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumTest {
    /// The check values of the CRC catalogue and of FIPS 180, over `123456789`.
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void checksums_are_those_of_their_specifications(ChecksumAlgorithm algorithm, String expected) {
        var bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
        var running = algorithm.start();
        running.update(bytes, 0, 4);
        running.update(bytes, 4, 5);
        assertThat(HexFormat.of().formatHex(running.digest())).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32C", "CRC64NVME"})
    void the_crc_of_a_whole_follows_from_those_of_its_parts(ChecksumAlgorithm algorithm) {
        var random = new Random(3);
        for (int round = 0; round < 50; round++) {
            var bytes = new byte[random.nextInt(5_000)];
            random.nextBytes(bytes);
            int cut = random.nextInt(bytes.length + 1);
            var combined = CombinedCrc.of(
                    algorithm,
                    digest(algorithm, bytes, 0, cut),
                    digest(algorithm, bytes, cut, bytes.length - cut),
                    bytes.length - cut);
            assertThat(combined).isEqualTo(digest(algorithm, bytes, 0, bytes.length));
        }
    }

    private static byte[] digest(ChecksumAlgorithm algorithm, byte[] bytes, int offset, int length) {
        var running = algorithm.start();
        running.update(bytes, offset, length);
        return running.digest();
    }

    @Test
    void the_crc_of_eight_bytes_a_step_is_that_of_one() {
        var bytes = new byte[1_000];
        new Random(4).nextBytes(bytes);
        for (int offset = 0; offset < 9; offset++) {
            var fast = new Crc64Nvme();
            fast.update(bytes, offset, 900 + offset);
            var slow = new Crc64Nvme();
            for (int i = offset; i < 900 + 2 * offset; i++) {
                slow.update(bytes[i]);
            }
            assertThat(fast.getValue()).isEqualTo(slow.getValue());
        }
    }

    @Test
    void a_value_is_base64_of_the_right_length() {
        assertThat(ChecksumAlgorithm.CRC32.isValue("AAAAAA==")).isTrue();
        assertThat(ChecksumAlgorithm.CRC32.isValue("AAAA")).isFalse();
        assertThat(ChecksumAlgorithm.CRC32.isValue("not base64!")).isFalse();
        assertThat(ChecksumAlgorithm.SHA256.isValue(Base64.getEncoder().encodeToString(new byte[32])))
                .isTrue();
    }
}
