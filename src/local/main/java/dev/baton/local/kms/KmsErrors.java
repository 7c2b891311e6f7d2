package dev.baton.local.kms;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.JsonInput;
import dev.baton.local.service.Violation;

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

    /// A number within its bounds.
    ///
    /// @param otherwise for an absent member
    static int number(JsonInput input, String name, int otherwise, int min, int max) {
        if (!(input.value(name) instanceof Number number)) {
            return otherwise;
        }
        if (number.longValue() < min || number.longValue() > max) {
            throw Violation.ofText(number, name, "have value between " + min + " and " + max)
                    .error();
        }
        return number.intValue();
    }

    static byte[] bytes(JsonInput input, String name, int max) {
        try {
            var bytes = input.bytes(name);
            if (bytes.length == 0 || bytes.length > max) {
                throw Violation.of("", name, "have length between 1 and " + max).error();
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw validation("The member " + name + " is not base64.");
        }
    }
}
