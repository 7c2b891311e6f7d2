package dev.baton.lambda.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.lambda.internal.aws.AtOnce;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.Recorder;
import dev.baton.lambda.internal.aws.Recorder.Sent;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.objects.S3Access.Listed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What S3 is asked, and what becomes of its answers, up to the wire.
class S3RequestsTest {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsSessionCredentials.create("AKIA", "secret", "token"));
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1";
    private static final String SHA256_OF_RAIN = "MZtExXCkF/80RIls1Kp38FK2eBdz/C+aofEYCsdFAFw=";
    private static final Map<String, String> FOUND =
            Map.of("ETag", "\"e\"", "Content-Length", "0", "x-amz-version-id", "v");

    /// @param s3 where S3 is asked for a bucket, up to the key
    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(
                        Map.of("AWS_REGION", "eu-central-1"), "https://acme-lake.s3.eu-central-1.amazonaws.com:443/"),
                // The oldest Region's S3 has two names, and only this one is that Region's own.
                Arguments.of(Map.of("AWS_REGION", "us-east-1"), "https://acme-lake.s3.us-east-1.amazonaws.com:443/"),
                Arguments.of(
                        Map.of("AWS_REGION", "cn-north-1"), "https://acme-lake.s3.cn-north-1.amazonaws.com.cn:443/"),
                Arguments.of(
                        Map.of("AWS_REGION", "us-gov-west-1", "AWS_USE_FIPS_ENDPOINT", "true"),
                        "https://acme-lake.s3-fips.us-gov-west-1.amazonaws.com:443/"),
                Arguments.of(
                        Map.of("AWS_REGION", "eu-west-1", "AWS_USE_DUALSTACK_ENDPOINT", "true"),
                        "https://acme-lake.s3.dualstack.eu-west-1.amazonaws.com:443/"),
                Arguments.of(
                        Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", "http://127.0.0.1:4566"),
                        "http://127.0.0.1:4566/acme-lake/"),
                Arguments.of(
                        Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", "https://aws.example:8443/s3"),
                        "https://aws.example:8443/s3/acme-lake/"));
    }

    private static S3Access s3(Map<String, String> variables, Recorder wire) {
        var all = new LinkedHashMap<>(variables);
        all.put("AWS_ACCESS_KEY_ID", "FUNCTION");
        all.put("AWS_SECRET_ACCESS_KEY", "own");
        all.put("BATON_BUCKETS", "{\"lake\":\"acme-lake\"}");
        all.put("BATON_KEYS", "{\"lake\":\"" + KEY + "\"}");
        return new S3Access(new ServiceClients(new FunctionEnvironment(all), () -> wire, AtOnce.INSTANCE), CREDENTIALS);
    }

    @ParameterizedTest
    @MethodSource("places")
    void every_request_goes_where_the_environment_says_and_with_its_own_credentials(
            Map<String, String> variables, String at) {
        var none = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
        var wire = new Recorder()
                .answering(200, FOUND, "")
                .answering(200, FOUND, "")
                .answering(200, FOUND, "")
                .answering(200, Map.of(), none)
                .answering(200, Map.of(), none)
                .answering(204, Map.of(), "");
        var s3 = s3(variables, wire);
        s3.find("acme-lake", "clean/a b+c&d=e?f#g%h.csv");
        s3.read("acme-lake", "ä/€/𝄞.csv", "3/L4kqt+JlcpXro&=");
        s3.write("acme-lake", "//double//", new byte[1], "text/csv", Map.of(), new Precondition.Anything());
        assertThat(s3.keys("acme-lake", "runs/a b/")).isEmpty();
        assertThat(s3.version("acme-lake", "../up/./here")).isNull();
        s3.delete("acme-lake", "k", new Precondition.Unchanged("\"e\""));

        assertThat(wire.sent())
                .extracting(Sent::line)
                .containsExactly(
                        "HEAD " + at + "clean/a%20b%2Bc%26d%3De%3Ff%23g%25h.csv",
                        "GET " + at + "%C3%A4/%E2%82%AC/%F0%9D%84%9E.csv",
                        "PUT " + at + "//double//",
                        "GET " + at.substring(0, at.length() - 1),
                        "GET " + at.substring(0, at.length() - 1),
                        "DELETE " + at + "k");
        assertThat(wire.sent().get(1).query()).containsEntry("versionId", List.of("3/L4kqt+JlcpXro&="));
        assertThat(wire.sent().get(3).query())
                .containsEntry("prefix", List.of("runs/a b/"))
                .containsEntry("list-type", List.of("2"))
                .containsEntry("encoding-type", List.of("url"));
        assertThat(wire.sent().get(4).query())
                .containsEntry("prefix", List.of("../up/./here"))
                .containsEntry("max-keys", List.of("1"))
                .containsKey("versions");
        assertThat(wire.sent().get(5).headers()).containsEntry("if-match", List.of("\"e\""));
        assertThat(wire.signers()).hasSize(6).containsOnly("AKIA");
        assertThat(wire.sent())
                .allSatisfy(sent -> assertThat(sent.headers()).containsEntry("x-amz-security-token", List.of("token")));
    }

    static Stream<Arguments> preconditions() {
        return Stream.of(
                Arguments.of(new Precondition.Absent(), null, "*"),
                Arguments.of(new Precondition.Unchanged("\"abc\""), "\"abc\"", null),
                Arguments.of(new Precondition.Anything(), null, null));
    }

    @ParameterizedTest
    @MethodSource("preconditions")
    void a_write_says_what_must_hold_what_it_is_encrypted_with_and_what_its_content_is(
            Precondition precondition, String ifMatch, String ifNoneMatch) {
        var wire = new Recorder().answering(200, FOUND, "");
        assertThat(s3(wire).write(
                                "acme-lake",
                                "k",
                                "rain".getBytes(StandardCharsets.UTF_8),
                                "text/csv",
                                Map.of("baton-run", "r 1"),
                                precondition))
                .isEqualTo(new WriteResult.Written("v", "\"e\""));
        var sent = wire.sent().getFirst();
        assertThat(sent.body()).isEqualTo("rain");
        assertThat(sent.headers())
                .containsEntry("x-amz-server-side-encryption", List.of("aws:kms"))
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", List.of(KEY))
                .containsEntry("x-amz-checksum-sha256", List.of(SHA256_OF_RAIN))
                .containsEntry("content-type", List.of("text/csv"))
                .containsEntry("content-length", List.of("4"))
                .containsEntry("x-amz-meta-baton-run", List.of("r 1"))
                .containsEntry(
                        "x-amz-meta-baton-sha256",
                        List.of("319b44c570a417ff3444896cd4aa77f052b6781773fc2f9aa1f1180ac745005c"));
        assertThat(sent.headers().get("if-match")).isEqualTo(ifMatch == null ? null : List.of(ifMatch));
        assertThat(sent.headers().get("if-none-match")).isEqualTo(ifNoneMatch == null ? null : List.of(ifNoneMatch));
    }

    @Test
    void pages_follow_one_another_and_keys_are_decoded() {
        var wire = new Recorder().answering(200, Map.of(), """
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType>\
                <NextContinuationToken>1/ab+c==</NextContinuationToken><IsTruncated>true</IsTruncated>\
                <Contents><Key>a%2F1+%26%C3%A4</Key><ETag>&quot;e1&quot;</ETag><Size>1</Size></Contents>\
                </ListBucketResult>""").answering(200, Map.of(), """
                <ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>\
                <Contents><Key>a%2F2</Key><ETag>"e2"</ETag></Contents></ListBucketResult>""");
        assertThat(s3(wire).list("acme-lake", "a/"))
                .containsExactly(new Listed("a/1 &ä", "\"e1\""), new Listed("a/2", "\"e2\""));
        assertThat(wire.sent().get(1).query()).containsEntry("continuation-token", List.of("1/ab+c=="));
    }

    @Test
    void only_the_key_itself_is_there_and_none_that_begins_like_it() {
        var version = "<ListVersionsResult><EncodingType>url</EncodingType><Version><Key>a%2F12</Key><IsLatest>true"
                + "</IsLatest><VersionId>v</VersionId></Version></ListVersionsResult>";
        var key = "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>a%2F12</Key></Contents>"
                + "</ListBucketResult>";
        var s3 = s3(new Recorder()
                .answering(200, Map.of(), version)
                .answering(200, Map.of(), version)
                .answering(200, Map.of(), version.replace("Version>", "DeleteMarker>"))
                .answering(403, Map.of(), "")
                .answering(200, Map.of(), key));
        assertThat(s3.version("acme-lake", "a/12")).isEqualTo("v");
        assertThat(s3.version("acme-lake", "a/1")).isNull();
        assertThat(s3.version("acme-lake", "a/12")).isNull();
        assertThat(s3.find("acme-lake", "a/1")).isNull();
    }

    private static S3Access s3(Recorder wire) {
        return s3(Map.of("AWS_REGION", "eu-central-1"), wire);
    }

    @Test
    void a_refusal_says_what_s3_says() {
        var xml = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>User: a &amp; b is not authorized"
                + "</Message><RequestId>R</RequestId></Error>";
        var headers = Map.of("x-amz-request-id", "R", "x-amz-id-2", "H");

        var refused =
                thrown(() -> s3(new Recorder().answering(403, headers, xml)).open("acme-lake", "k", null));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.requestId()).isEqualTo("R");
        assertThat(refused.extendedRequestId()).isEqualTo("H");
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo("User: a & b is not authorized");
    }

    private static S3Exception thrown(Runnable call) {
        try {
            call.run();
        } catch (S3Exception e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void what_s3_cannot_do_just_now_is_tried_again() {
        var wire = new Recorder()
                .answering(503, Map.of(), "<Error><Code>SlowDown</Code><Message>m</Message></Error>")
                .answering(500, Map.of(), "<Error><Code>InternalError</Code><Message>m</Message></Error>")
                .answering(400, Map.of(), "<Error><Code>RequestTimeout</Code><Message>m</Message></Error>")
                .answering(200, FOUND, "rain");
        assertThat(s3(wire).read("acme-lake", "k", null).bytes()).asString().isEqualTo("rain");
        assertThat(wire.sent()).hasSize(4);
    }

    @Test
    void what_s3_refuses_for_good_is_not_tried_again() {
        var wire = new Recorder()
                .answering(400, Map.of(), "<Error><Code>InvalidRequest</Code><Message>m</Message></Error>");
        assertThatThrownBy(() -> s3(wire).read("acme-lake", "k", null))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("m");
        assertThat(wire.sent()).hasSize(1);
    }

    @Test
    void a_dead_line_is_tried_four_times() {
        var wire = new Recorder();
        assertThatThrownBy(() -> s3(wire).read("acme-lake", "k", null))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("the line is dead");
        assertThat(wire.sent()).hasSize(4);
    }

    @Test
    void an_answer_that_lacks_what_it_always_has_is_asked_for_again() {
        var wire = new Recorder()
                .answering(200, Map.of("Content-Length", "0"), "")
                .answering(200, Map.of("ETag", "\"e\""), "")
                .answering(200, FOUND, "")
                .answering(200, Map.of(), "rain")
                .answering(200, FOUND, "rain")
                .answering(200, Map.of(), "")
                .answering(200, FOUND, "");
        var s3 = s3(wire);
        assertThat(s3.find("acme-lake", "k").version()).isEqualTo("v");
        assertThat(s3.read("acme-lake", "k", null).etag()).isEqualTo("\"e\"");
        s3.write("acme-lake", "k", new byte[1], "text/csv", Map.of(), new Precondition.Anything());
        assertThat(wire.sent()).hasSize(7);
    }

    @Test
    void content_that_is_not_what_was_written_is_asked_for_again() {
        var headers = Map.of("ETag", "\"e\"", "x-amz-checksum-sha256", SHA256_OF_RAIN);
        var wire = new Recorder().answering(200, headers, "rein").answering(200, headers, "rain");
        assertThat(s3(wire).read("acme-lake", "k", null).bytes()).asString().isEqualTo("rain");
    }

    @Test
    void content_that_is_never_what_was_written_is_told_as_that_and_not_as_a_dead_line() {
        var headers = Map.of("ETag", "\"e\"", "x-amz-checksum-sha256", SHA256_OF_RAIN);
        var wire = new Recorder();
        for (var attempt = 0; attempt < 10; attempt++) {
            wire.answering(200, headers, "rein");
        }
        assertThatThrownBy(() -> s3(wire).read("acme-lake", "k", null))
                .isInstanceOf(SdkClientException.class)
                .hasMessageStartingWith("the content could not be read: ")
                .hasMessageContaining("different checksum")
                .hasMessageContaining(SHA256_OF_RAIN);
    }

    @Test
    void a_stream_ends_with_an_error_where_its_content_is_not_what_was_written() {
        var headers = Map.of("ETag", "\"e\"", "x-amz-checksum-crc32", "AAAAAA==");
        var stream = s3(new Recorder().answering(200, headers, "rain")).open("acme-lake", "k", null);
        assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("AAAAAA==");
    }

    @Test
    void a_checksum_of_parts_is_none_of_the_content() throws IOException {
        var headers = Map.of("ETag", "\"e\"", "x-amz-checksum-sha256", SHA256_OF_RAIN + "-2");
        var stream = s3(new Recorder().answering(200, headers, "sun")).open("acme-lake", "k", null);
        assertThat(stream.readAllBytes()).asString().isEqualTo("sun");
    }

    /// A server that refuses a large write at once closes the connection on who still sends it: whoever may be refused
    /// waits for its word first.
    @ParameterizedTest
    @CsvSource({"1, false", "1048576, true", "3145728, true"})
    void who_writes_much_waits_for_leave(int size, boolean waits) {
        var wire = new Recorder().answering(200, FOUND, "");
        s3(wire).write("acme-lake", "k", new byte[size], "text/csv", Map.of(), new Precondition.Absent());
        assertThat(wire.sent().getFirst().headers().containsKey("expect")).isEqualTo(waits);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken, 1",
        "400, RequestTimeout, 2",
        "400, Throttling, 2",
        "400, SlowDown, 2",
        "400, InvalidRequest, 1",
        "403, RequestTimeTooSkewed, 2",
        "403, Throttling, 2",
        "403, AccessDenied, 1",
        "403, InvalidAccessKeyId, 1",
        "301, PermanentRedirect, 1",
        "409, ConditionalRequestConflict, 1",
        "412, PreconditionFailed, 1",
        "429, TooManyRequests, 2",
        "500, InternalError, 2",
        "501, NotImplemented, 1",
        "502, , 2",
        "503, SlowDown, 2",
        "504, , 2"
    })
    void a_refusal_is_tried_again_where_that_may_help(int status, String code, int requests) {
        var refusal = "<Error><Code>" + code + "</Code><Message>m</Message></Error>";
        var now = Map.of(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
        var wire = new Recorder().answering(status, now, refusal).answering(200, FOUND, "");
        attempt(() -> s3(wire).write("acme-lake", "k", new byte[1], "text/csv", Map.of(), new Precondition.Absent()));
        assertThat(wire.sent()).hasSize(requests);
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (S3Exception e) {
            // What becomes of it is others' concern.
        }
    }

    /// An answer to HEAD has no text that could say it, and STS speaks of the signature.
    @ParameterizedTest
    @CsvSource({
        "3, RequestTimeTooSkewed",
        "-3, RequestTimeTooSkewed",
        "3, SignatureDoesNotMatch",
        "-3, AccessDenied",
        "3, "
    })
    void a_clock_that_is_wrong_is_set_by_s3s(int hours, String code) {
        var server = Instant.now().plus(Duration.ofHours(hours)).truncatedTo(ChronoUnit.SECONDS);
        var date = Map.of("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(server.atOffset(ZoneOffset.UTC)));
        var wire = new Recorder()
                .answering(403, date, code == null ? "" : "<Error><Code>" + code + "</Code></Error>")
                .answering(200, FOUND, "rain")
                .answering(200, FOUND, "rain");
        var s3 = s3(wire);
        assertThat(s3.read("acme-lake", "k", null).bytes()).asString().isEqualTo("rain");
        s3.read("acme-lake", "k", null);
        var signed = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX");
        assertThat(wire.dates().subList(1, 3))
                .allSatisfy(
                        each -> assertThat(OffsetDateTime.parse(each, signed).toInstant())
                                .isBetween(server.minusSeconds(2), server.plusSeconds(60)));
    }

    @Test
    void an_object_without_a_key_is_nobodys_not_the_bucket() {
        var wire = new Recorder()
                .answering(200, FOUND, "")
                .answering(200, FOUND, "")
                .answering(200, FOUND, "");
        var s3 = s3(wire);
        assertThatThrownBy(() -> s3.find("acme-lake", "")).isInstanceOf(SdkClientException.class);
        assertThatThrownBy(() -> s3.open("acme-lake", "", null)).isInstanceOf(SdkClientException.class);
        assertThatThrownBy(
                        () -> s3.write("acme-lake", "", new byte[1], "text/csv", Map.of(), new Precondition.Anything()))
                .isInstanceOf(SdkClientException.class);
        assertThat(wire.sent()).isEmpty();
    }

    @Test
    void who_has_read_all_there_is_need_not_ask_for_more() throws IOException {
        var headers = Map.of("ETag", "\"e\"", "Content-Length", "4", "x-amz-checksum-sha256", SHA256_OF_RAIN);
        var wire = new Recorder()
                .answering(200, headers, "rain")
                .answering(200, headers, "rein")
                .answering(200, headers, "rain");
        var s3 = s3(wire);
        try (var whole = s3.open("acme-lake", "k", null)) {
            assertThat(whole.readNBytes(4)).asString().isEqualTo("rain");
        }
        assertThat(wire.aborted()).isZero();
        try (var wrong = s3.open("acme-lake", "k", null)) {
            assertThatThrownBy(() -> wrong.readNBytes(4)).isInstanceOf(IOException.class);
        }
        assertThat(wire.aborted()).isZero();
        try (var begun = s3.open("acme-lake", "k", null)) {
            assertThat(begun.read()).isEqualTo('r');
        }
        assertThat(wire.aborted()).isOne();
    }

    /// The spooled files that this process holds open.
    private static long openFiles() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).toString().contains(".spool");
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest
    @ValueSource(strings = {"https://aws.example", "http://aws.example"})
    void what_was_opened_to_be_sent_is_closed(String endpoint) throws IOException {
        var wire = new Recorder().answering(503, Map.of(), "").answering(200, FOUND, "");
        var spool = new Spool(1);
        spool.write("rain".getBytes(StandardCharsets.UTF_8));
        var content = spool.finish();
        s3(Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", endpoint), wire)
                .write("acme-lake", "k", content, "text/csv", Map.of(), new Precondition.Anything());
        assertThat(wire.sent()).hasSize(2);
        assertThat(openFiles()).isZero();
        content.discard();
    }
}
