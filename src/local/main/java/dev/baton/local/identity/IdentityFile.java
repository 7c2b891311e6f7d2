package dev.baton.local.identity;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.internal.StoredFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Keeps identities in one file: read at the start, written whole after every change, never half.
///
/// Sessions are not kept: whoever held one asks again after a restart. The file holds the users' secret keys, so only
/// its owner may read it.
final class IdentityFile {
    private final StoredFile file;

    IdentityFile(Path folder) {
        this.file = new StoredFile(folder.resolve("identities.json"));
    }

    void load(Identities into) {
        file.load(state -> load(state, into));
    }

    private static void load(Map<String, @Nullable Object> state, Identities into) {
        each(state, "policies", item -> into.add(policy(item)));
        each(state, "roles", item -> into.add(role(item)));
        each(state, "users", item -> into.add(user(item)));
        each(state, "providers", item -> into.add(provider(item)));
        each(
                state,
                "keys",
                item -> into.userByArn(text(item, "user"))
                        .ifPresent(user -> into.keys()
                                .add(
                                        new AccessKey(
                                                text(item, "id"),
                                                text(item, "secret"),
                                                null,
                                                new Caller(new Principal.User(user.arn()), user.id(), null)),
                                        item.containsKey("created")
                                                ? Instant.parse(text(item, "created"))
                                                : user.created())));
    }

    void save(Identities from) {
        var state = new LinkedHashMap<String, @Nullable Object>();
        state.put("policies", from.policies().stream().map(IdentityFile::json).toList());
        state.put("roles", from.roles().stream().map(IdentityFile::json).toList());
        state.put("users", from.users().stream().map(IdentityFile::json).toList());
        state.put("providers", from.providers().stream().map(IdentityFile::json).toList());
        state.put(
                "keys",
                from.keys().kept().stream()
                        .map(key -> json(key, from.keys().created(key.accessKeyId())))
                        .toList());
        file.write(state);
    }

    private static Map<String, Object> json(Role role) {
        var item = new LinkedHashMap<String, Object>();
        item.put("arn", role.arn());
        item.put("id", role.id());
        item.put("created", role.created().toString());
        item.put("description", role.description());
        item.put("maxSessionSeconds", (long) role.maxSessionSeconds());
        item.put("trust", role.trust().text());
        item.put("grants", json(role.grants()));
        return item;
    }

    private static Role role(Map<String, Object> item) {
        var arn = text(item, "arn");
        return new Role(
                arn,
                text(item, "id"),
                Instant.parse(text(item, "created")),
                text(item, "description"),
                number(item, "maxSessionSeconds"),
                Policy.parse(PolicyKind.TRUST, "trust policy of role " + Grants.name(arn), text(item, "trust")),
                grants(object(item.get("grants")), "role " + Grants.name(arn)));
    }

    private static Map<String, Object> json(User user) {
        var item = new LinkedHashMap<String, Object>();
        item.put("arn", user.arn());
        item.put("id", user.id());
        item.put("created", user.created().toString());
        item.put("grants", json(user.grants()));
        return item;
    }

    private static User user(Map<String, Object> item) {
        var arn = text(item, "arn");
        return new User(
                arn,
                text(item, "id"),
                Instant.parse(text(item, "created")),
                grants(object(item.get("grants")), "user " + Grants.name(arn)));
    }

    private static Map<String, Object> json(Grants grants) {
        var inline = new TreeMap<String, Object>();
        grants.inline().forEach((name, policy) -> inline.put(name, policy.text()));
        var item = new LinkedHashMap<String, Object>();
        item.put("inline", inline);
        item.put("attached", List.copyOf(grants.attached()));
        if (grants.boundary() != null) {
            item.put("boundary", grants.boundary());
        }
        item.put("tags", grants.tags());
        return item;
    }

    private static Grants grants(Map<String, Object> item, String of) {
        var inline = new TreeMap<String, Policy>();
        object(item.get("inline"))
                .forEach((name, json) -> inline.put(
                        name, Policy.parse(PolicyKind.IDENTITY, "inline policy " + name + " of " + of, (String) json)));
        return new Grants(
                inline,
                new TreeSet<>(texts(item, "attached")),
                (String) item.get("boundary"),
                new TreeMap<>(tags(item)));
    }

    private static Map<String, Object> json(ManagedPolicy policy) {
        var versions = new ArrayList<Object>();
        policy.versions()
                .forEach((number, version) -> versions.add(Map.of(
                        "number", (long) number,
                        "created", version.created().toString(),
                        "document", version.policy().text())));
        var item = new LinkedHashMap<String, Object>();
        item.put("arn", policy.arn());
        item.put("id", policy.id());
        item.put("created", policy.created().toString());
        item.put("description", policy.description());
        item.put("versions", versions);
        item.put("current", (long) policy.current());
        item.put("latest", (long) policy.latest());
        item.put("tags", policy.tags());
        return item;
    }

    private static ManagedPolicy policy(Map<String, Object> item) {
        var arn = text(item, "arn");
        var versions = new TreeMap<Integer, ManagedPolicy.Version>();
        each(
                item,
                "versions",
                version -> versions.put(
                        number(version, "number"),
                        new ManagedPolicy.Version(
                                Policy.parse(
                                        PolicyKind.IDENTITY,
                                        "managed policy " + Grants.name(arn),
                                        text(version, "document")),
                                Instant.parse(text(version, "created")))));
        return new ManagedPolicy(
                arn,
                text(item, "id"),
                Instant.parse(text(item, "created")),
                text(item, "description"),
                versions,
                number(item, "current"),
                number(item, "latest"),
                new TreeMap<>(tags(item)));
    }

    private static Map<String, Object> json(OidcProvider provider) {
        var item = new LinkedHashMap<String, Object>();
        item.put("arn", provider.arn());
        item.put("url", provider.url());
        item.put("clientIds", provider.clientIds());
        item.put("thumbprints", provider.thumbprints());
        item.put("created", provider.created().toString());
        item.put("tags", provider.tags());
        return item;
    }

    private static OidcProvider provider(Map<String, Object> item) {
        return new OidcProvider(
                text(item, "arn"),
                text(item, "url"),
                texts(item, "clientIds"),
                texts(item, "thumbprints"),
                Instant.parse(text(item, "created")),
                new TreeMap<>(tags(item)));
    }

    private static Map<String, Object> json(AccessKey key, Instant created) {
        return Map.of(
                "id",
                key.accessKeyId(),
                "secret",
                key.secretAccessKey(),
                "user",
                key.caller().arn(),
                "created",
                created.toString());
    }

    private interface Taker {
        void take(Map<String, Object> item);
    }

    private static void each(Map<String, ? extends @Nullable Object> state, String name, Taker taker) {
        for (var item : state.get(name) instanceof List<?> list ? list : List.of()) {
            taker.take(object(item));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private static String text(Map<String, Object> item, String name) {
        return (String) Objects.requireNonNull(item.get(name), name);
    }

    private static int number(Map<String, Object> item, String name) {
        return Math.toIntExact((Long) Objects.requireNonNull(item.get(name), name));
    }

    private static List<String> texts(Map<String, Object> item, String name) {
        return ((List<?>) Objects.requireNonNull(item.get(name), name))
                .stream().map(String.class::cast).toList();
    }

    private static Map<String, String> tags(Map<String, Object> item) {
        var tags = new TreeMap<String, String>();
        object(item.get("tags")).forEach((key, value) -> tags.put(key, (String) value));
        return tags;
    }
}
