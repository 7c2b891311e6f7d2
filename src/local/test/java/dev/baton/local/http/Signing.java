package dev.baton.local.http;

import dev.baton.local.caller.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Requests signed by the AWS SDK's signer, open to being changed before they are sent.
public final class Signing {
    private final URI endpoint;
    private final AccessKey credentials;
    private final String service;
    private Instant time = Instant.now();
    private String payloadHash = "";
    private Duration expires;
    private boolean dated;

    public Signing(URI endpoint, AccessKey credentials, String service) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.service = service;
    }

    public Signing at(Instant time) {
        this.time = time;
        return this;
    }

    /// Signs this instead of the body's hash, as `x-amz-content-sha256` has it. Simple paths only: the SDK's signer
    /// leaves no choice, so this is one of our own, by the text of the specification.
    public Signing withPayloadHash(String hash) {
        payloadHash = hash;
        return this;
    }

    /// Says the time in a `Date` header instead, in HTTP's form; only with a payload's hash.
    public Signing dated() {
        dated = true;
        return this;
    }

    public Signing presigned(Duration expires) {
        this.expires = expires;
        return this;
    }

    /// A request that can still be changed.
    public static final class Request {
        public String method;
        public String target;
        public final Map<String, String> headers = new LinkedHashMap<>();
        public byte[] body;

        public byte[] bytes() {
            var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            if (body.length > 0 && !headers.containsKey("Content-Length")) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            var start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
            var all = new byte[start.length + body.length];
            System.arraycopy(start, 0, all, 0, start.length);
            System.arraycopy(body, 0, all, start.length, body.length);
            return all;
        }
    }

    /// @param path percent-coded, with its query
    public Request sign(String method, String path, Map<String, String> headers, byte[] body) {
        return payloadHash.isEmpty() ? signBySdk(method, path, headers, body) : signByHand(method, path, headers, body);
    }

    private Request signByHand(String method, String path, Map<String, String> headers, byte[] body) {
        var date = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(time);
        var request = new Request();
        request.method = method;
        request.target = path;
        request.headers.put("Host", endpoint.getHost() + ":" + endpoint.getPort());
        request.headers.put(dated ? "Date" : "X-Amz-Date", dated ? HttpDate.of(time) : date);
        request.headers.put("x-amz-content-sha256", payloadHash);
        request.headers.putAll(headers);
        request.body = body;
        var sorted = new TreeMap<String, String>();
        request.headers.forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value));
        var names = String.join(";", sorted.keySet());
        var canonical = new StringBuilder(method + "\n" + path + "\n\n");
        sorted.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append('\n').append(payloadHash);
        var scope = date.substring(0, 8) + "/us-east-1/" + service + "/aws4_request";
        var toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n"
                + HexFormat.of().formatHex(sha256(canonical.toString()));
        byte[] key = ("AWS4" + credentials.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/")) {
            key = hmac(key, part);
        }
        request.headers.put(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + HexFormat.of().formatHex(hmac(key, toSign)));
        return request;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Request signBySdk(String method, String path, Map<String, String> headers, byte[] body) {
        var builder = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                // Over TLS the SDK presigns without a payload, as S3's presigner does.
                .uri(URI.create((expires == null
                                ? endpoint.toString()
                                : endpoint.toString().replace("http:", "https:"))
                        + path));
        headers.forEach(builder::putHeader);
        var token = credentials.sessionToken();
        AwsCredentialsIdentity identity = token == null
                ? AwsCredentialsIdentity.create(credentials.accessKeyId(), credentials.secretAccessKey())
                : AwsSessionCredentialsIdentity.create(credentials.accessKeyId(), credentials.secretAccessKey(), token);
        var signed = AwsV4HttpSigner.create()
                .sign((Consumer<SignRequest.Builder<AwsCredentialsIdentity>>) request -> {
                    request.identity(identity)
                            .request(builder.build())
                            .payload(ContentStreamProvider.fromByteArray(body))
                            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                            .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
                            .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, !service.equals("s3"))
                            .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, expires == null)
                            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC));
                    if (expires != null) {
                        request.putProperty(
                                        AwsV4FamilyHttpSigner.AUTH_LOCATION,
                                        AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, expires);
                    }
                })
                .request();
        var request = new Request();
        request.method = method;
        var query = signed.encodedQueryParameters().map(text -> "?" + text).orElse("");
        request.target = signed.encodedPath() + query;
        signed.headers().forEach((name, values) -> request.headers.put(name, String.join(",", values)));
        request.headers.putIfAbsent("Host", endpoint.getHost() + ":" + endpoint.getPort());
        request.body = body;
        return request;
    }

    public RawHttp.Answer send(Request request) throws IOException {
        try (var http = new RawHttp(endpoint)) {
            return http.send(request.bytes()).answer(request.method.equals("HEAD"));
        }
    }

    public RawHttp.Answer send(String method, String path, Map<String, String> headers, String body)
            throws IOException {
        return send(sign(method, path, headers, body.getBytes(StandardCharsets.UTF_8)));
    }
}
