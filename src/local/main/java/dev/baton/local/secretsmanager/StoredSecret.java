package dev.baton.local.secretsmanager;

import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A secret with its versions, oldest first. Never prints a value, and holds none but encrypted.
///
/// @param arn ends in a hyphen and six characters that were drawn
/// @param key as the request named the KMS key; null for `aws/secretsmanager`
/// @param policy of the secret itself
record StoredSecret(
        String name,
        String arn,
        String description,
        @Nullable String key,
        Map<String, String> tags,
        @Nullable Policy policy,
        List<SecretVersion> versions,
        @Nullable SecretRotation rotation,
        Dates dates) {
    private static final int MOST_VERSIONS = 100;

    StoredSecret {
        tags = Map.copyOf(tags);
        versions = List.copyOf(versions);
    }

    /// The moments in the life of a secret.
    ///
    /// @param accessed the day on which a value was read last
    /// @param rotated when a rotation succeeded last
    /// @param deletion when it will be gone, where that is scheduled
    record Dates(
            Instant created,
            Instant changed,
            @Nullable Instant accessed,
            @Nullable Instant rotated,
            @Nullable Instant deletion) {

        Dates changedAt(Instant now) {
            return new Dates(created, now, accessed, rotated, deletion);
        }

        Dates accessedAt(Instant day) {
            return new Dates(created, changed, day, rotated, deletion);
        }

        Dates rotatedAt(Instant now) {
            return new Dates(created, now, accessed, now, deletion);
        }

        Dates deletedAt(@Nullable Instant at) {
            return new Dates(created, changed, accessed, rotated, at);
        }
    }

    boolean isDeleted() {
        return dates.deletion() != null;
    }

    @Nullable
    SecretVersion version(String id) {
        return versions.stream()
                .filter(version -> version.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    SecretVersion staged(String stage) {
        return versions.stream()
                .filter(version -> version.stages().contains(stage))
                .findFirst()
                .orElse(null);
    }

    StoredSecret described(String as) {
        return new StoredSecret(name, arn, as, key, tags, policy, versions, rotation, dates);
    }

    StoredSecret under(@Nullable String otherKey) {
        return new StoredSecret(name, arn, description, otherKey, tags, policy, versions, rotation, dates);
    }

    StoredSecret tagged(Map<String, String> others) {
        return new StoredSecret(name, arn, description, key, others, policy, versions, rotation, dates);
    }

    StoredSecret permitted(@Nullable Policy other) {
        return new StoredSecret(name, arn, description, key, tags, other, versions, rotation, dates);
    }

    StoredSecret rotating(@Nullable SecretRotation other) {
        return new StoredSecret(name, arn, description, key, tags, policy, versions, other, dates);
    }

    StoredSecret at(UnaryOperator<Dates> change) {
        return new StoredSecret(name, arn, description, key, tags, policy, versions, rotation, change.apply(dates));
    }

    private StoredSecret of(List<SecretVersion> others) {
        return new StoredSecret(name, arn, description, key, tags, policy, others, rotation, dates);
    }

    StoredSecret each(UnaryOperator<SecretVersion> change) {
        return of(versions.stream().map(change).toList());
    }

    /// With a version in the place of the one of its id, or behind the others; of those without labels the oldest go
    /// where they are too many.
    StoredSecret with(SecretVersion version) {
        if (version(version.id()) != null) {
            return each(each -> each.id().equals(version.id()) ? version : each);
        }
        var more = new ArrayList<>(versions);
        more.add(version);
        for (var each : versions) {
            if (more.size() > MOST_VERSIONS && each.isDeprecated()) {
                more.remove(each);
            }
        }
        return of(more);
    }

    StoredSecret without(String version) {
        return of(versions.stream().filter(each -> !each.id().equals(version)).toList());
    }

    /// With a label on one version and on no other. Where it is `AWSCURRENT`, the version that had it is `AWSPREVIOUS`
    /// from now on, and this one no longer `AWSPENDING`.
    StoredSecret staging(String stage, String version) {
        var before = staged(stage);
        var moved = each(each -> each.id().equals(version) ? each.with(stage) : each.without(stage));
        if (!stage.equals(SecretVersion.CURRENT)) {
            return moved;
        }
        var settled = moved.each(each -> each.id().equals(version) ? each.without(SecretVersion.PENDING) : each);
        return before == null || before.id().equals(version)
                ? settled
                : settled.staging(SecretVersion.PREVIOUS, before.id());
    }

    Map<String, @Nullable Object> toJson() {
        var json = new JsonAnswer()
                .put("name", name)
                .put("arn", arn)
                .put("description", description)
                .putIf("key", key)
                .put("tags", tags)
                .putIf("policy", policy == null ? null : policy.text())
                .put("versions", versions.stream().map(SecretVersion::toJson).toList())
                .putIf("rotation", rotation == null ? null : rotation.toJson());
        var moments = new LinkedHashMap<String, @Nullable Instant>();
        moments.put("created", dates.created());
        moments.put("changed", dates.changed());
        moments.put("accessed", dates.accessed());
        moments.put("rotated", dates.rotated());
        moments.put("deletion", dates.deletion());
        moments.forEach((name, moment) -> json.putIf(name, moment == null ? null : moment.toString()));
        return json.map();
    }

    static StoredSecret of(StoredJson json) {
        var policy = json.textIf("policy");
        return new StoredSecret(
                json.text("name"),
                json.text("arn"),
                json.text("description"),
                json.textIf("key"),
                json.map("tags"),
                policy == null ? null : policy(policy),
                json.objects("versions").stream().map(SecretVersion::of).toList(),
                json.has("rotation") ? SecretRotation.of(json.object("rotation")) : null,
                new Dates(
                        json.time("created"),
                        json.time("changed"),
                        json.timeIf("accessed"),
                        json.timeIf("rotated"),
                        json.timeIf("deletion")));
    }

    static Policy policy(String json) {
        return Policy.parse(PolicyKind.RESOURCE, "resource policy", json);
    }

    @Override
    public String toString() {
        return "StoredSecret[" + arn + "]";
    }
}
