package dev.baton.local.identity;

import java.time.Instant;

/// A user as it stands.
///
/// @param id `AIDA…`, unique for ever
public record User(String arn, String id, Instant created, Grants grants) {

    public String name() {
        return Grants.name(arn);
    }

    public String path() {
        return Grants.path(arn);
    }

    public User with(Grants changed) {
        return new User(arn, id, created, changed);
    }
}
