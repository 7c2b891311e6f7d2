package dev.baton.local.kms;

import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All keys of the account and the aliases that name them.
final class Keyring {
    private static final int KEY_BYTES = 32;

    private final Account account;
    private final Clock clock;
    private final KmsStore store;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, KmsKey> keys = new ConcurrentSkipListMap<>();
    private final SortedMap<String, Alias> aliases = new ConcurrentSkipListMap<>();

    /// A name for a key.
    ///
    /// @param name such as `alias/lake`
    /// @param key the key's id
    record Alias(String name, String key, Instant created, Instant updated) {}

    Keyring(Account account, Clock clock, KmsStore store) {
        this.account = account;
        this.clock = clock;
        this.store = store;
        store.load(account, keys, aliases);
    }

    /// Keeps all keys over restarts: after each operation that changes one, and where one changes by itself.
    void save() {
        store.save(keys.values(), aliases.values());
    }

    Account account() {
        return account;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    String arn(String resource) {
        return account.arn("kms", resource);
    }

    /// A new key of the account's.
    ///
    /// @param policy absent for the default one, which leaves the decision to the account's policies
    KmsKey create(String description, @Nullable Policy policy, Map<String, String> tags, KmsKeySpec spec) {
        return add(description, KmsKey.Manager.CUSTOMER, policy == null ? defaultPolicy() : policy, tags, spec);
    }

    private KmsKey add(
            String description, KmsKey.Manager manager, Policy policy, Map<String, String> tags, KmsKeySpec spec) {
        var id = UUID.randomUUID().toString();
        var key = new KmsKey(
                id,
                arn("key/" + id),
                now(),
                description,
                manager,
                true,
                null,
                false,
                policy,
                tags,
                spec,
                spec.isPair() ? spec.pair(random) : List.of(random(KEY_BYTES)));
        keys.put(id, key);
        return key;
    }

    /// Takes back what nobody was told of yet.
    void remove(KmsKey key) {
        keys.remove(key.id());
    }

    byte[] random(int bytes) {
        var content = new byte[bytes];
        random.nextBytes(content);
        return content;
    }

    byte[] sign(KmsKey key, SigningAlgorithm algorithm, byte[] digest) {
        return algorithm.sign(key, digest, random);
    }

    List<KmsKey> all() {
        forget();
        return List.copyOf(keys.values());
    }

    /// The key under an id, a key's ARN, the name of an alias or the ARN of one.
    ///
    /// @return null where there is none
    @Nullable
    KmsKey find(String named) {
        var local = local(named);
        if (local == null) {
            return null;
        }
        for (var managed : ManagedKey.values()) {
            if (local.equals(managed.alias())) {
                return managed(managed);
            }
        }
        var alias = aliases.get(local);
        var key = keys.get(alias == null ? local : alias.key());
        if (key != null && key.deletion() != null && !clock.instant().isBefore(key.deletion())) {
            forget();
            return null;
        }
        return key;
    }

    /// An id or the name of an alias; null for an ARN of somewhere else.
    private @Nullable String local(String named) {
        if (!named.startsWith("arn:")) {
            return named;
        }
        var own = arn("");
        if (!named.startsWith(own)) {
            return null;
        }
        var resource = named.substring(own.length());
        return resource.startsWith("key/") ? resource.substring("key/".length()) : resource;
    }

    private @Nullable KmsKey managed(ManagedKey managed) {
        synchronized (aliases) {
            var alias = managed.alias();
            var known = aliases.get(alias);
            if (known != null) {
                return keys.get(known.key());
            }
            var key = add(
                    managed.description(),
                    KmsKey.Manager.AWS,
                    managed.policy(account),
                    Map.of(),
                    KmsKeySpec.SYMMETRIC_DEFAULT);
            aliases.put(alias, new Alias(alias, key.id(), key.created(), key.created()));
            save();
            return key;
        }
    }

    KmsKey change(KmsKey key, UnaryOperator<KmsKey> change) {
        var changed = keys.computeIfPresent(key.id(), (id, current) -> change.apply(current));
        if (changed == null) {
            throw KmsErrors.noSuchKey(key.arn());
        }
        return changed;
    }

    @Nullable
    Alias alias(String name) {
        return aliases.get(name);
    }

    List<Alias> aliases() {
        forget();
        return List.copyOf(aliases.values());
    }

    List<String> aliasesOf(KmsKey key) {
        return aliases.values().stream()
                .filter(alias -> alias.key().equals(key.id()))
                .map(Alias::name)
                .toList();
    }

    void name(String alias, KmsKey key) {
        var now = now();
        aliases.merge(
                alias,
                new Alias(alias, key.id(), now, now),
                (old, given) -> new Alias(alias, key.id(), old.created(), now));
    }

    void unname(String alias) {
        aliases.remove(alias);
    }

    /// Lets go of the keys whose day has come.
    private void forget() {
        var now = clock.instant();
        var gone = keys.values().removeIf(key -> key.deletion() != null && !now.isBefore(key.deletion()));
        if (gone) {
            aliases.values().removeIf(alias -> !keys.containsKey(alias.key()));
            save();
        }
    }

    Policy defaultPolicy() {
        return policy("""
                {"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions",\
                "Effect":"Allow","Principal":{"AWS":"%s"},"Action":"kms:*","Resource":"*"}]}""".formatted(account.globalArn("iam", "root")));
    }

    static Policy policy(String json) {
        return Policy.parse(PolicyKind.RESOURCE, "key policy", json);
    }
}
