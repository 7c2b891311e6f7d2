package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What the store holds of each of many small objects: little, and nothing is lost by that.
class CompactStoreTest {
    private static final long SEED = Long.getLong("baton.seed", System.nanoTime());

    private static ObjectVersion version(
            RandomGenerator random, Blob blob, String id, String etag, Map<String, String> tags) {
        var digest = new byte[random.nextBoolean() ? 4 : 8];
        random.nextBytes(digest);
        var checksum =
                Checksum.full(digest.length == 4 ? ChecksumAlgorithm.CRC32 : ChecksumAlgorithm.CRC64NVME, digest);
        var now = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
        var system = new LinkedHashMap<String, String>();
        system.put("Content-Type", "text/" + random.nextInt(3));
        return new ObjectVersion(
                "key",
                id,
                false,
                random.nextLong(Long.MAX_VALUE),
                now,
                etag,
                blob.length(),
                new Metadata(system, Map.of(), new Encryption("AES256", null, false), "STANDARD"),
                checksum,
                List.of(new Part(1, blob.length(), etag, checksum, now, blob)),
                false,
                tags);
    }

    private static String hex(RandomGenerator random) {
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    @Test
    void a_small_object_takes_few_bytes_and_shares_its_metadata() {
        var random = new SplittableRandom(SEED);
        var shared = new SharedMetadata();
        var first = version(random, new Blob.InFile(hex(random), 20), ObjectVersion.NULL, hex(random), Map.of());
        Metadata metadata = null;
        for (var i = 0; i < 50; i++) {
            var version = version(random, new Blob.InFile(hex(random), 20), ObjectVersion.NULL, hex(random), Map.of());
            assertThat(PackedVersion.of(version, shared)).isInstanceOfSatisfying(PackedVersion.class, packed -> {
                assertThat(packed.data()).hasSizeLessThanOrEqualTo(80);
                assertThat(packed.bytes()).isNull();
            });
            if (version.metadata().equals(first.metadata())) {
                var packed = (PackedVersion) PackedVersion.of(version, shared);
                assertThat(metadata == null || metadata == packed.metadata())
                        .as("the same metadata is there once")
                        .isTrue();
                metadata = packed.metadata();
            }
        }
    }

    @Test
    void whatever_is_packed_comes_out_as_it_went_in() {
        var random = new SplittableRandom(SEED);
        var texts = List.of(
                "", "null", "A", hex(random), hex(random).toUpperCase(Locale.ROOT), "ä-Ω-😀", "QUI=", "QUJD", "QR==");
        var ids = new SplittableRandom(SEED);
        for (var i = 0; i < 400; i++) {
            var blob = random.nextBoolean()
                    ? new Blob.InFile(texts.get(random.nextInt(texts.size())), random.nextLong(1L << 40))
                    : new Blob.InMemory(new byte[random.nextInt(30)]);
            var version = version(
                    random,
                    blob,
                    random.nextBoolean() ? S3Context.randomId(32) : texts.get(ids.nextInt(texts.size())),
                    texts.get(random.nextInt(texts.size())),
                    random.nextBoolean() ? Map.of() : Map.of("a", "b"));
            var packed = PackedVersion.of(version, new SharedMetadata());

            assertThat(packed).as("baton.seed %d", SEED).isInstanceOf(PackedVersion.class);
            assertThat(packed.version("key")).as("baton.seed %d", SEED).isEqualTo(version);
        }
    }

    @Test
    void what_is_out_of_the_ordinary_stays_as_it_is() {
        var random = new SplittableRandom(SEED);
        var usual = version(random, new Blob.InFile(hex(random), 20), ObjectVersion.NULL, hex(random), Map.of());
        var part = usual.parts().getFirst();
        var another = new Part(2, part.size(), part.etag(), part.checksum(), part.modified(), part.blob());
        for (var parts : List.of(List.of(part, another), List.of(another))) {
            var version = new ObjectVersion(
                    "key",
                    usual.id(),
                    false,
                    1,
                    usual.modified(),
                    usual.etag(),
                    usual.size(),
                    usual.metadata(),
                    usual.checksum(),
                    parts,
                    false,
                    Map.of());
            assertThat(PackedVersion.of(version, new SharedMetadata())).isSameAs(version);
        }
        var marker = ObjectVersion.marker("key", "id", 1, Instant.EPOCH);
        assertThat(PackedVersion.of(marker, new SharedMetadata())).isSameAs(marker);
    }

    @Test
    void a_table_of_blobs_is_a_map() {
        var random = new SplittableRandom(SEED);
        var table = new BlobTable();
        var map = new HashMap<String, Long>();
        for (var i = 0; i < 20_000; i++) {
            // Few enough that many meet in the same places, and names of other kinds.
            var number = random.nextInt(2_000);
            var id = number % 50 == 0
                    ? "other-" + number
                    : HexFormat.of().toHexDigits((long) number) + HexFormat.of().toHexDigits(number % 7 * 64L);
            if (random.nextInt(3) == 0) {
                table.remove(id);
                map.remove(id);
            } else {
                table.put(id, i % 5);
                map.put(id, (long) (i % 5));
            }
            var asked = HexFormat.of().toHexDigits((long) random.nextInt(2_000))
                    + HexFormat.of().toHexDigits(0L);
            assertThat(table.getOrDefault(asked, -1)).isEqualTo(map.getOrDefault(asked, -1L));
        }
        assertThat(table.ids()).as("baton.seed %d", SEED).hasSize(map.size()).hasSameSizeAs(Set.copyOf(table.ids()));
        assertThat(Set.copyOf(table.ids())).as("baton.seed %d", SEED).isEqualTo(map.keySet());
        assertThat(table.size()).isEqualTo(map.size());
        map.forEach((id, number) -> assertThat(table.getOrDefault(id, -1)).isEqualTo(number));
    }
}
