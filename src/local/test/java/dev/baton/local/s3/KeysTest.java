package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Keys that people and attackers come up with, under a folder, where a key that became a path would be seen.
class KeysTest {
    @TempDir
    static Path folder;

    static EmbeddedAws aws;
    static Clients clients;
    static S3Client s3;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.builder().folder(folder.resolve("data")).start();
        clients = new Clients(aws);
        s3 = clients.s3();
        s3.createBucket(create -> create.bucket("lake"));
        s3.createBucket(create -> create.bucket("other"));
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    static Stream<String> keys() {
        return Stream.of(
                "../escape",
                "../../../../../../etc/passwd",
                "../other/x",
                "..",
                ".",
                "./here",
                "a/../b",
                "a/./b",
                "a//b",
                "/leading",
                "//two",
                "trailing/",
                " blank ",
                "a+b",
                "a b",
                "a%2eb",
                "%2e%2e/x",
                "%",
                "%zz",
                "%00",
                "a\nb",
                "a\r\nSet-Cookie: x=y",
                "a\tb",
                "caf\u00e9",
                "cafe\u0301",
                "\u202egnp.exe",
                "\u0001",
                "\u007f",
                "nul\u0000inside",
                "emoji \ud83d\ude00",
                "\uffff\ue000",
                "a?versionId=x",
                "a#fragment",
                "a&b=c;d",
                "<script>&amp;\"'",
                "back\\slash\\..\\x",
                "C:\\Windows",
                "~root",
                "${jndi:ldap://x}",
                "*",
                "?",
                "$",
                "con",
                "x".repeat(1024),
                "\u00fc".repeat(512),
                "a/".repeat(512));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void every_key_is_a_key_and_nothing_else(String key) {
        var content = "content of " + key.hashCode();
        s3.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(content));
        assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key(key)).asUtf8String())
                .isEqualTo(content);
        assertThat(s3.headObject(head -> head.bucket("lake").key(key)).contentLength())
                .isEqualTo(content.getBytes(StandardCharsets.UTF_8).length);
        assertThat(listed()).contains(key);
        s3.copyObject(copy -> copy.sourceBucket("lake")
                .sourceKey(key)
                .destinationBucket("other")
                .destinationKey(key));
        assertThat(s3.getObjectAsBytes(get -> get.bucket("other").key(key)).asUtf8String())
                .isEqualTo(content);
        s3.deleteObject(delete -> delete.bucket("other").key(key));
        s3.deleteObject(delete -> delete.bucket("lake").key(key));
        assertThatThrownBy(() -> s3.headObject(head -> head.bucket("lake").key(key)))
                .isInstanceOf(NoSuchKeyException.class);
    }

    private static List<String> listed() {
        return s3.listObjectsV2(list -> list.bucket("lake").encodingType(EncodingType.URL)).contents().stream()
                .map(object -> object.key())
                .toList();
    }

    @Test
    void keys_that_only_look_equal_are_different() {
        var alike = List.of("caf\u00e9", "cafe\u0301", "Caf\u00e9", "caf%C3%A9", "a/b", "a//b", "a/./b", "a%2Fb");
        for (var key : alike) {
            s3.putObject(put -> put.bucket("lake").key("alike/" + key), RequestBody.fromString(key));
        }
        for (var key : alike) {
            assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key("alike/" + key))
                            .asUtf8String())
                    .isEqualTo(key);
        }
    }

    @Test
    void a_key_of_more_than1024_bytes_is_too_long() {
        for (var key : List.of("x".repeat(1025), "\u00fc".repeat(513), "\ud83d\ude00".repeat(257))) {
            assertThatThrownBy(() -> s3.putObject(put -> put.bucket("lake").key(key), RequestBody.empty()))
                    .isInstanceOfSatisfying(S3Exception.class, e -> {
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("KeyTooLongError");
                        assertThat(e.statusCode()).isEqualTo(400);
                    });
        }
    }

    @Test
    void keys_are_listed_in_the_order_of_their_bytes() {
        s3.createBucket(create -> create.bucket("sorted"));
        var keys = List.of("a", "B", "ab", "a/", "\ue000", "\uffff", "\ud83d\ude00", "\u00e9", "~", "0");
        for (var key : keys) {
            s3.putObject(put -> put.bucket("sorted").key(key), RequestBody.empty());
        }
        var expected = new ArrayList<>(keys);
        expected.sort(
                Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), java.util.Arrays::compareUnsigned));
        assertThat(s3.listObjectsV2(list -> list.bucket("sorted").encodingType(EncodingType.URL))
                        .contents())
                .extracting(object -> object.key())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void no_key_becomes_a_path() throws IOException {
        for (var key : keys().toList()) {
            s3.putObject(
                    put -> put.bucket("lake").key("p/" + key.substring(0, Math.min(500, key.length()))),
                    RequestBody.fromString("x"));
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString()))
                    .allMatch(file -> file.matches(
                            "data/(iam/identities|schedules)\\.json|data/(executions|events|sns)/journal|data/s3/(journal|lock|blobs/[0-9a-f]{2}/[0-9a-f]{32})"));
        }
    }
}
