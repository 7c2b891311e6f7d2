package dev.baton.lambda.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What is sent to S3 without the SDK's client of S3, beside what that client sends.
class ObjectCallsTest {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsSessionCredentials.create("AKIA", "secret", "token"));
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1";
    private static final String SHA256_OF_RAIN = "MZtExXCkF/80RIls1Kp38FK2eBdz/C+aofEYCsdFAFw=";
    private static final Map<String, String> FOUND =
            Map.of("ETag", "\"e\"", "Content-Length", "0", "x-amz-version-id", "v");

    private static final String REGIONAL = "aws.s3UseUsEast1RegionalEndpoint";

    /// The oldest Region's S3 has two names, and only one of them is that Region's own.
    @BeforeAll
    static void every_region_has_its_own_s3() {
        System.setProperty(REGIONAL, "regional");
    }

    @AfterAll
    static void the_oldest_region_is_the_worlds_again() {
        System.clearProperty(REGIONAL);
    }

    /// Where S3 is.
    record Place(String name, Map<String, String> variables, List<String> buckets) {
        @Override
        public String toString() {
            return name;
        }

        FunctionEnvironment environment() {
            var all = new LinkedHashMap<>(variables);
            all.put("BATON_BUCKETS", "{\"lake\":\"acme-lake\"}");
            all.put("BATON_KEYS", "{\"lake\":\"" + KEY + "\"}");
            return new FunctionEnvironment(all);
        }
    }

    static Stream<Place> places() {
        var buckets = List.of("acme-lake", "acme.dotted.lake", "0-acme");
        return Stream.of(
                new Place("a Region", Map.of("AWS_REGION", "eu-central-1"), buckets),
                new Place("the oldest Region", Map.of("AWS_REGION", "us-east-1"), buckets),
                new Place("China", Map.of("AWS_REGION", "cn-north-1"), buckets),
                new Place("GovCloud", Map.of("AWS_REGION", "us-gov-west-1"), buckets),
                new Place(
                        "FIPS",
                        Map.of("AWS_REGION", "us-east-1", "AWS_USE_FIPS_ENDPOINT", "true"),
                        List.of("acme-lake")),
                new Place(
                        "dual stack",
                        Map.of("AWS_REGION", "eu-west-1", "AWS_USE_DUALSTACK_ENDPOINT", "true"),
                        List.of("acme-lake")),
                new Place(
                        "an endpoint",
                        Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", "http://127.0.0.1:4566"),
                        buckets),
                new Place(
                        "an endpoint with TLS and a path",
                        Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", "https://aws.example:8443/s3"),
                        buckets));
    }

    private static final List<String> KEYS = List.of(
            "clean/new-york/2012.csv",
            "a b+c&d=e?f#g%h.csv",
            "ä/€/𝄞.csv",
            "//double//slashes/",
            "../up/./here",
            "(1)!*'~;:@,$[]{}|\\^`<>\"",
            " leading and trailing ",
            "%2F%25already",
            "/");

    /// The same said by both, for every bucket and key.
    private static void same(
            Place place,
            Map<String, String> answer,
            BiConsumer<S3Client, String[]> client,
            BiConsumer<S3Access, String[]> calls) {
        same(place, answer, "", client, calls);
    }

    private static void same(
            Place place,
            Map<String, String> answer,
            String body,
            BiConsumer<S3Client, String[]> client,
            BiConsumer<S3Access, String[]> calls) {
        var theirs = new Recorder();
        var ours = new Recorder();
        var s3Client = new ServiceClients(place.environment(), () -> theirs).s3();
        var s3 = new S3Access(new ServiceClients(place.environment(), () -> ours), CREDENTIALS);
        for (var bucket : place.buckets()) {
            for (var key : KEYS) {
                theirs.answering(200, answer, body);
                ours.answering(200, answer, body);
                var where = new String[] {bucket, key};
                client.accept(s3Client, where);
                calls.accept(s3, where);
                assertThat(ours.sent()).hasSameSizeAs(theirs.sent());
                assertThat(ours.sent().getLast().like(theirs.sent().getLast()))
                        .isEqualTo(theirs.sent().getLast());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void looking_for_an_object_is_the_same_on_the_wire(Place place) {
        same(
                place,
                FOUND,
                (client, where) -> client.headObject(request -> request.bucket(where[0])
                        .key(where[1])
                        .checksumMode(ChecksumMode.ENABLED)
                        .overrideConfiguration(with -> with.credentialsProvider(CREDENTIALS))),
                (s3, where) -> s3.find(where[0], where[1]));
    }

    @ParameterizedTest
    @MethodSource("places")
    void listing_is_the_same_on_the_wire(Place place) {
        same(
                place,
                Map.of("Content-Type", "application/xml"),
                "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>",
                (client, where) -> client.listObjectsV2(request -> request.bucket(where[0])
                        .prefix(where[1])
                        .encodingType(EncodingType.URL)
                        .overrideConfiguration(with -> with.credentialsProvider(CREDENTIALS))),
                (s3, where) -> s3.list(where[0], where[1]).toList());
    }

    @ParameterizedTest
    @MethodSource("places")
    void asking_for_the_current_version_is_the_same_on_the_wire(Place place) {
        same(
                place,
                Map.of("Content-Type", "application/xml"),
                "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>",
                (client, where) -> client.listObjectVersions(request -> request.bucket(where[0])
                        .prefix(where[1])
                        .maxKeys(1)
                        .encodingType(EncodingType.URL)
                        .overrideConfiguration(with -> with.credentialsProvider(CREDENTIALS))),
                (s3, where) -> s3.version(where[0], where[1]));
    }

    @ParameterizedTest
    @MethodSource("places")
    void reading_a_version_is_the_same_on_the_wire(Place place) {
        same(
                place,
                FOUND,
                (client, where) -> client.getObjectAsBytes(request -> request.bucket(where[0])
                        .key(where[1])
                        .versionId("3/L4kqt+JlcpXro&=")
                        .checksumMode(ChecksumMode.ENABLED)
                        .overrideConfiguration(with -> with.credentialsProvider(CREDENTIALS))),
                (s3, where) -> s3.read(where[0], where[1], "3/L4kqt+JlcpXro&="));
    }

    @ParameterizedTest
    @MethodSource("places")
    void writing_is_the_same_on_the_wire(Place place) {
        var metadata = Map.of("baton-fingerprint", "f", "baton-run", "r 1");
        var all = new LinkedHashMap<>(metadata);
        all.put("baton-sha256", "319b44c570a417ff3444896cd4aa77f052b6781773fc2f9aa1f1180ac745005c");
        for (var precondition : List.of(
                new Precondition.Absent(), new Precondition.Unchanged("\"abc\""), new Precondition.Anything())) {
            same(
                    place,
                    FOUND,
                    (client, where) -> client.putObject(
                            request -> {
                                request.bucket(where[0])
                                        .key(where[1])
                                        .contentType("text/csv")
                                        .checksumSHA256(SHA256_OF_RAIN)
                                        .metadata(all)
                                        .overrideConfiguration(with -> with.credentialsProvider(CREDENTIALS));
                                switch (precondition) {
                                    case Precondition.Absent absent -> request.ifNoneMatch("*");
                                    case Precondition.Unchanged unchanged -> request.ifMatch(unchanged.etag());
                                    case Precondition.Anything anything -> {}
                                }
                            },
                            RequestBody.fromString("rain")),
                    (s3, where) -> s3.write(
                            where[0],
                            where[1],
                            "rain".getBytes(StandardCharsets.UTF_8),
                            "text/csv",
                            metadata,
                            precondition));
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void asking_for_the_first_key_is_the_same_on_the_wire(Place place) {
        var theirs = new Recorder();
        var ours = new Recorder();
        var client = new ServiceClients(place.environment(), () -> theirs).s3();
        var s3 = new S3Access(new ServiceClients(place.environment(), () -> ours), CREDENTIALS);
        for (var bucket : place.buckets()) {
            for (var key : KEYS) {
                theirs.answering(200, Map.of(), "<ListBucketResult/>");
                ours.answering(403, Map.of(), "").answering(200, Map.of(), "<ListBucketResult/>");
                client.listObjectsV2(request -> request.bucket(bucket)
                        .prefix(key)
                        .maxKeys(1)
                        .encodingType(EncodingType.URL)
                        .overrideConfiguration(with -> with.credentialsProvider(CREDENTIALS)));
                s3.find(bucket, key);
                assertThat(ours.sent().getLast().like(theirs.sent().getLast()))
                        .isEqualTo(theirs.sent().getLast());
            }
        }
    }

    private static S3Access s3(Recorder wire) {
        return new S3Access(
                new ServiceClients(places().findFirst().orElseThrow().environment(), () -> wire), CREDENTIALS);
    }

    @Test
    void a_refusal_is_the_exception_that_the_sdk_throws() {
        var xml = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>User: a &amp; b is not authorized"
                + "</Message><RequestId>R</RequestId></Error>";
        var headers = Map.of("x-amz-request-id", "R", "x-amz-id-2", "H");
        Consumer<Recorder> theirs =
                wire -> new ServiceClients(places().findFirst().orElseThrow().environment(), () -> wire)
                        .s3()
                        .getObjectAsBytes(request -> request.bucket("acme-lake").key("k"));

        var expected = thrown(() -> theirs.accept(new Recorder().answering(403, headers, xml)));
        var refused =
                thrown(() -> s3(new Recorder().answering(403, headers, xml)).open("acme-lake", "k", null));

        assertThat(expected.getMessage()).isEqualTo(refused.getMessage() + " (SDK Attempt Count: 1)");
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
    void a_dead_line_is_tried_as_often_as_the_sdk_does() {
        var wire = new Recorder();
        assertThatThrownBy(() -> s3(wire).read("acme-lake", "k", null))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("S3 could not be reached: the line is dead");
        var theirs = new Recorder();
        assertThatThrownBy(() -> new ServiceClients(
                                places().findFirst().orElseThrow().environment(), () -> theirs)
                        .s3()
                        .getObjectAsBytes(request -> request.bucket("acme-lake").key("k")))
                .isInstanceOf(SdkClientException.class);
        assertThat(wire.sent()).hasSameSizeAs(theirs.sent());
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
                .hasMessageStartingWith("S3 answers unsoundly: the content has the checksum ")
                .hasMessageContaining("instead of " + SHA256_OF_RAIN);
    }

    @Test
    void a_stream_ends_with_an_error_where_its_content_is_not_what_was_written() {
        var headers = Map.of("ETag", "\"e\"", "x-amz-checksum-crc32", "AAAAAA==");
        var stream = s3(new Recorder().answering(200, headers, "rain")).open("acme-lake", "k", null);
        assertThatThrownBy(stream::readAllBytes)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("instead of AAAAAA==");
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
    @ValueSource(ints = {0, 1, (1 << 20) - 1, 1 << 20, 3 << 20})
    void who_writes_much_waits_for_leave_as_the_sdk_does(int size) {
        var content = new byte[size];
        var theirs = new Recorder().answering(200, FOUND, "");
        var ours = new Recorder().answering(200, FOUND, "");
        new ServiceClients(places().findFirst().orElseThrow().environment(), () -> theirs)
                .s3()
                .putObject(
                        request -> request.bucket("acme-lake")
                                .key("k")
                                .checksumSHA256(SHA256_OF_RAIN)
                                .overrideConfiguration(with -> with.credentialsProvider(CREDENTIALS)),
                        RequestBody.fromBytes(content));
        s3(ours).write("acme-lake", "k", content, "text/csv", Map.of(), new Precondition.Absent());
        assertThat(ours.sent().getFirst().headers().get("expect"))
                .isEqualTo(theirs.sent().getFirst().headers().get("expect"));
    }

    /// Both sides' requests until there is an answer.
    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken",
        "400, RequestTimeout",
        "400, Throttling",
        "400, SlowDown",
        "400, InvalidRequest",
        "403, RequestTimeTooSkewed",
        "403, RequestExpired",
        "403, Throttling",
        "403, RequestLimitExceeded",
        "403, AccessDenied",
        "403, SignatureDoesNotMatch",
        "403, InvalidAccessKeyId",
        "301, PermanentRedirect",
        "307, TemporaryRedirect",
        "408, RequestTimeout",
        "409, ConditionalRequestConflict",
        "412, PreconditionFailed",
        "429, TooManyRequests",
        "500, InternalError",
        "501, NotImplemented",
        "502, ",
        "503, SlowDown",
        "504, "
    })
    void a_refusal_is_tried_again_where_the_sdk_does(int status, String code) {
        var refusal = "<Error><Code>" + code + "</Code><Message>m</Message></Error>";
        var now = Map.of(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
        var theirs = new Recorder().answering(status, now, refusal).answering(200, FOUND, "");
        var ours = new Recorder().answering(status, now, refusal).answering(200, FOUND, "");
        attempt(() -> new ServiceClients(places().findFirst().orElseThrow().environment(), () -> theirs)
                .s3()
                .putObject(
                        request -> request.bucket("acme-lake")
                                .key("k")
                                .overrideConfiguration(with -> with.credentialsProvider(CREDENTIALS)),
                        RequestBody.fromString("rain")));
        attempt(() -> s3(ours).write("acme-lake", "k", new byte[1], "text/csv", Map.of(), new Precondition.Absent()));
        assertThat(ours.sent()).hasSameSizeAs(theirs.sent());
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

    @ParameterizedTest
    @ValueSource(strings = {"https://aws.example", "http://aws.example"})
    void what_was_opened_to_be_sent_is_closed(String endpoint) {
        var open = new AtomicInteger();
        var wire = new Recorder().answering(503, Map.of(), "").answering(200, FOUND, "");
        var environment = new FunctionEnvironment(Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", endpoint));
        ContentStreamProvider content = () -> {
            open.incrementAndGet();
            return new ByteArrayInputStream(new byte[1]) {
                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        };
        new ServiceClients(environment, () -> wire)
                .objects()
                .send(ObjectCall.put("acme-lake", "k", Map.of(), content, 1), CREDENTIALS, ServiceAnswer::status);
        assertThat(wire.sent()).hasSize(2);
        assertThat(open).hasValue(0);
    }
}
