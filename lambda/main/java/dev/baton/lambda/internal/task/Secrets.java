package dev.baton.lambda.internal.task;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.SignedPost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Secrets Manager, read with the session of an attempt.
final class Secrets {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "secretsmanager.GetSecretValue");

    private final SignedPost post;

    Secrets(SignedPost post) {
        this.post = post;
    }

    /// The current value of a secret that is a text.
    String value(String name) {
        var body = Json.bytes(Map.of("SecretId", name, "VersionStage", "AWSCURRENT"));
        try {
            var answer = Json.parseObject(post.send("secretsmanager", "/", HEADERS, body));
            if (answer.get("SecretString") instanceof String text) {
                return text;
            }
            throw new IllegalStateException("the secret " + name + " is binary; only text can be asked for");
        } catch (IOException e) {
            throw new UncheckedIOException("the secret " + name + " could not be read: " + e.getMessage(), e);
        }
    }
}
