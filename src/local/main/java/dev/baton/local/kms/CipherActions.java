package dev.baton.local.kms;

import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Encrypting, decrypting and making data keys.
record CipherActions(Keyring keys, KeyAccess access) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("Encrypt", this::encrypt),
                ApiOperation.reading("Decrypt", this::decrypt),
                ApiOperation.reading("ReEncrypt", this::reEncrypt, "kms:ReEncryptFrom", "kms:ReEncryptTo"),
                ApiOperation.reading("GenerateDataKey", this::dataKey),
                ApiOperation.reading("GenerateDataKeyWithoutPlaintext", (input, call) -> {
                    var made = dataKey(input, call);
                    made.remove("Plaintext");
                    return made;
                }),
                ApiOperation.reading("GenerateRandom", (input, call) -> {
                    access.require(call, "*");
                    var bytes = input.integer("NumberOfBytes", 32);
                    return JsonAnswer.of("Plaintext", base64(keys.random(bytes)));
                }));
    }

    private KmsKey allowed(ApiCall call, String named, Map<String, String> context) {
        return allowed(call, call.right(), named, context, null);
    }

    /// @param named as the request names it
    /// @param onSameKey whether a ciphertext stays under its key; null where nothing is encrypted again
    private KmsKey allowed(
            ApiCall call, String right, String named, Map<String, String> context, @Nullable Boolean onSameKey) {
        var key = KeyActions.existing(keys, named);
        var alias = named.contains("alias/") ? named.substring(named.indexOf("alias/")) : null;
        var more = RequestContext.builder()
                .put("kms:RequestAlias", alias)
                .put("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT")
                .put("kms:ReEncryptOnSameKey", onSameKey == null ? null : onSameKey.toString())
                .build();
        access.require(call, right, key, KeyAccess.of(context).or(more));
        KmsErrors.requireUse(key, "ENCRYPT_DECRYPT", right);
        return key;
    }

    private byte[] encrypt(KmsKey key, byte[] plain, Map<String, String> context) {
        return Ciphers.encrypt(key, keys.random(Ciphers.IV_LENGTH), plain, context);
    }

    private Map<String, @Nullable Object> encrypt(ApiInput input, ApiCall call) {
        var context = input.map("EncryptionContext");
        var key = allowed(call, input.require("KeyId"), context);
        var blob = encrypt(key, KmsErrors.bytes(input, "Plaintext"), context);
        return JsonAnswer.of(
                "CiphertextBlob", base64(blob), "KeyId", key.arn(), "EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }

    private Map<String, @Nullable Object> decrypt(ApiInput input, ApiCall call) {
        var blob = KmsErrors.bytes(input, "CiphertextBlob");
        var context = input.map("EncryptionContext");
        var key = keyOf(blob, input.text("KeyId"), call, call.right(), context, null);
        return JsonAnswer.of(
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
            ApiCall call,
            String right,
            Map<String, String> context,
            @Nullable Boolean onSameKey) {
        var id = Ciphers.keyOf(blob);
        if (id == null || keys.find(id) == null) {
            throw KmsErrors.invalidCiphertext();
        }
        var key = allowed(call, right, named == null ? id : named, context, onSameKey);
        if (!key.id().equals(id)) {
            throw KmsErrors.incorrectKey();
        }
        return key;
    }

    private Map<String, @Nullable Object> reEncrypt(ApiInput input, ApiCall call) {
        var blob = KmsErrors.bytes(input, "CiphertextBlob");
        var before = input.map("SourceEncryptionContext");
        var after = input.map("DestinationEncryptionContext");
        var destination = input.require("DestinationKeyId");
        var target = keys.find(destination);
        boolean same = target != null && target.id().equals(Ciphers.keyOf(blob));
        var from = keyOf(blob, input.text("SourceKeyId"), call, "kms:ReEncryptFrom", before, same);
        var to = allowed(call, "kms:ReEncryptTo", destination, after, same);
        return JsonAnswer.of(
                "CiphertextBlob", base64(encrypt(to, Ciphers.decrypt(from, blob, before), after)),
                "SourceKeyId", from.arn(),
                "KeyId", to.arn(),
                "SourceEncryptionAlgorithm", "SYMMETRIC_DEFAULT",
                "DestinationEncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }

    private Map<String, @Nullable Object> dataKey(ApiInput input, ApiCall call) {
        var context = input.map("EncryptionContext");
        var key = allowed(call, input.require("KeyId"), context);
        var bytes = bytes(input);
        var plain = keys.random(bytes);
        return JsonAnswer.of(
                "CiphertextBlob", base64(encrypt(key, plain, context)), "Plaintext", base64(plain), "KeyId", key.arn());
    }

    private static int bytes(ApiInput input) {
        var spec = input.text("KeySpec");
        var bytes = input.integer("NumberOfBytes", 0);
        if ((spec == null) == (bytes == 0)) {
            throw KmsErrors.validation("Please specify either number of bytes or key spec.");
        }
        return spec == null ? bytes : spec.equals("AES_256") ? 32 : 16;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
