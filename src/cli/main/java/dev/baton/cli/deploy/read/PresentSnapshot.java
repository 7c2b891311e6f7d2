package dev.baton.cli.deploy.read;

import dev.baton.compiler.pipeline.BucketPolicies;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The snapshot of what is there: what is there now of the resources of a snapshot.
public record PresentSnapshot(Endpoint endpoint, String account) {

    /// The same resources as they are now; those that are not there are left out.
    public PipelineSnapshot of(PipelineSnapshot known) {
        var reader = new SnapshotReader(endpoint);
        var parts = new TreeMap<String, Map<String, @Nullable Object>>();
        known.parts().forEach((name, part) -> read(reader, name, part).ifPresent(found -> parts.put(name, found)));
        return new PipelineSnapshot(parts);
    }

    private Optional<Map<String, @Nullable Object>> read(
            SnapshotReader reader, String resource, Map<String, @Nullable Object> known) {
        var name = resource.substring(resource.lastIndexOf(' ') + 1);
        return switch (resource.substring(0, resource.lastIndexOf(' '))) {
            case "state machine" ->
                reader.machine(
                        arn("states") + endpoint.region() + ":" + account + ":stateMachine:" + name,
                        known.get("pinned") instanceof String pinned ? pinned : null);
            case "role" -> reader.role(name);
            case "boundary" -> reader.boundary(arn("iam") + ":" + account + ":policy" + path(name) + name);
            case "function" -> reader.function(name, String.valueOf(known.get("pinned")));
            case "task definition" ->
                new ContainerSnapshot(endpoint.ecs()).part(name, String.valueOf(known.get("pinned")));
            case "bucket" -> reader.bucket(name).map(part -> own(part, known));
            case "rule" -> reader.rule(name);
            case "schedule" -> PlacedSchedule.read(endpoint, name);
            default -> Optional.empty();
        };
    }

    /// A bucket without what other pipelines keep there for their outputs: where what this one keeps is kept.
    private static Map<String, @Nullable Object> own(
            Map<String, @Nullable Object> there, Map<String, @Nullable Object> known) {
        if (there.get("policy") instanceof Map<?, ?> policy
                && known.get("policy") instanceof Map<?, ?> wanted
                && policy.get("Statement") instanceof Map<?, ?> statements
                && wanted.get("Statement") instanceof Map<?, ?> mine) {
            var bySid = new TreeMap<@Nullable Object, @Nullable Object>(statements);
            bySid.computeIfPresent(
                    BucketPolicies.ONLY_ROLES, (sid, statement) -> BucketPolicies.own(statement, mine.get(sid)));
            bySid.values().removeIf(Objects::isNull);
            var narrowed = new LinkedHashMap<@Nullable Object, @Nullable Object>(policy);
            narrowed.put("Statement", bySid);
            var part = new LinkedHashMap<>(there);
            part.put("policy", narrowed);
            return part;
        }
        return there;
    }

    private String arn(String service) {
        return "arn:" + EnvironmentNames.partition(endpoint.region()) + ":" + service + ":";
    }

    private String path(String boundary) {
        var prefix = endpoint.prefix();
        return prefix.rolePath(boundary.substring(prefix.names().length(), boundary.length() - "-boundary".length()));
    }
}
