package dev.baton.cli.deploy.read;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;

/// Requests to a service that answers JSON, signed by hand: of the SDK's version that everything else is done with, the
/// service's own module is not to be had.
///
/// @param service as signatures name it
/// @param called as people call it
record SignedCalls(
        SdkHttpClient http, String service, String called, Region region, AwsCredentialsProvider credentials) {

    /// Where AWS itself answers for a service.
    static URI address(String service, Region region) {
        return URI.create("https://" + service + "." + region.id() + "."
                + region.metadata().partition().dnsSuffix());
    }

    Map<String, @Nullable Object> send(SdkHttpRequest.Builder request, byte[] bytes) {
        if (bytes.length > 0) {
            request.putHeader("Content-Length", Integer.toString(bytes.length));
        }
        ContentStreamProvider content = () -> new ByteArrayInputStream(bytes);
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials.resolveCredentials())
                        .request(request.build())
                        .payload(content)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        try {
            var answer = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(bytes.length == 0 ? null : content)
                            .build())
                    .call();
            var text = answer.responseBody().isPresent()
                    ? read(answer.responseBody().get())
                    : new byte[0];
            if (!answer.httpResponse().isSuccessful()) {
                throw failure(
                        answer.httpResponse().statusCode(),
                        text,
                        answer.httpResponse()
                                .firstMatchingHeader("x-amzn-ErrorType")
                                .orElse(""));
            }
            return text.length == 0 ? new LinkedHashMap<>() : Json.parseObject(text);
        } catch (IOException e) {
            throw SdkClientException.create(
                    called + " at " + signed.request().getUri() + " does not answer: " + e.getMessage(), e);
        } catch (JsonException e) {
            throw EndpointDocuments.malformed("the answer of " + called, "is not a JSON object: " + e.getMessage());
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }

    private AwsServiceException failure(int status, byte[] text, String type) {
        var message = new String(text, StandardCharsets.UTF_8);
        var code = type.contains(":") ? type.substring(0, type.indexOf(':')) : type;
        try {
            var json = Json.parseObject(text);
            if (json.get("__type") instanceof String named) {
                code = named.substring(named.indexOf('#') + 1);
            }
            message = String.valueOf(json.getOrDefault("Message", json.getOrDefault("message", message)));
        } catch (JsonException e) {
            // Whoever answered is not the service; its own words tell more than ours.
        }
        return AwsServiceException.builder()
                .message(message)
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code.isEmpty() ? "Unknown" : code)
                        .errorMessage(message)
                        .serviceName(called)
                        .build())
                .build();
    }

    /// Keeps the credentials to itself.
    @Override
    public String toString() {
        return "SignedCalls[" + service + "]";
    }
}
