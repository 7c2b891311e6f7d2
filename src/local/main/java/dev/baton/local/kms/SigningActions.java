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

/// Signing and verifying, and giving away the public key.
record SigningActions(Keyring keys, KeyAccess access) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("Sign", this::sign),
                ApiOperation.reading("Verify", this::verify),
                ApiOperation.reading("GetPublicKey", this::publicKey));
    }

    /// What is signed, by what.
    ///
    /// @param digest of the message
    private record Statement(KmsKey key, SigningAlgorithm algorithm, byte[] digest) {}

    private Statement statement(ApiInput input, ApiCall call) {
        var named = input.require("SigningAlgorithm");
        var type = input.text("MessageType", "RAW");
        var key = allowed(
                input,
                call,
                RequestContext.builder().put("kms:SigningAlgorithm", named).put("kms:MessageType", type));
        KmsErrors.requireUse(key, "SIGN_VERIFY", call.right());
        var algorithm = key.spec()
                .algorithm(named)
                .orElseThrow(() -> KmsErrors.invalidUsage(
                        "Algorithm " + named + " is incompatible with key spec " + key.spec() + "."));
        return new Statement(key, algorithm, digest(algorithm, type, KmsErrors.bytes(input, "Message")));
    }

    private KmsKey allowed(ApiInput input, ApiCall call, RequestContext.Builder context) {
        var named = input.require("KeyId");
        var key = KeyActions.existing(keys, named);
        var alias = named.contains("alias/") ? named.substring(named.indexOf("alias/")) : null;
        access.require(call, key, context.put("kms:RequestAlias", alias).build());
        return key;
    }

    private static byte[] digest(SigningAlgorithm algorithm, String type, byte[] message) {
        var hash = algorithm.hash();
        return switch (type) {
            case "RAW" -> hash.digest(message);
            case "DIGEST" -> {
                if (message.length != hash.getDigestLength()) {
                    throw KmsErrors.validation("Digest is invalid length for algorithm " + algorithm + ".");
                }
                yield message;
            }
            default ->
                throw KmsErrors.validation(
                        "MessageType " + type + " is not compatible with algorithm " + algorithm + ".");
        };
    }

    private Map<String, @Nullable Object> sign(ApiInput input, ApiCall call) {
        var statement = statement(input, call);
        var signature = keys.sign(statement.key(), statement.algorithm(), statement.digest());
        return JsonAnswer.of(
                "KeyId", statement.key().arn(),
                "Signature", base64(signature),
                "SigningAlgorithm", statement.algorithm().name());
    }

    private Map<String, @Nullable Object> verify(ApiInput input, ApiCall call) {
        var statement = statement(input, call);
        var signature = KmsErrors.bytes(input, "Signature");
        if (!statement.algorithm().verifies(statement.key(), statement.digest(), signature)) {
            throw KmsErrors.invalidSignature();
        }
        return JsonAnswer.of(
                "KeyId", statement.key().arn(),
                "SignatureValid", true,
                "SigningAlgorithm", statement.algorithm().name());
    }

    private Map<String, @Nullable Object> publicKey(ApiInput input, ApiCall call) {
        var key = allowed(input, call, RequestContext.builder());
        if (!key.spec().isPair()) {
            throw KmsErrors.unsupported("public key of keys with KeySpec " + key.spec());
        }
        KmsErrors.requireUse(key, key.spec().usage(), call.right());
        return JsonAnswer.of(
                "KeyId", key.arn(),
                "PublicKey", base64(key.material().getLast()),
                "CustomerMasterKeySpec", key.spec().name(),
                "KeySpec", key.spec().name(),
                "KeyUsage", key.spec().usage(),
                "SigningAlgorithms", key.spec().algorithmNames());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
