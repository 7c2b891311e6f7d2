package dev.baton.lambda.internal.task;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.SignedPost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Secrets Manager, read with the session of an attempt.
final class Secrets {
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "secretsmanager.GetSecretValue");

    private static final String ABSENT = "RUN065";
    private static final String RETIRED = "RUN097";
    private static final Set<String> MOVED = Set.of("InvalidRequestException", "ResourceNotFoundException");
    /// The ARN of a secret that is there, as a refusal names it.
    private static final Pattern WHOLE = Pattern.compile("on resource: \\S+-[A-Za-z0-9]{6}(?![^\\s.])|KMS");

    private final SignedPost post;

    Secrets(SignedPost post) {
        this.post = post;
    }

    /// The current value of a secret that is a text.
    String value(String name) {
        try {
            return text(name, Map.of("SecretId", name, "VersionStage", "AWSCURRENT"));
        } catch (IOException e) {
            throw unread(name, e);
        }
    }

    /// A secret's value in the version that the run began with, as long as it is current or the one before.
    ///
    /// @throws IllegalStateException with RUN097 when it has been rotated since and may not be read any more
    String pinned(String name, String version) {
        for (var stage : List.of("AWSCURRENT", "AWSPREVIOUS")) {
            try {
                return text(name, Map.of("SecretId", name, "VersionId", version, "VersionStage", stage));
            } catch (IOException e) {
                if (!isMoved(e.getCause())) {
                    throw unread(name, e);
                }
            }
        }
        throw new IllegalStateException(RETIRED + " the secret " + name + " was rotated after this run began with"
                + " version " + version + " of it, and the grace for that has passed; start the run again: it reads"
                + " the version that is current then");
    }

    private String text(String name, Map<String, String> asked) throws IOException {
        var answer = Json.parseObject(post.send("secretsmanager", "/", HEADERS, Json.bytes(asked)));
        if (answer.get("SecretString") instanceof String text) {
            return text;
        }
        throw new IllegalStateException("the secret " + name + " is binary; only text can be asked for");
    }

    private static RuntimeException unread(String name, IOException problem) {
        return isAbsent(problem.getCause())
                ? new IllegalStateException(ABSENT + " there is no secret " + name + " with a current value here: "
                        + problem.getMessage() + "; create it in Secrets Manager before the task runs; baton run and"
                        + " baton local take --secret " + name + "=FILE")
                : new UncheckedIOException(
                        "the secret " + name + " could not be read: " + problem.getMessage(), problem);
    }

    /// A version without the label that is asked for is refused; one that has been deleted is not found.
    private static boolean isMoved(@Nullable Throwable cause) {
        return cause instanceof AwsServiceException refusal
                && refusal.awsErrorDetails() != null
                && MOVED.contains(String.valueOf(refusal.awsErrorDetails().errorCode()));
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
