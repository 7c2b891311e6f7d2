package dev.baton.local.identity;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static void load(StoredJson state, Identities into) {
        state.objects("policies").forEach(item -> into.add(policy(item)));
        state.objects("roles").forEach(item -> into.add(role(item)));
        state.objects("users").forEach(item -> into.add(user(item)));
        state.objects("providers").forEach(item -> into.add(provider(item)));
        for (var item : state.objects("keys")) {
            into.userByArn(item.text("user")).ifPresent(user -> {
                var owner = new Caller(new Principal.User(user.arn()), user.id(), null);
                into.keys()
                        .add(
                                new AccessKey(item.text("id"), item.text("secret"), null, owner),
                                item.has("created") ? item.time("created") : user.created());
            });
        }
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

    private static Role role(StoredJson item) {
        var arn = item.text("arn");
        return new Role(
                arn,
                item.text("id"),
                item.time("created"),
                item.text("description"),
                item.integer("maxSessionSeconds"),
                Policy.parse(PolicyKind.TRUST, "trust policy of role " + Grants.name(arn), item.text("trust")),
                grants(item.object("grants"), "role " + Grants.name(arn)));
    }

    private static Map<String, Object> json(User user) {
        var item = new LinkedHashMap<String, Object>();
        item.put("arn", user.arn());
        item.put("id", user.id());
        item.put("created", user.created().toString());
        item.put("grants", json(user.grants()));
        return item;
    }

    private static User user(StoredJson item) {
        var arn = item.text("arn");
        return new User(
                arn, item.text("id"), item.time("created"), grants(item.object("grants"), "user " + Grants.name(arn)));
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

    private static Grants grants(StoredJson item, String of) {
        var inline = new TreeMap<String, Policy>();
        item.map("inline")
                .forEach((name, json) -> inline.put(
                        name, Policy.parse(PolicyKind.IDENTITY, "inline policy " + name + " of " + of, json)));
        return new Grants(
                inline,
                new TreeSet<>(item.texts("attached")),
                item.textIf("boundary"),
                new TreeMap<>(item.map("tags")));
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

    private static ManagedPolicy policy(StoredJson item) {
        var arn = item.text("arn");
        var versions = new TreeMap<Integer, ManagedPolicy.Version>();
        for (var version : item.objects("versions")) {
            var document =
                    Policy.parse(PolicyKind.IDENTITY, "managed policy " + Grants.name(arn), version.text("document"));
            versions.put(version.integer("number"), new ManagedPolicy.Version(document, version.time("created")));
        }
        return new ManagedPolicy(
                arn,
                item.text("id"),
                item.time("created"),
                item.text("description"),
                versions,
                item.integer("current"),
                item.integer("latest"),
                new TreeMap<>(item.map("tags")));
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

    private static OidcProvider provider(StoredJson item) {
        return new OidcProvider(
                item.text("arn"),
                item.text("url"),
                item.texts("clientIds"),
                item.texts("thumbprints"),
                item.time("created"),
                new TreeMap<>(item.map("tags")));
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
}
