package dev.baton.local.identity;

import dev.baton.local.iam.policy.Policy;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A policy that stands for itself and is attached by its ARN, in up to five versions.
///
/// @param id `ANPA…`, unique for ever
/// @param versions by number
/// @param current the number of the version that counts
public record ManagedPolicy(
        String arn,
        String id,
        Instant created,
        String description,
        SortedMap<Integer, Version> versions,
        int current,
        int latest,
        SortedMap<String, String> tags) {
    public static final int MAX_VERSIONS = 5;

    public record Version(Policy policy, Instant created) {}

    /// Where AWS keeps what only its service-linked roles have.
    private static final String SERVICE_LINKED = "/aws-service-role/";

    public ManagedPolicy {
        versions = new TreeMap<>(versions);
        tags = new TreeMap<>(tags);
    }

    public String name() {
        return Grants.name(arn);
    }

    public String path() {
        return Grants.path(arn);
    }

    /// Whether AWS wrote it, and so nobody here may change it.
    public boolean isOfAws() {
        return arn.startsWith("arn:aws:iam::aws:");
    }

    /// Whether a role or user of the account may have it.
    public boolean isAttachable() {
        return !(isOfAws() && path().equals(SERVICE_LINKED));
    }

    public Version version() {
        return Objects.requireNonNull(versions.get(current));
    }

    public Policy policy() {
        return version().policy();
    }

    public ManagedPolicy withVersion(Version added, boolean makeCurrent) {
        var changed = new TreeMap<>(versions);
        changed.put(latest + 1, added);
        return new ManagedPolicy(
                arn, id, created, description, changed, makeCurrent ? latest + 1 : current, latest + 1, tags);
    }

    public ManagedPolicy withoutVersion(int number) {
        var changed = new TreeMap<>(versions);
        changed.remove(number);
        return new ManagedPolicy(arn, id, created, description, changed, current, latest, tags);
    }

    public ManagedPolicy withTags(SortedMap<String, String> others) {
        return new ManagedPolicy(arn, id, created, description, versions, current, latest, others);
    }

    public ManagedPolicy withCurrent(int number) {
        return new ManagedPolicy(arn, id, created, description, versions, number, latest, tags);
    }
}
