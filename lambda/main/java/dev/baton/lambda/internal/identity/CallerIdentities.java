package dev.baton.lambda.internal.identity;

import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceAddress;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.name.Arn;
import dev.baton.run.IdentityProof;
import dev.baton.run.IdentityProof.SignedCall;
import dev.baton.run.IdentitySettings;
import dev.baton.run.Requester;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// The roles and users of IAM that ask, as STS tells them by a call that they signed.
///
/// The call goes to the STS that this function knows, never where a request says, with a body that is always the same:
/// nothing else can be had done by it. It is only good for this pipeline of this environment, for minutes.
public final class CallerIdentities {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final int MOST_CHARACTERS = 8_192;
    private static final int MOST_BYTES = 65_536;
    private static final int TRIES = 3;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Set<String> HEADERS = Set.of(
            "authorization",
            "content-type",
            "host",
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-security-token",
            IdentityProof.AUDIENCE_HEADER);
    private static final List<String> NEEDED = List.of("host", "x-amz-date", IdentityProof.AUDIENCE_HEADER);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 +Credential=([A-Z0-9]{4,128})/"
            + "([0-9]{8})/([a-z0-9-]{1,32})/sts/aws4_request, *SignedHeaders=([a-z0-9;-]{1,512}),"
            + " *Signature=[0-9a-f]{64}");
    private static final Pattern ARN = Pattern.compile("<Arn>([^<]{1,2048})</Arn>");
    private static final Pattern CODE = Pattern.compile("<Code>([^<]{1,128})</Code>");

    private final FunctionEnvironment environment;
    private final ServiceClients clients;
    private final IdentitySettings settings;
    private final InstantSource time;

    public CallerIdentities(
            FunctionEnvironment environment, ServiceClients clients, IdentitySettings settings, InstantSource time) {
        this.environment = environment;
        this.clients = clients;
        this.settings = settings;
        this.time = time;
    }

    /// Who signed a call.
    ///
    /// @throws InvalidInput when it proves nothing (RUN071 to RUN075)
    public Requester requester(SignedCall call) {
        var headers = headers(call);
        var signed = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
        if (!signed.matches()) {
            throw IdentityFindings.malformed("the signed call", "has no signature of version 4 for STS");
        }
        var whose = whose(signed.group(1));
        requireSigned(whose, headers, Set.of(signed.group(4).split(";")));
        requireHere(whose, headers, signed.group(3));
        requireFresh(whose, headers.getOrDefault("x-amz-date", ""));
        return requester(whose, answer(whose, headers));
    }

    /// A key's id is not secret, but its end is enough to tell which it is.
    private static String whose(String accessKeyId) {
        return "the call signed by the access key …" + accessKeyId.substring(accessKeyId.length() - 4);
    }

    private static Map<String, String> headers(SignedCall call) {
        var headers = new TreeMap<String, String>();
        call.headers().forEach((name, value) -> {
            var known = name.toLowerCase(Locale.ROOT);
            if (!HEADERS.contains(known)) {
                throw IdentityFindings.malformed("the signed call", "has a header that it may not have");
            }
            if (value.length() > MOST_CHARACTERS || !value.chars().allMatch(c -> c >= ' ' && c < 127)) {
                throw IdentityFindings.malformed("the signed call", "has a " + known + " that is none");
            }
            if (headers.put(known, value) != null) {
                throw IdentityFindings.malformed("the signed call", "has " + known + " twice");
            }
        });
        return headers;
    }

    private static void requireSigned(String whose, Map<String, String> headers, Set<String> signed) {
        for (var needed : NEEDED) {
            if (!signed.contains(needed) || !headers.containsKey(needed)) {
                throw IdentityFindings.malformed(whose, "does not sign its " + needed);
            }
        }
    }

    private void requireHere(String whose, Map<String, String> headers, String region) {
        var audience = IdentityProof.audience(
                environment.need("BATON_ACCOUNT"),
                environment.region(),
                environment.prefix().of(environment.pipeline()));
        var meant = headers.get(IdentityProof.AUDIENCE_HEADER);
        if (!audience.equals(meant)) {
            throw IdentityFindings.elsewhere(
                    whose,
                    "was made for \"" + meant + "\", and this is \"" + audience + "\"",
                    "ask the pipeline that you mean: a proof is good for one alone");
        }
        var host = host(address());
        if (!environment.region().equals(region) || !host.equals(headers.get("host"))) {
            throw IdentityFindings.elsewhere(
                    whose,
                    "was made for the STS at " + headers.get("host") + " in " + region + ", and this function asks "
                            + host + " in " + environment.region(),
                    "ask through the endpoint that the function knows, in its Region");
        }
    }

    private void requireFresh(String whose, String date) {
        Instant at;
        try {
            at = Instant.from(DATE.parse(date));
        } catch (DateTimeException e) {
            throw IdentityFindings.malformed(whose, "has an x-amz-date that is none");
        }
        var now = time.instant();
        if (at.isBefore(now.minus(FRESH)) || at.isAfter(now.plus(FRESH))) {
            throw IdentityFindings.staleCall(
                    whose, "was signed at " + at + ", and it is " + now + ": it is good for five minutes");
        }
    }

    private URI address() {
        return ServiceAddress.of(environment, "sts");
    }

    private static String host(URI address) {
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    private String answer(String whose, Map<String, String> headers) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(address())
                .encodedPath("/")
                .putHeader("content-length", Integer.toString(IdentityProof.CALL.length()));
        headers.forEach(request::putHeader);
        if (!headers.containsKey("content-type")) {
            request.putHeader("content-type", IdentityProof.CALL_TYPE);
        }
        var unsent = request.build();
        @Nullable String why = null;
        for (var attempt = 1; attempt <= TRIES; attempt++) {
            try {
                var answer = clients.http()
                        .prepareRequest(HttpExecuteRequest.builder()
                                .request(unsent)
                                .contentStreamProvider(ContentStreamProvider.fromUtf8String(IdentityProof.CALL))
                                .build())
                        .call();
                var status = answer.httpResponse().statusCode();
                var text = text(answer);
                if (status == 200) {
                    return text;
                }
                if (status < 500 && status != 429) {
                    throw refused(whose, text);
                }
                why = "answered " + status;
            } catch (IOException e) {
                // Its message may tell of addresses, but of no header.
                why = "does not answer: " + e.getClass().getSimpleName();
            }
            pause(attempt);
        }
        throw IdentityFindings.unreachable(
                whose, "could not be looked at: the STS at " + host(address()) + " " + why, "ask once more in a while");
    }

    private void pause(int attempt) {
        try {
            clients.patience().pass(Duration.ofMillis(100L * attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(HttpExecuteResponse answer) throws IOException {
        var body = answer.responseBody().orElse(null);
        if (body == null) {
            return "";
        }
        try (body) {
            return new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    /// What STS says itself is not repeated: its messages quote what was signed.
    private static InvalidInput refused(String whose, String text) {
        var found = CODE.matcher(text);
        var code = found.find() ? found.group(1) : "";
        return switch (code) {
            case "ExpiredToken", "ExpiredTokenException" ->
                IdentityFindings.staleCall(whose, "is of a session that has expired, says STS");
            case "RequestExpired" -> IdentityFindings.staleCall(whose, "was signed too long ago, says STS");
            default ->
                IdentityFindings.untrusted(
                        whose,
                        "is refused by STS" + (code.isEmpty() ? "" : ": " + code),
                        "see whether the credentials are those that you mean: aws sts get-caller-identity");
        };
    }

    private Requester requester(String whose, String text) {
        var found = ARN.matcher(text);
        var arn = found.find() ? Arn.find(found.group(1)) : null;
        if (arn == null) {
            throw IdentityFindings.unreachable(
                    whose, "could not be looked at: STS answered without an ARN", "ask once more in a while");
        }
        return settings.requester(arn);
    }
}
