package dev.baton.local.kms;

import dev.baton.local.http.Account;
import dev.baton.local.internal.StoredFile;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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
        json.put(
                "material",
                key.material().stream().map(Base64.getEncoder()::encodeToString).toList());
        return json;
    }

    private static void load(
            Map<String, @Nullable Object> kept,
            Account account,
            Map<String, KmsKey> keys,
            Map<String, Keyring.Alias> aliases) {
        if (kept.get("keys") instanceof List<?> list) {
            for (var each : list) {
                var key = key((Map<?, ?>) each, account);
                keys.put(key.id(), key);
            }
        }
        if (kept.get("aliases") instanceof List<?> list) {
            for (var each : list) {
                var json = (Map<?, ?>) each;
                var name = String.valueOf(json.get("name"));
                aliases.put(
                        name,
                        new Keyring.Alias(
                                name,
                                String.valueOf(json.get("key")),
                                Instant.parse(String.valueOf(json.get("created"))),
                                Instant.parse(String.valueOf(json.get("updated")))));
            }
        }
    }

    private static KmsKey key(Map<?, ?> json, Account account) {
        var id = String.valueOf(json.get("id"));
        var tags = new LinkedHashMap<String, String>();
        if (json.get("tags") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> tags.put(String.valueOf(name), String.valueOf(value)));
        }
        var material = json.get("material") instanceof List<?> list
                ? list.stream()
                        .map(each -> Base64.getDecoder().decode(String.valueOf(each)))
                        .toList()
                : List.<byte[]>of();
        return new KmsKey(
                id,
                account.arn("kms", "key/" + id),
                Instant.parse(String.valueOf(json.get("created"))),
                String.valueOf(json.get("description")),
                KmsKey.Manager.valueOf(String.valueOf(json.get("manager"))),
                Boolean.TRUE.equals(json.get("enabled")),
                json.get("deletion") instanceof String text ? Instant.parse(text) : null,
                Boolean.TRUE.equals(json.get("rotated")),
                Keyring.policy(String.valueOf(json.get("policy"))),
                tags,
                material);
    }
}
