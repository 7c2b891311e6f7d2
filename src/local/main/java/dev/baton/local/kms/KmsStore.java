package dev.baton.local.kms;

import dev.baton.local.http.Account;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps keys and aliases over restarts.
///
/// @param file absent where they need not be kept
record KmsStore(@Nullable StoredFile file) {

    void load(Account account, Map<String, KmsKey> keys, Map<String, Keyring.Alias> aliases) {
        if (file != null) {
            file.load(kept -> load(kept, account, keys, aliases));
        }
    }

    synchronized void save(Collection<KmsKey> keys, Collection<Keyring.Alias> aliases) {
        if (file == null) {
            return;
        }
        var kept = new TreeMap<String, @Nullable Object>();
        kept.put("keys", keys.stream().map(KmsStore::json).toList());
        kept.put(
                "aliases",
                aliases.stream()
                        .map(alias -> Map.of(
                                "name", alias.name(),
                                "key", alias.key(),
                                "created", alias.created().toString(),
                                "updated", alias.updated().toString()))
                        .toList());
        file.write(kept);
    }

    private static Map<String, @Nullable Object> json(KmsKey key) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", key.id());
        json.put("created", key.created().toString());
        json.put("description", key.description());
        json.put("manager", key.manager().name());
        json.put("enabled", key.enabled());
        json.put("deletion", key.deletion() == null ? null : key.deletion().toString());
        json.put("rotated", key.rotated());
        json.put("policy", key.policy().text());
        json.put("tags", key.tags());
        json.put("spec", key.spec().name());
        json.put(
                "material",
                key.material().stream().map(Base64.getEncoder()::encodeToString).toList());
        return json;
    }

    private static void load(
            StoredJson kept, Account account, Map<String, KmsKey> keys, Map<String, Keyring.Alias> aliases) {
        for (var each : kept.objects("keys")) {
            var key = key(each, account);
            keys.put(key.id(), key);
        }
        for (var each : kept.objects("aliases")) {
            var name = each.text("name");
            aliases.put(name, new Keyring.Alias(name, each.text("key"), each.time("created"), each.time("updated")));
        }
    }

    private static KmsKey key(StoredJson json, Account account) {
        var id = json.text("id");
        return new KmsKey(
                id,
                account.arn("kms", "key/" + id),
                json.time("created"),
                json.text("description"),
                KmsKey.Manager.valueOf(json.text("manager")),
                json.flag("enabled"),
                json.timeIf("deletion"),
                json.flag("rotated"),
                Keyring.policy(json.text("policy")),
                json.map("tags"),
                KmsKeySpec.valueOf(json.has("spec") ? json.text("spec") : KmsKeySpec.SYMMETRIC_DEFAULT.name()),
                json.texts("material").stream().map(Base64.getDecoder()::decode).toList());
    }
}
