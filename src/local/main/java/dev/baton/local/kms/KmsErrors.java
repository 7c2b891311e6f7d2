package dev.baton.local.kms;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.Pagination;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The errors of KMS, in its words.
final class KmsErrors {
    private KmsErrors() {}

    static AwsError notFound(String message) {
        return new AwsError(400, "NotFoundException", message);
    }

    static AwsError noSuchKey(String arn) {
        return notFound("Key '" + arn + "' does not exist");
    }

    static AwsError noSuchAlias(String arn) {
        return notFound("Alias " + arn + " is not found.");
    }

    static AwsError aliasExists(String arn) {
        return new AwsError(400, "AlreadyExistsException", "An alias with the name " + arn + " already exists");
    }

    static AwsError invalidAlias(String message) {
        return new AwsError(400, "InvalidAliasNameException", message);
    }

    static AwsError validation(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    static AwsError malformedPolicy(String message) {
        return new AwsError(400, "MalformedPolicyDocumentException", message);
    }

    static AwsError disabled(String arn) {
        return new AwsError(400, "DisabledException", arn + " is disabled.");
    }

    static AwsError state(String message) {
        return new AwsError(400, "KMSInvalidStateException", message);
    }

    /// A key that can be used now, and for this.
    ///
    /// @param right such as `kms:Sign`
    static void requireUse(KmsKey key, String usage, String right) {
        if (key.deletion() != null) {
            throw state(key.arn() + " is pending deletion.");
        }
        if (!key.enabled()) {
            throw disabled(key.arn());
        }
        if (!key.spec().usage().equals(usage)) {
            throw invalidUsage(key.arn() + " key usage is " + key.spec().usage() + " which is not valid for "
                    + right.substring("kms:".length()) + ".");
        }
    }

    static AwsError invalidUsage(String message) {
        return new AwsError(400, "InvalidKeyUsageException", message);
    }

    static AwsError invalidSignature() {
        return new AwsError(400, "KMSInvalidSignatureException", "");
    }

    static AwsError invalidCiphertext() {
        return new AwsError(400, "InvalidCiphertextException", "");
    }

    static AwsError incorrectKey() {
        return new AwsError(
                400,
                "IncorrectKeyException",
                "The key ID in the request does not identify a CMK that can perform this operation.");
    }

    /// What only other kinds of keys would need.
    static AwsError unsupported(String what) {
        return new AwsError(400, "UnsupportedOperationException", "This KMS has no " + what + ".");
    }

    /// A part of a list, in the order of the names.
    ///
    /// @param usual how many items there are where the request does not say
    static <T> Map<String, @Nullable Object> page(
            ApiInput input, int usual, String list, List<T> all, Function<T, String> name, Function<T, ?> shown) {
        var pages = new Pagination(
                "Limit",
                "Marker",
                "NextMarker",
                usual,
                () -> new AwsError(400, "InvalidMarkerException", "The marker is not valid."));
        var answer = pages.answer(input, list, all, name, shown);
        answer.put("Truncated", answer.containsKey("NextMarker"));
        return answer;
    }

    static byte[] bytes(ApiInput input, String name) {
        try {
            return input.bytes(name);
        } catch (IllegalArgumentException e) {
            throw validation("The member " + name + " is not base64.");
        }
    }
}
