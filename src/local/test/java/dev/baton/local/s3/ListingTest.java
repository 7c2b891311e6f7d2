package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

class ListingTest {
    static final List<String> KEYS = List.of(
            "a/1", "a/2", "a/b/1", "a/b/2", "b", "b/1", "c/", "c/1", "d&e/1", "e f", "e/\uffff", "e/\udbff\udfff", "f");
    static EmbeddedAws aws;
    static Clients clients;
    static S3Client s3;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.start();
        clients = new Clients(aws);
        s3 = clients.s3();
        s3.createBucket(create -> create.bucket("lake"));
        KEYS.forEach(key -> s3.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(key)));
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    private static List<String> keys(ListObjectsV2Response page) {
        return page.contents().stream().map(object -> object.key()).toList();
    }

    private static List<String> prefixes(ListObjectsV2Response page) {
        return page.commonPrefixes().stream().map(prefix -> prefix.prefix()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, a/1 a/2 a/b/1 a/b/2 b b/1 c/ c/1 d&e/1, -",
                "-, /, b f, a/ b/ c/ d&e/ e/",
                "a/, /, a/1 a/2, a/b/",
                "a, /, -, a/",
                "a/b, /, -, a/b/",
                "a/b/, /, a/b/1 a/b/2, -",
                "c/, /, c/ c/1, -",
                "b, -, b b/1, -",
                "zzz, /, -, -",
                "-, b, c/ c/1 d&e/1 f, a/b b"
            })
    void prefix_and_delimiter_fold_keys(String prefix, String delimiter, String keys, String prefixes) {
        var page = s3.listObjectsV2(
                list -> list.bucket("lake").prefix(prefix).delimiter(delimiter).encodingType(EncodingType.URL));
        var plain = keys(page).stream().filter(key -> !key.startsWith("e")).toList();
        if (prefix == null && delimiter == null) {
            plain = plain.subList(0, 9);
        } else if ("b".equals(delimiter)) {
            plain = plain.stream().filter(key -> !key.startsWith("a")).toList();
        }
        assertThat(plain).containsExactlyElementsOf(keys == null ? List.of() : List.of(keys.split(" ")));
        assertThat(prefixes(page))
                .containsExactlyElementsOf(prefixes == null ? List.of() : List.of(prefixes.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({"1, ", "2, ", "3, /", "1, /", "5, /", "100, "})
    void pages_of_any_size_add_up_to_the_whole(int size, String delimiter) {
        var found = new ArrayList<String>();
        String token = null;
        do {
            var from = token;
            var page = s3.listObjectsV2(list -> list.bucket("lake")
                    .maxKeys(size)
                    .delimiter(delimiter)
                    .continuationToken(from)
                    .encodingType(EncodingType.URL));
            assertThat(page.keyCount())
                    .isEqualTo(page.contents().size() + page.commonPrefixes().size());
            assertThat(page.keyCount()).isLessThanOrEqualTo(size);
            found.addAll(keys(page));
            found.addAll(prefixes(page));
            token = page.isTruncated() ? page.nextContinuationToken() : null;
            assertThat(page.isTruncated()).isEqualTo(page.nextContinuationToken() != null);
        } while (token != null);
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        delimiter == null ? KEYS : List.of("b", "e f", "f", "a/", "b/", "c/", "d&e/", "e/"));
    }

    @Test
    void start_after_skips_keys_and_fetch_owner_names_the_owner() {
        var page = s3.listObjectsV2(
                list -> list.bucket("lake").startAfter("b/1").prefix("c").fetchOwner(true));
        assertThat(keys(page)).containsExactly("c/", "c/1");
        assertThat(page.contents().getFirst().owner().id()).hasSize(64);
        assertThat(page.startAfter()).isEqualTo("b/1");
        assertThat(keys(s3.listObjectsV2(list -> list.bucket("lake").startAfter("f"))))
                .isEmpty();
    }

    @Test
    void the_first_version_of_the_api_pages_by_marker() {
        var found = new ArrayList<String>();
        var marker = "";
        while (marker != null) {
            var from = marker;
            var page = s3.listObjects(list ->
                    list.bucket("lake").marker(from).maxKeys(2).delimiter("/").encodingType(EncodingType.URL));
            page.contents().forEach(object -> found.add(object.key()));
            page.commonPrefixes().forEach(prefix -> found.add(prefix.prefix()));
            marker = page.isTruncated() ? page.nextMarker() : null;
        }
        assertThat(found).containsExactlyInAnyOrder("b", "e f", "f", "a/", "b/", "c/", "d&e/", "e/");
    }

    @Test
    void asking_for_no_keys_gives_none() {
        var page = s3.listObjectsV2(list -> list.bucket("lake").maxKeys(0));
        assertThat(page.contents()).isEmpty();
        assertThat(page.isTruncated()).isFalse();
    }

    @Test
    void a_thousand_keys_are_a_page() {
        s3.createBucket(create -> create.bucket("large"));
        IntStream.range(0, 1_100)
                .forEach(i -> s3.putObject(put -> put.bucket("large").key("k%05d".formatted(i)), RequestBody.empty()));
        var page = s3.listObjectsV2(list -> list.bucket("large").maxKeys(5_000));
        assertThat(page.keyCount()).isEqualTo(1_000);
        assertThat(page.maxKeys()).isEqualTo(1_000);
        assertThat(s3.listObjectsV2Paginator(list -> list.bucket("large")).contents().stream()
                        .count())
                .isEqualTo(1_100);
    }
}
