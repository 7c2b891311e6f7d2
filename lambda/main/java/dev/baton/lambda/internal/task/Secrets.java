package dev.baton.lambda.internal.task;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.SignedPost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Secrets Manager, read with the session of an attempt.
final class Secrets {
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "secretsmanager.GetSecretValue");

    private static final String ABSENT = "RUN065";
    /// The ARN of a secret that is there, as a refusal names it.
    private static final Pattern WHOLE = Pattern.compile("on resource: \\S+-[A-Za-z0-9]{6}(?![^\\s.])|KMS");

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
            if (isAbsent(e.getCause())) {
                throw new IllegalStateException(ABSENT + " there is no secret " + name + " with a current value here: "
                        + e.getMessage() + "; create it in Secrets Manager before the task runs; baton run and baton"
                        + " local take --secret " + name + "=FILE");
            }
            throw new UncheckedIOException("the secret " + name + " could not be read: " + e.getMessage(), e);
        }
    }

    /// What is not there is not found, or not allowed to whoever may read it under its whole ARN alone.
    private static boolean isAbsent(@Nullable Throwable cause) {
        if (!(cause instanceof AwsServiceException refusal)) {
            return false;
        }
        var details = refusal.awsErrorDetails();
        var code = details == null ? "" : String.valueOf(details.errorCode());
        return code.equals("ResourceNotFoundException")
                || (code.equals("AccessDeniedException")
                        && !WHOLE.matcher(String.valueOf(refusal.getMessage())).find());
    }
}
