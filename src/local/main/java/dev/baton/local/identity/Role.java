package dev.baton.local.identity;

import dev.baton.local.iam.policy.Policy;
import java.time.Instant;

/// A role as it stands.
///
/// @param id `AROA…`, unique for ever
/// @param trust who may assume it
/// @param maxSessionSeconds 3,600 to 43,200
public record Role(
        String arn,
        String id,
        Instant created,
        String description,
        int maxSessionSeconds,
        Policy trust,
        Grants grants) {

    public String name() {
        return Grants.name(arn);
    }

    public String path() {
        return Grants.path(arn);
    }

    public Role with(Grants changed) {
        return new Role(arn, id, created, description, maxSessionSeconds, trust, changed);
    }

    public Role withTrust(Policy changed) {
        return new Role(arn, id, created, description, maxSessionSeconds, changed, grants);
    }

    public Role withSettings(String newDescription, int newMaxSessionSeconds) {
        return new Role(arn, id, created, newDescription, newMaxSessionSeconds, trust, grants);
    }
}
