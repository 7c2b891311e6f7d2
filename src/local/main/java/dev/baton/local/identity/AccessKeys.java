package dev.baton.local.identity;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.CredentialStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All access keys, in memory. Those of sessions are forgotten a day after they expired.
public final class AccessKeys implements CredentialStore {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int SWEEP_EVERY = 1_000;

    private final Clock clock;
    private final Map<String, AccessKey> byId = new ConcurrentHashMap<>();
    private final Map<String, Instant> created = new ConcurrentHashMap<>();
    private final Set<String> forNow = ConcurrentHashMap.newKeySet();
    private volatile int sweepAt = SWEEP_EVERY;

    public AccessKeys(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<AccessKey> find(String accessKeyId) {
        return Optional.ofNullable(byId.get(accessKeyId));
    }

    /// All that were given out and are still known, those of sessions among them.
    public Collection<AccessKey> all() {
        return List.copyOf(byId.values());
    }

    @Override
    public void add(AccessKey credentials) {
        byId.put(credentials.accessKeyId(), credentials);
        if (byId.size() >= sweepAt) {
            sweep(clock.instant().minus(KEPT));
            sweepAt = byId.size() + SWEEP_EVERY;
        }
    }

    /// Adds a user's key that was made at a time.
    public void add(AccessKey credentials, Instant time) {
        created.put(credentials.accessKeyId(), time);
        add(credentials);
    }

    /// When a user's key was made.
    public Instant created(String accessKeyId) {
        return created.getOrDefault(accessKeyId, Instant.EPOCH);
    }

    /// Adds a user's key that is not kept beyond this process.
    void addForNow(AccessKey credentials) {
        forNow.add(credentials.accessKeyId());
        add(credentials, clock.instant());
    }

    /// The keys of users that are to be kept.
    Collection<AccessKey> kept() {
        return ofUsers().stream()
                .filter(each -> !forNow.contains(each.accessKeyId()))
                .toList();
    }

    @Override
    public void remove(String accessKeyId) {
        byId.remove(accessKeyId);
        created.remove(accessKeyId);
    }

    /// The keys of users, whose credentials have no session.
    private Collection<AccessKey> ofUsers() {
        return byId.values().stream()
                .filter(each -> each.caller().session() == null)
                .toList();
    }

    public List<AccessKey> of(String userArn) {
        return ofUsers().stream()
                .filter(each -> each.caller().arn().equals(userArn))
                .sorted((a, b) -> a.accessKeyId().compareTo(b.accessKeyId()))
                .toList();
    }

    private void sweep(Instant before) {
        byId.values().removeIf(each -> {
            var session = each.caller().session();
            return session != null && session.expiresAt().isBefore(before);
        });
    }
}
