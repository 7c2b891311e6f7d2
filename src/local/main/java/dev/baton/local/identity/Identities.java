package dev.baton.local.identity;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.Principal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The roles, users, managed policies and identity providers of the account.
///
/// Everything in it is a value; a change puts another value in its place and moves [#generation], which tells caches
/// that what they hold may be old. Names are unique without regard to case, as in IAM.
public final class Identities {
    static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

    private final Account account;
    private final Clock clock;
    private final UniqueIds ids;
    private final AccessKeys keys;
    private final Map<String, Role> roles = new TreeMap<>();
    private final Map<String, User> users = new TreeMap<>();
    private final Map<String, ManagedPolicy> policies = new TreeMap<>();
    private final AwsManagedPolicies ofAws = new AwsManagedPolicies();
    private final Map<String, OidcProvider> providers = new TreeMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile long generation;
    private int changing;
    private boolean unsaved;

    public Identities(Account account, Clock clock) {
        this(account, clock, new UniqueIds(new SecureRandom()));
    }

    public Identities(Account account, Clock clock, UniqueIds ids) {
        this.account = account;
        this.clock = clock;
        this.ids = ids;
        this.keys = new AccessKeys(clock);
    }

    /// The identities that a folder keeps; what changes is on disk when the change returns.
    public static Identities in(Path folder, Account account, Clock clock) throws IOException {
        var identities = new Identities(account, clock);
        var file = new IdentityFile(folder);
        file.load(identities);
        identities.onChange(() -> file.save(identities));
        return identities;
    }

    public Account account() {
        return account;
    }

    public Clock clock() {
        return clock;
    }

    public UniqueIds ids() {
        return ids;
    }

    public AccessKeys keys() {
        return keys;
    }

    /// Grows with every change of anything here.
    public long generation() {
        return generation;
    }

    /// A user with all rights, for whoever runs the embedded AWS, with the key that it shall have. The same user and
    /// key again where they are there already.
    public synchronized AccessKey administrator(String name, String accessKeyId, String secretAccessKey) {
        var arn = account.globalArn("iam", "user/" + name);
        var user = user(name).orElseGet(() -> {
            var made = new User(arn, ids.id("AIDA"), clock.instant(), Grants.NONE.withAttached(ADMINISTRATOR));
            add(made);
            return made;
        });
        var credentials = new AccessKey(
                accessKeyId, secretAccessKey, null, new Caller(new Principal.User(user.arn()), user.id(), null));
        keys.addForNow(credentials);
        changed();
        return credentials;
    }

    /// Makes a role or gives the one that is there the same trust, for whoever sets up an account without the wire.
    ///
    /// @param path such as `/` or `/baton/weather/`
    /// @throws IllegalArgumentException where there is a role of that name under another path
    public synchronized Role role(String path, String name, String trustPolicy) {
        var trust = Policy.parse(PolicyKind.TRUST, "trust policy of role " + name, trustPolicy);
        var arn = account.globalArn("iam", "role" + path + name);
        var known = role(name).orElse(null);
        if (known != null && !known.arn().equals(arn)) {
            throw new IllegalArgumentException("there is " + known.arn() + " already, which is not " + arn);
        }
        var role = known == null
                ? new Role(arn, ids.id("AROA"), clock.instant(), "", 3_600, trust, Grants.NONE)
                : known.withTrust(trust);
        put(role);
        return role;
    }

    /// Puts an inline policy of a role, for whoever sets up an account without the wire.
    public synchronized void putRolePolicy(String role, String name, String json) {
        var policy = Policy.parse(PolicyKind.IDENTITY, "inline policy " + name + " of role " + role, json);
        var found = role(role).orElseThrow(() -> new IllegalArgumentException("there is no role " + role));
        put(found.with(found.grants().withInline(name, policy)));
    }

    /// Makes an identity provider of an issuer, or gives the one that is there these audiences.
    ///
    /// @param url `https://…`; `http://` on loopback only
    public synchronized OidcProvider provider(String url, List<String> clientIds) {
        var arn = account.globalArn("iam", "oidc-provider/" + url.substring(url.indexOf("://") + 3));
        var provider = new OidcProvider(arn, url, clientIds, List.of(), clock.instant(), new TreeMap<>());
        put(provider);
        return provider;
    }

    public synchronized Optional<Role> role(String name) {
        return Optional.ofNullable(roles.get(fold(name)))
                .filter(role -> role.name().equals(name));
    }

    public synchronized Optional<Role> roleByArn(String arn) {
        return Optional.ofNullable(roles.get(fold(Grants.name(arn))))
                .filter(role -> role.arn().equals(arn));
    }

    public synchronized Optional<User> user(String name) {
        return Optional.ofNullable(users.get(fold(name)))
                .filter(user -> user.name().equals(name));
    }

    public synchronized Optional<User> userByArn(String arn) {
        return Optional.ofNullable(users.get(fold(Grants.name(arn))))
                .filter(user -> user.arn().equals(arn));
    }

    /// A policy of the account's own or one that AWS manages.
    public synchronized Optional<ManagedPolicy> policy(String arn) {
        var own = Optional.ofNullable(policies.get(arn));
        return own.isPresent() ? own : ofAws.find(arn);
    }

    public synchronized Optional<OidcProvider> provider(String arn) {
        return Optional.ofNullable(providers.get(arn));
    }

    public synchronized List<Role> roles() {
        return List.copyOf(roles.values());
    }

    public synchronized List<User> users() {
        return List.copyOf(users.values());
    }

    /// The account's own.
    public synchronized List<ManagedPolicy> policies() {
        return List.copyOf(policies.values());
    }

    /// Those that AWS manages.
    public List<ManagedPolicy> policiesOfAws() {
        return ofAws.all();
    }

    public synchronized List<OidcProvider> providers() {
        return List.copyOf(providers.values());
    }

    /// @return false where the name is taken
    public synchronized boolean add(Role role) {
        return roles.putIfAbsent(fold(role.name()), role) == null && changed();
    }

    public synchronized boolean add(User user) {
        return users.putIfAbsent(fold(user.name()), user) == null && changed();
    }

    public synchronized boolean add(ManagedPolicy policy) {
        boolean taken =
                policies.values().stream().anyMatch(each -> fold(each.name()).equals(fold(policy.name())));
        return !taken && policies.putIfAbsent(policy.arn(), policy) == null && changed();
    }

    public synchronized boolean add(OidcProvider provider) {
        return providers.putIfAbsent(provider.arn(), provider) == null && changed();
    }

    public synchronized void put(Role role) {
        if (!role.equals(roles.put(fold(role.name()), role))) {
            changed();
        }
    }

    public synchronized void put(User user) {
        if (!user.equals(users.put(fold(user.name()), user))) {
            changed();
        }
    }

    public synchronized void put(ManagedPolicy policy) {
        if (!policy.equals(policies.put(policy.arn(), policy))) {
            changed();
        }
    }

    public synchronized void put(OidcProvider provider) {
        if (!provider.equals(providers.put(provider.arn(), provider))) {
            changed();
        }
    }

    public synchronized void removeRole(String name) {
        var removed = roles.remove(fold(name));
        if (removed != null) {
            forget(removed.arn(), removed.id());
        }
        changed();
    }

    public synchronized void removeUser(String name) {
        var removed = users.remove(fold(name));
        if (removed != null) {
            forget(removed.arn(), removed.id());
        }
        changed();
    }

    /// A trust policy means the very role or user that it named: once that is gone, its id stands there instead, and
    /// another of the same name is not trusted.
    private void forget(String arn, String id) {
        roles.replaceAll((name, role) -> role.trust().namedPrincipals().contains(arn)
                ? role.withTrust(Policy.parse(
                        PolicyKind.TRUST,
                        role.trust().name(),
                        role.trust().text().replace('"' + arn + '"', '"' + id + '"')))
                : role);
    }

    public synchronized void removePolicy(String arn) {
        policies.remove(arn);
        changed();
    }

    public synchronized void removeProvider(String arn) {
        providers.remove(arn);
        changed();
    }

    /// Runs a change that reads before it writes, or many, with nobody in between; what is kept on disk is written
    /// once, at the end.
    public synchronized <T extends @Nullable Object> T atomically(Supplier<T> change) {
        changing++;
        try {
            return change.get();
        } finally {
            changing--;
            if (changing == 0 && unsaved) {
                save();
            }
        }
    }

    /// Calls back after every change.
    synchronized void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public synchronized boolean changed() {
        generation++;
        unsaved = true;
        if (changing == 0) {
            save();
        }
        return true;
    }

    private void save() {
        unsaved = false;
        listeners.forEach(Runnable::run);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
