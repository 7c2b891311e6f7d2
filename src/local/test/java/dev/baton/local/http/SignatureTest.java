package dev.baton.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.iam.policy.RequestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who gets in, and what is said to those who do not.
class SignatureTest {
    static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
    static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    static final String IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";

    EmbeddedAws aws;

    /// The time, which tests move.
    Instant now = NOW;

    @BeforeEach
    void start() throws IOException {
        aws = EmbeddedAws.builder().clock(new Moving()).start();
        assertThat(s3().send("PUT", "/lake", Map.of(), "").status()).isEqualTo(200);
        assertThat(s3().send("PUT", "/lake/k", Map.of(), "content").status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private final class Moving extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Signing s3() {
        return new Signing(aws.endpoint(), aws.administrator(), "s3").at(now);
    }

    private Signing sts() {
        return new Signing(aws.endpoint(), aws.administrator(), "sts").at(now);
    }

    private static void refused(RawHttp.Answer answer, int status, String code) {
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void a_right_signature_is_let_in() throws IOException {
        var answer = s3().send("GET", "/lake/k", Map.of(), "");
        assertThat(answer.text()).isEqualTo("content");
        assertThat(answer.headers()).containsKeys("x-amz-request-id", "x-amz-id-2", "date");
        var identity = sts().send("POST", "/", FORM, IDENTITY);
        assertThat(identity.text()).contains("user/admin");
        assertThat(identity.headers()).containsKey("x-amzn-requestid");
    }

    @Test
    void no_signature_is_refused() throws IOException {
        var s3 = s3().sign("GET", "/lake/k", Map.of(), new byte[0]);
        s3.headers.remove("Authorization");
        refused(s3().send(s3), 403, "AccessDenied");
        var sts = sts().sign("POST", "/", FORM, IDENTITY.getBytes(StandardCharsets.UTF_8));
        sts.headers.remove("Authorization");
        refused(sts().send(sts), 403, "MissingAuthenticationToken");
    }

    @ParameterizedTest
    @CsvSource({
        "Signature=, Signature=0, SignatureDoesNotMatch",
        "us-east-1, eu-west-1, AuthorizationHeaderMalformed",
        "/aws4_request, /aws5_request, AuthorizationHeaderMalformed",
        "AWS4-HMAC-SHA256, AWS4-HMAC-SHA512, AuthorizationHeaderMalformed",
        "'SignedHeaders=host;', SignedHeaders=, AuthorizationHeaderMalformed",
        "20261122, 20261121, AuthorizationHeaderMalformed",
        "Credential=A, Credential=B, InvalidAccessKeyId"
    })
    void a_changed_authorization_is_refused(String part, String other, String code) throws IOException {
        var request = s3().sign("GET", "/lake/k", Map.of(), new byte[0]);
        request.headers.computeIfPresent(
                "Authorization", (name, value) -> value.replaceFirst(Pattern.quote(part), other));
        var answer = s3().send(request);
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    }

    @Test
    void a_changed_request_is_refused() throws IOException {
        var path = s3().sign("GET", "/lake/k", Map.of(), new byte[0]);
        path.target = "/lake/other";
        refused(s3().send(path), 403, "SignatureDoesNotMatch");
        var query = s3().sign("GET", "/lake?list-type=2&prefix=a", Map.of(), new byte[0]);
        query.target = query.target.replace("prefix=a", "prefix=b");
        refused(s3().send(query), 403, "SignatureDoesNotMatch");
        var method = s3().sign("GET", "/lake/k", Map.of(), new byte[0]);
        method.method = "DELETE";
        refused(s3().send(method), 403, "SignatureDoesNotMatch");
        var header = s3().sign("PUT", "/lake/k", Map.of("x-amz-meta-a", "1"), new byte[0]);
        header.headers.put("x-amz-meta-a", "2");
        refused(s3().send(header), 403, "SignatureDoesNotMatch");
        var body = s3().sign("PUT", "/lake/k", Map.of(), "signed".getBytes(StandardCharsets.UTF_8));
        body.body = "forged".getBytes(StandardCharsets.UTF_8);
        refused(s3().send(body), 400, "XAmzContentSHA256Mismatch");
        var form = sts().sign("POST", "/", FORM, IDENTITY.getBytes(StandardCharsets.UTF_8));
        form.body = IDENTITY.replace("Identity", "identity").getBytes(StandardCharsets.UTF_8);
        refused(sts().send(form), 403, "SignatureDoesNotMatch");
        assertThat(s3().send("GET", "/lake/k", Map.of(), "").text()).isEqualTo("content");
    }

    @Test
    void a_header_added_by_others_is_refused() throws IOException {
        var request = s3().sign("PUT", "/lake/k", Map.of(), new byte[0]);
        request.headers.put("x-amz-copy-source", "/lake/secret");
        refused(s3().send(request), 403, "AccessDenied");
    }

    @Test
    void a_request_for_one_service_is_none_for_another() throws IOException {
        var request = s3().sign("GET", "/", Map.of(), new byte[0]);
        request.headers.computeIfPresent("Authorization", (name, value) -> value.replace("/s3/", "/iam/"));
        assertThat(s3().send(request).status()).isIn(400, 403);
        var unknown = new Signing(aws.endpoint(), aws.administrator(), "glue").at(now);
        assertThat(unknown.send("POST", "/", Map.of(), "{}").text())
                .contains("no service glue; it has kms, ");
    }

    @ParameterizedTest
    @CsvSource({"PT14M", "-PT14M", "PT0S"})
    void a_clock_that_is_a_little_wrong_is_forgiven(Duration skew) throws IOException {
        assertThat(s3().at(now.plus(skew)).send("GET", "/lake/k", Map.of(), "").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"PT16M", "-PT16M"})
    void a_clock_that_is_wrong_is_not(Duration skew) throws IOException {
        var answer = s3().at(now.plus(skew)).send("GET", "/lake/k", Map.of(), "");
        refused(answer, 403, "RequestTimeTooSkewed");
        assertThat(answer.headers()).containsEntry("date", "Sun, 22 Nov 2026 05:00:00 GMT");
        refused(sts().at(now.plus(skew)).send("POST", "/", FORM, IDENTITY), 403, "SignatureDoesNotMatch");
    }

    @Test
    void a_captured_request_is_worth_nothing_later() throws IOException {
        var request = s3().sign("GET", "/lake/k", Map.of(), new byte[0]);
        assertThat(s3().send(request).status()).isEqualTo(200);
        now = NOW.plus(Duration.ofMinutes(16));
        refused(s3().send(request), 403, "RequestTimeTooSkewed");
    }

    @Test
    void a_presigned_url_is_good_until_it_expires() throws IOException {
        var request = s3().presigned(Duration.ofMinutes(5)).sign("GET", "/lake/k", Map.of(), new byte[0]);
        assertThat(s3().send(request).text()).isEqualTo("content");
        now = NOW.plus(Duration.ofMinutes(5));
        assertThat(s3().send(request).status()).isEqualTo(200);
        now = NOW.plus(Duration.ofMinutes(5)).plusSeconds(1);
        var late = s3().send(request);
        refused(late, 403, "AccessDenied");
        assertThat(late.text()).contains("Request has expired");
    }

    @Test
    void a_presigned_url_is_good_for_what_it_says_only() throws IOException {
        var other = s3().presigned(Duration.ofMinutes(5)).sign("GET", "/lake/k", Map.of(), new byte[0]);
        other.target = other.target.replace("/lake/k", "/lake/other");
        refused(s3().send(other), 403, "SignatureDoesNotMatch");
        var longer = s3().presigned(Duration.ofMinutes(5)).sign("GET", "/lake/k", Map.of(), new byte[0]);
        longer.target = longer.target.replace("X-Amz-Expires=300", "X-Amz-Expires=600");
        refused(s3().send(longer), 403, "SignatureDoesNotMatch");
        var tooLong = s3().presigned(Duration.ofMinutes(5)).sign("GET", "/lake/k", Map.of(), new byte[0]);
        tooLong.target = tooLong.target.replace("X-Amz-Expires=300", "X-Amz-Expires=604801");
        refused(s3().send(tooLong), 400, "AuthorizationQueryParametersError");
        var put = s3().presigned(Duration.ofMinutes(5)).sign("PUT", "/lake/up", Map.of(), new byte[0]);
        put.body = "anything".getBytes(StandardCharsets.UTF_8);
        assertThat(s3().send(put).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Expires=300, X-Amz-Expires=0, AuthorizationQueryParametersError",
        "X-Amz-Expires=300, x=, AuthorizationQueryParametersError",
        "aws4_request, aws5_request, AuthorizationQueryParametersError",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256, X-Amz-Algorithm=AWS4-HMAC-SHA1, AuthorizationQueryParametersError",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256, X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256, InvalidRequest",
        "X-Amz-Date=20261122, X-Amz-Date=20261121, AuthorizationQueryParametersError",
        "X-Amz-Date=20261122T, X-Amz-Date=20261122-, AuthorizationQueryParametersError",
    })
    void a_presigned_url_that_is_malformed_is_told_so(String part, String other, String code) throws IOException {
        var url = s3().presigned(Duration.ofMinutes(5)).sign("GET", "/lake/k", Map.of(), new byte[0]);
        assertThat(url.target).contains(part);
        url.target = url.target.replace(part, other);
        refused(s3().send(url), 400, code);
    }

    @Test
    void the_time_may_stand_in_a_date_header() throws IOException {
        var hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        var signing = s3().withPayloadHash(hash).dated();
        assertThat(signing.send("GET", "/lake/k", Map.of(), "").text()).isEqualTo("content");
        var later = signing.sign("GET", "/lake/k", Map.of(), new byte[0]);
        later.headers.put("Date", HttpDate.of(now.plusSeconds(1)));
        refused(s3().send(later), 403, "SignatureDoesNotMatch");
        now = now.plus(Duration.ofMinutes(16));
        refused(s3().send(signing.sign("GET", "/lake/k", Map.of(), new byte[0])), 403, "RequestTimeTooSkewed");
        var undated = signing.sign("GET", "/lake/k", Map.of(), new byte[0]);
        undated.headers.remove("Date");
        refused(s3().send(undated), 400, "AuthorizationHeaderMalformed");
    }

    @Test
    void a_payload_may_stay_unsigned() throws IOException {
        var signing = s3().withPayloadHash("UNSIGNED-PAYLOAD");
        var request = signing.sign("PUT", "/lake/u", Map.of(), "x".getBytes(StandardCharsets.UTF_8));
        request.body = "y".getBytes(StandardCharsets.UTF_8);
        assertThat(signing.send(request).status()).isEqualTo(200);
        assertThat(s3().send("GET", "/lake/u", Map.of(), "").text()).isEqualTo("y");
    }

    private AccessKey session() {
        var identities = aws.foundation().identities();
        identities.role("/", "reader", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"000000000000"},
                "Action":"sts:AssumeRole"}}""");
        return aws.foundation()
                .sessions()
                .assume(
                        aws.administrator().caller(),
                        "arn:aws:iam::000000000000:role/reader",
                        "session",
                        RequestContext.EMPTY);
    }

    @Test
    void a_session_needs_its_token_and_ends() throws IOException {
        var session = session();
        var signing = new Signing(aws.endpoint(), session, "sts").at(now);
        assertThat(signing.send("POST", "/", FORM, IDENTITY).text()).contains("assumed-role/reader/session");
        var bare = new AccessKey(session.accessKeyId(), session.secretAccessKey(), null, session.caller());
        var without = new Signing(aws.endpoint(), bare, "sts").at(now);
        refused(without.send("POST", "/", FORM, IDENTITY), 403, "InvalidClientTokenId");
        var wrong = new AccessKey(session.accessKeyId(), session.secretAccessKey(), "wrong", session.caller());
        refused(
                new Signing(aws.endpoint(), wrong, "s3").at(now).send("GET", "/lake/k", Map.of(), ""),
                400,
                "InvalidToken");
        now = NOW.plus(Duration.ofHours(2));
        refused(signing.at(now).send("POST", "/", FORM, IDENTITY), 403, "ExpiredToken");
        refused(
                new Signing(aws.endpoint(), session, "s3").at(now).send("GET", "/lake/k", Map.of(), ""),
                400,
                "ExpiredToken");
    }

    @Test
    void a_url_that_a_session_presigned_ends_with_the_session() throws IOException {
        var signing = new Signing(aws.endpoint(), session(), "s3").at(now).presigned(Duration.ofDays(7));
        var url = signing.sign("GET", "/lake/k", Map.of(), new byte[0]);
        assertThat(signing.send(url).code()).isNotEqualTo("ExpiredToken");
        now = NOW.plus(Duration.ofHours(2));
        refused(signing.send(url), 400, "ExpiredToken");
    }

    @Test
    void no_error_shows_a_session_token() throws IOException {
        var session = session();
        for (var service : new String[] {"s3", "sts"}) {
            var signing = new Signing(aws.endpoint(), session, service).at(now);
            var request = signing.sign("GET", "/lake/k", Map.of(), new byte[0]);
            request.target = "/lake/other";
            var answer = signing.send(request);
            refused(answer, 403, "SignatureDoesNotMatch");
            assertThat(answer.text())
                    .contains("x-amz-security-token:(not shown)")
                    .doesNotContain(session.sessionToken())
                    .doesNotContain(session.secretAccessKey());
        }
    }

    @Test
    void virtual_hosts_name_the_bucket() throws IOException {
        var port = aws.endpoint().getPort();
        for (var host :
                new String[] {"lake.localhost:" + port, "lake.s3.us-east-1.amazonaws.com", "lake.s3.localhost"}) {
            var request = s3().sign("GET", "/k", Map.of("Host", host), new byte[0]);
            request.headers.put("Host", host);
            var answer = s3().send(request);
            assertThat(answer.text()).as(host).isEqualTo("content");
        }
    }

    @Test
    void an_old_kind_of_signature_is_not_spoken() throws IOException {
        var request = s3().sign("GET", "/lake/k", Map.of(), new byte[0]);
        request.headers.put("Authorization", "AWS AKIA:c2lnbmF0dXJl");
        var answer = s3().send(request);
        refused(answer, 400, "InvalidRequest");
        assertThat(answer.text()).contains("AWS4-HMAC-SHA256");
    }

    /// What `aws s3 presign` makes in `us-east-1`, and what others may make of it.
    @ParameterizedTest
    @CsvSource({
        "'', 200, ",
        "&versionId=v, 403, SignatureDoesNotMatch",
        "&x-amz-acl=public-read, 403, SignatureDoesNotMatch",
    })
    void a_url_presigned_by_version_two_is_let_in_unchanged(String added, int status, String code) throws Exception {
        long expires = now.plusSeconds(60).getEpochSecond();
        var mac = javax.crypto.Mac.getInstance("HmacSHA1");
        mac.init(new javax.crypto.spec.SecretKeySpec(
                aws.administrator().secretAccessKey().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        var signature = Base64.getEncoder()
                .encodeToString(mac.doFinal(("GET\n\n\n" + expires + "\n/lake/k").getBytes(StandardCharsets.UTF_8)));
        var target = "/lake/k?AWSAccessKeyId=" + aws.administrator().accessKeyId() + "&Expires=" + expires
                + "&Signature=" + java.net.URLEncoder.encode(signature, StandardCharsets.UTF_8) + added;
        var request = "GET " + target + " HTTP/1.1\r\nHost: " + aws.endpoint().getAuthority() + "\r\n\r\n";
        try (var http = new RawHttp(aws.endpoint())) {
            var answer = http.send(request).answer();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.code()).isEqualTo(code == null ? "" : code);
        }
        now = now.plusSeconds(61);
        try (var http = new RawHttp(aws.endpoint())) {
            assertThat(http.send(request).answer().text()).contains("Request has expired");
        }
    }

    @Test
    void what_is_signed_for_another_region_is_refused_in_each_services_words() throws IOException {
        try (var ireland = EmbeddedAws.builder()
                .account(new Account("000000000000", "eu-west-1"))
                .start()) {
            var s3 = new Signing(ireland.endpoint(), ireland.administrator(), "s3");
            var header = s3.send("GET", "/lake/k", Map.of(), "");
            assertThat(header.code()).isEqualTo("AuthorizationHeaderMalformed");
            assertThat(header.text())
                    .contains("the region 'us-east-1' is wrong; expecting 'eu-west-1'")
                    .contains("<Region>eu-west-1</Region>");
            var presigned = new Signing(ireland.endpoint(), ireland.administrator(), "s3")
                    .presigned(Duration.ofMinutes(1))
                    .send("GET", "/lake/k", Map.of(), "");
            assertThat(presigned.code()).isEqualTo("AuthorizationQueryParametersError");
            var states = new Signing(ireland.endpoint(), ireland.administrator(), "states")
                    .send("POST", "/", Map.of("X-Amz-Target", "AWSStepFunctions.ListStateMachines"), "{}");
            assertThat(states.code()).isEqualTo("InvalidSignatureException");
            assertThat(states.text()).contains("Credential should be scoped to a valid region, not 'us-east-1'.");
            // One for the whole world, and that one is in us-east-1.
            var sts = new Signing(ireland.endpoint(), ireland.administrator(), "sts")
                    .send(
                            "POST",
                            "/",
                            Map.of("Content-Type", "application/x-www-form-urlencoded"),
                            "Action=GetCallerIdentity&Version=2011-06-15");
            assertThat(sts.status()).as(sts.text()).isEqualTo(200);
        }
    }
}
