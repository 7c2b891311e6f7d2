package dev.baton.local.kms;

import dev.baton.local.iam.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A key that encrypts (`SYMMETRIC_DEFAULT`), or a pair of keys that signs. Never prints its material.
///
/// @param id a UUID
/// @param manager who its policy belongs to
/// @param policy the one key policy, `default`
/// @param deletion when it goes away, where that is scheduled
/// @param material 256 bits for each rotation, the newest last; what was encrypted with an older one stays readable. Of a
///     pair the private key in PKCS #8, then the public one in DER
public record KmsKey(
        String id,
        String arn,
        Instant created,
        String description,
        Manager manager,
        boolean enabled,
        @Nullable Instant deletion,
        boolean rotated,
        Policy policy,
        Map<String, String> tags,
        KmsKeySpec spec,
        List<byte[]> material) {
    public KmsKey {
        tags = Map.copyOf(tags);
        material = List.copyOf(material);
    }

    /// The managers of keys.
    public enum Manager {
        /// Made by `CreateKey`.
        CUSTOMER,
        /// Made by AWS for one service, such as `aws/s3`; nobody changes it.
        AWS
    }

    /// `Enabled`, `Disabled` or `PendingDeletion`.
    public String state() {
        return deletion != null ? "PendingDeletion" : enabled ? "Enabled" : "Disabled";
    }

    KmsKey enabled(boolean now) {
        return new KmsKey(id, arn, created, description, manager, now, deletion, rotated, policy, tags, spec, material);
    }

    /// A key whose deletion was called off is disabled.
    KmsKey deletedAt(@Nullable Instant at) {
        return new KmsKey(id, arn, created, description, manager, false, at, rotated, policy, tags, spec, material);
    }

    KmsKey described(String as) {
        return new KmsKey(id, arn, created, as, manager, enabled, deletion, rotated, policy, tags, spec, material);
    }

    KmsKey rotated(boolean yearly) {
        return new KmsKey(
                id, arn, created, description, manager, enabled, deletion, yearly, policy, tags, spec, material);
    }

    KmsKey under(Policy other) {
        return new KmsKey(
                id, arn, created, description, manager, enabled, deletion, rotated, other, tags, spec, material);
    }

    KmsKey tagged(Map<String, String> others) {
        return new KmsKey(
                id, arn, created, description, manager, enabled, deletion, rotated, policy, others, spec, material);
    }

    @Override
    public String toString() {
        return "KmsKey[" + arn + ", " + state() + "]";
    }
}
