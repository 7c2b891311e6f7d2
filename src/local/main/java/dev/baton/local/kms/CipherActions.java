package dev.baton.local.kms;

import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.policy.RequestContext;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Encrypting, decrypting and making data keys.
final class CipherActions {
    private static final int MAX_PLAIN = 4_096;
    private static final int MAX_BLOB = 6_144;
    private static final int MAX_DATA_KEY = 1_024;
    private static final int IV_LENGTH = 12;

    private final Keyring keys;
    private final KeyAccess access;

    CipherActions(Keyring keys, KeyAccess access) {
        this.keys = keys;
        this.access = access;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("Encrypt", (input, request) -> encrypt(new KmsInput(input), request));
        actions.put("Decrypt", (input, request) -> decrypt(new KmsInput(input), request));
        actions.put("ReEncrypt", (input, request) -> reEncrypt(new KmsInput(input), request));
        actions.put("GenerateDataKey", (input, request) -> dataKey(new KmsInput(input), request, "GenerateDataKey"));
        actions.put("GenerateDataKeyWithoutPlaintext", (input, request) -> {
            var made = dataKey(new KmsInput(input), request, "GenerateDataKeyWithoutPlaintext");
            made.remove("Plaintext");
            return made;
        });
        actions.put("GenerateRandom", (input, request) -> {
            access.require(request, "GenerateRandom", "*", RequestContext.EMPTY);
            var bytes = new KmsInput(input).number("NumberOfBytes", 32, 1, MAX_DATA_KEY);
            return KeyActions.answer("Plaintext", base64(keys.random(bytes)));
        });
        return actions;
    }

    private KmsKey allowed(AwsRequest request, String action, String named, Map<String, String> context) {
        return allowed(request, action, named, context, null);
    }

    /// @param named as the request names it
    /// @param onSameKey whether a ciphertext stays under its key; null where nothing is encrypted again
    private KmsKey allowed(
            AwsRequest request, String action, String named, Map<String, String> context, @Nullable Boolean onSameKey) {
        var key = KeyActions.existing(keys, named);
        var alias = named.contains("alias/") ? named.substring(named.indexOf("alias/")) : null;
        var more = RequestContext.builder()
                .put("kms:RequestAlias", alias)
                .put("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT")
                .put("kms:ReEncryptOnSameKey", onSameKey == null ? null : onSameKey.toString())
                .build();
        access.require(request, action, key, KeyAccess.of(context).or(more));
        if (key.deletion() != null) {
            throw KmsErrors.state(key.arn() + " is pending deletion.");
        }
        if (!key.enabled()) {
            throw KmsErrors.disabled(key.arn());
        }
        return key;
    }

    private byte[] encrypt(KmsKey key, byte[] plain, Map<String, String> context) {
        return Ciphers.encrypt(key, keys.random(IV_LENGTH), plain, context);
    }

    private Map<String, @Nullable Object> encrypt(KmsInput input, AwsRequest request) {
        var context = input.texts("EncryptionContext");
        var key = allowed(request, "Encrypt", input.require("KeyId"), context);
        var blob = encrypt(key, input.bytes("Plaintext", MAX_PLAIN), context);
        return KeyActions.answer(
                "CiphertextBlob", base64(blob), "KeyId", key.arn(), "EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }

    private Map<String, @Nullable Object> decrypt(KmsInput input, AwsRequest request) {
        var blob = input.bytes("CiphertextBlob", MAX_BLOB);
        var context = input.texts("EncryptionContext");
        var key = keyOf(blob, input.text("KeyId"), request, "Decrypt", context, null);
        return KeyActions.answer(
                "Plaintext",
                base64(Ciphers.decrypt(key, blob, context)),
                "KeyId",
                key.arn(),
                "EncryptionAlgorithm",
                "SYMMETRIC_DEFAULT");
    }

    private KmsKey keyOf(
            byte[] blob,
            @Nullable String named,
            AwsRequest request,
            String action,
            Map<String, String> context,
            @Nullable Boolean onSameKey) {
        var id = Ciphers.keyOf(blob);
        if (id == null || keys.find(id) == null) {
            throw KmsErrors.invalidCiphertext();
        }
        var key = allowed(request, action, named == null ? id : named, context, onSameKey);
        if (!key.id().equals(id)) {
            throw KmsErrors.incorrectKey();
        }
        return key;
    }

    private Map<String, @Nullable Object> reEncrypt(KmsInput input, AwsRequest request) {
        var blob = input.bytes("CiphertextBlob", MAX_BLOB);
        var before = input.texts("SourceEncryptionContext");
        var after = input.texts("DestinationEncryptionContext");
        var destination = input.require("DestinationKeyId");
        var target = keys.find(destination);
        boolean same = target != null && target.id().equals(Ciphers.keyOf(blob));
        var from = keyOf(blob, input.text("SourceKeyId"), request, "ReEncryptFrom", before, same);
        var to = allowed(request, "ReEncryptTo", destination, after, same);
        return KeyActions.answer(
                "CiphertextBlob", base64(encrypt(to, Ciphers.decrypt(from, blob, before), after)),
                "SourceKeyId", from.arn(),
                "KeyId", to.arn(),
                "SourceEncryptionAlgorithm", "SYMMETRIC_DEFAULT",
                "DestinationEncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }

    private Map<String, @Nullable Object> dataKey(KmsInput input, AwsRequest request, String action) {
        var context = input.texts("EncryptionContext");
        var key = allowed(request, action, input.require("KeyId"), context);
        var bytes = bytes(input);
        var plain = keys.random(bytes);
        return KeyActions.answer(
                "CiphertextBlob", base64(encrypt(key, plain, context)), "Plaintext", base64(plain), "KeyId", key.arn());
    }

    private static int bytes(KmsInput input) {
        var spec = input.text("KeySpec");
        var bytes = input.number("NumberOfBytes", 0, 1, MAX_DATA_KEY);
        if ((spec == null) == (bytes == 0)) {
            throw KmsErrors.validation("Please specify either number of bytes or key spec.");
        }
        return switch (spec) {
            case null -> bytes;
            case "AES_256" -> 32;
            case "AES_128" -> 16;
            default ->
                throw KmsErrors.validation("1 validation error detected: Value '" + spec
                        + "' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: "
                        + "[AES_256, AES_128]");
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
