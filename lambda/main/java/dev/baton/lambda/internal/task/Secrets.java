package dev.baton.lambda.internal.task;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.aws.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/// Secrets Manager's one call that a task needs. The service's whole client would be a megabyte of every function for
/// it.
final class Secrets {
    private final SessionClients clients;
    private final Environment environment;

    Secrets(SessionClients clients, Environment environment) {
        this.clients = clients;
        this.environment = environment;
    }

    /// The current value of a secret that is a text.
    String value(String name) {
        var body = Json.bytes(Map.of("SecretId", name, "VersionStage", "AWSCURRENT"));
        try {
            var answer = Json.parseObject(send(name, body));
            if (answer.get("SecretString") instanceof String text) {
                return text;
            }
            throw new IllegalStateException("the secret " + name + " is binary; only text can be asked for");
        } catch (IOException e) {
            throw new UncheckedIOException("the secret " + name + " could not be read", e);
        }
    }

    private byte[] send(String name, byte[] body) throws IOException {
        var endpoint = environment.endpoint();
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint == null ? own() : endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
                .putHeader("Content-Length", Integer.toString(body.length))
                .build();
        var payload = ContentStreamProvider.fromByteArray(body);
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(clients.credentials().resolveCredentials())
                        .request(request)
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "secretsmanager")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, environment.region()));
        var response = clients.http()
                .prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(payload)
                        .build())
                .call();
        try (var answer = response.responseBody().map(in -> (InputStream) in)
                .orElse(new ByteArrayInputStream(new byte[0]))) {
            var content = answer.readAllBytes();
            if (!response.httpResponse().isSuccessful()) {
                throw new IllegalStateException("Secrets Manager refused the secret " + name + ": " + problem(content));
            }
            return content;
        }
    }

    private URI own() {
        return URI.create("https://secretsmanager." + environment.region() + ".amazonaws.com");
    }

    private static String problem(byte[] content) {
        try {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>(Json.parseObject(content));
            var message = answer.getOrDefault("message", answer.get("Message"));
            return answer.get("__type") + ", " + message;
        } catch (JsonException e) {
            return "no JSON came back";
        }
    }
}
