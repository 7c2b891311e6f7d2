package dev.baton.lambda.internal.pin;

import dev.baton.graph.RotatedSecrets;
import dev.baton.graph.TaskGraph;
import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.SignedPost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The versions in which a run reads the secrets that are rotated when tasks complete. No value is read for them.
final class SecretVersions {
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "secretsmanager.DescribeSecret");
    private static final String CURRENT = "AWSCURRENT";

    private final List<String> names;
    private final SignedPost post;

    SecretVersions(TaskGraph graph, SignedPost post) {
        this.names = RotatedSecrets.of(graph);
        this.post = post;
    }

    /// The current one of each, by name; what is not there is left out, and the task that asks for it says so.
    Map<String, String> current() {
        var versions = new TreeMap<String, String>();
        names.forEach(name -> current(name).ifPresent(version -> versions.put(name, version)));
        return versions;
    }

    private Optional<String> current(String name) {
        try {
            var answer =
                    Json.parseObject(post.send("secretsmanager", "/", HEADERS, Json.bytes(Map.of("SecretId", name))));
            return answer.get("VersionIdsToStages") instanceof Map<?, ?> versions
                    ? current(versions)
                    : Optional.empty();
        } catch (IOException e) {
            if (e.getCause() instanceof AwsServiceException) {
                return Optional.empty();
            }
            throw new UncheckedIOException("the versions of the secret " + name + " could not be seen", e);
        }
    }

    private static Optional<String> current(Map<?, ? extends @Nullable Object> versions) {
        return versions.entrySet().stream()
                .filter(version -> version.getValue() instanceof List<?> stages && stages.contains(CURRENT))
                .map(version -> String.valueOf(version.getKey()))
                .findFirst();
    }
}
