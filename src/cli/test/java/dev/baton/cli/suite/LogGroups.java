package dev.baton.cli.suite;

import dev.baton.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/// The log groups of CloudWatch, asked for without its SDK, of which no release fits the others: two requests.
///
/// @param address where all services answer; AWS itself where absent
record LogGroups(@Nullable URI address, String region, AwsCredentialsProvider credentials, SdkHttpClient http) {

    /// The names of all groups that begin so.
    List<String> named(String prefix) {
        var names = new ArrayList<String>();
        var asked = new LinkedHashMap<String, @Nullable Object>(Map.of("logGroupNamePrefix", prefix));
        do {
            var answer = ask("DescribeLogGroups", asked);
            ((List<?>) answer.get("logGroups"))
                    .forEach(group -> names.add((String) ((Map<?, ?>) group).get("logGroupName")));
            asked.put("nextToken", answer.get("nextToken"));
        } while (asked.get("nextToken") != null);
        return names;
    }

    void delete(String name) {
        ask("DeleteLogGroup", Map.of("logGroupName", name));
    }

    private Map<String, @Nullable Object> ask(String action, Map<String, @Nullable Object> input) {
        var there = address == null ? URI.create("https://logs." + region + ".amazonaws.com/") : address.resolve("/");
        var body = ContentStreamProvider.fromByteArray(Json.bytes(input));
        var plain = SdkHttpRequest.builder()
                .uri(there)
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "Logs_20140328." + action)
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(credentials.resolveCredentials())
                        .request(plain)
                        .payload(body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "logs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        try {
            var answer = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(body)
                            .build())
                    .call();
            try (var in = answer.responseBody().isPresent()
                    ? answer.responseBody().get()
                    : new ByteArrayInputStream(new byte[0])) {
                var text = in.readAllBytes();
                if (!answer.httpResponse().isSuccessful()) {
                    throw new AssertionError(action + ": " + new String(text));
                }
                return text.length == 0 ? Map.of() : Json.parseObject(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
