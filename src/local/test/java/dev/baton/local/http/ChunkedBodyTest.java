package dev.baton.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/// Bodies in `aws-chunked`: made by the SDK, and spoilt by hand.
class ChunkedBodyTest {
    static EmbeddedAws aws;
    static Clients clients;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.start();
        clients = new Clients(aws);
        clients.s3().createBucket(create -> create.bucket("lake"));
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    private static Signing s3() {
        return new Signing(aws.endpoint(), aws.administrator(), "s3");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 131_072, 131_073, 1_000_000})
    void the_sdks_signed_chunks_of_any_size_are_taken(int size) {
        var content = "x".repeat(size);
        var s3 = clients.s3();
        s3.putObject(put -> put.bucket("lake").key("sized"), RequestBody.fromString(content));
        assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key("sized")).asUtf8String())
                .isEqualTo(content);
    }

    private static RawHttp.Answer unsigned(String body, int decodedLength, String trailer) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        headers.put("x-amz-decoded-content-length", Integer.toString(decodedLength));
        headers.put("Content-Encoding", "aws-chunked");
        if (trailer != null) {
            headers.put("x-amz-trailer", trailer);
        }
        var request = s3().withPayloadHash("STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                .sign("PUT", "/lake/chunked", headers, body.getBytes(StandardCharsets.UTF_8));
        request.headers.put("Content-Length", Integer.toString(request.body.length));
        return s3().send(request);
    }

    private static String crc32(String content) {
        var crc = new CRC32();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(4)
                        .putInt((int) crc.getValue())
                        .array());
    }

    private static String stored() throws IOException {
        return s3().send("GET", "/lake/chunked", Map.of(), "").text();
    }

    @Test
    void unsigned_chunks_with_a_trailing_checksum_are_taken() throws IOException {
        var answer = unsigned(
                "5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:" + crc32("hello world") + "\r\n\r\n",
                11,
                "x-amz-checksum-crc32");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(stored()).isEqualTo("hello world");
        assertThat(s3().send("HEAD", "/lake/chunked", Map.of(), "").headers()).doesNotContainKey("content-encoding");
    }

    @Test
    void what_does_not_fit_is_refused_and_not_stored() throws IOException {
        s3().send("PUT", "/lake/chunked", Map.of(), "before");
        var sum = "x-amz-checksum-crc32";
        assertThat(unsigned("5\r\nhello\r\n0\r\n" + sum + ":" + crc32("hellp") + "\r\n\r\n", 5, sum)
                        .code())
                .isEqualTo("BadDigest");
        assertThat(unsigned("5\r\nhello\r\n0\r\n\r\n", 5, sum).code()).isEqualTo("MalformedTrailerError");
        assertThat(unsigned("5\r\nhello\r\n0\r\n\r\n", 6, null).code()).isEqualTo("IncompleteBody");
        assertThat(unsigned("5\r\nhello\r\n0\r\n\r\n", 4, null).code()).isEqualTo("IncompleteBody");
        assertThat(unsigned("5\r\nhello", 5, null).code()).isIn("IncompleteBody", "InvalidChunkSizeError");
        assertThat(unsigned("5\r\nhelloo\r\n0\r\n\r\n", 5, null).code()).isEqualTo("InvalidChunkSizeError");
        assertThat(unsigned("zz\r\nhello\r\n0\r\n\r\n", 5, null).code()).isEqualTo("InvalidChunkSizeError");
        assertThat(unsigned("5\r\nhello\r\n0\r\n\r\nmore", 5, null).code()).isEqualTo("InvalidChunkSizeError");
        assertThat(unsigned("", 5, null).code()).isEqualTo("IncompleteBody");
        assertThat(unsigned("5\r\nhello\r\n0\r\n\r\n", 5, "x-amz-checksum-crc1").code())
                .isEqualTo("InvalidRequest");
        assertThat(stored()).isEqualTo("before");
    }

    @Test
    void a_chunk_changed_on_its_way_is_refused() throws IOException {
        s3().send("PUT", "/lake/chunked", Map.of(), "before");
        try (var proxy = new SpoilingProxy(aws.endpoint(), "precious", "spoilt!!")) {
            try (var through = new Clients(proxy.endpoint(), aws.administrator())) {
                var thrown = org.assertj.core.api.Assertions.catchThrowableOfType(
                        software.amazon.awssdk.services.s3.model.S3Exception.class,
                        () -> through.s3()
                                .putObject(
                                        put -> put.bucket("lake").key("chunked"),
                                        RequestBody.fromString("something precious")));
                assertThat(thrown.awsErrorDetails().errorCode())
                        .isIn("SignatureDoesNotMatch", "XAmzContentSHA256Mismatch");
            }
            assertThat(proxy.spoilt()).isTrue();
        }
        assertThat(stored()).isEqualTo("before");
    }
}
