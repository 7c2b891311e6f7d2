package dev.baton.local.secretsmanager;

import dev.baton.local.secretsmanager.SecretVersion.SealedValue;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The values that requests bring, on their way into versions.
record SecretValues(SecretVault vault) {
    private static final int LONGEST = 65_536;

    boolean isGiven(ApiInput input) {
        return input.has("SecretString") || input.has("SecretBinary");
    }

    /// The bytes that a request brings.
    private static byte[] given(ApiInput input) {
        if (input.has("SecretString") && input.has("SecretBinary")) {
            throw SecretErrors.parameter(
                    "You can't specify both a binary secret value and a string secret value in the same secret.");
        }
        return checked(bytes(input));
    }

    static byte[] checked(byte[] value) {
        if (value.length == 0 || value.length > LONGEST) {
            throw SecretErrors.validation(
                    "A secret value has 1 to " + LONGEST + " bytes, but this one has " + value.length + ".");
        }
        return value;
    }

    private static byte[] bytes(ApiInput input) {
        var text = input.text("SecretString");
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(Objects.requireNonNull(input.text("SecretBinary")));
        } catch (IllegalArgumentException e) {
            throw SecretErrors.parameter("SecretBinary is not base64.");
        }
    }

    /// The secret with the request's value in a version of the token's id, with these labels. A version that has this
    /// value already stays as it is.
    ///
    /// @throws dev.baton.local.http.AwsError `ResourceExistsException` where the version has another value
    StoredSecret put(StoredSecret secret, String token, List<String> stages, ApiInput input, ApiCall call) {
        var there = secret.version(token);
        if (there != null && there.value() != null) {
            if (!isSame(secret, there, input, call)) {
                throw SecretErrors.tokenInUse(token, secret);
            }
            return secret;
        }
        var value = vault.seal(call.request(), secret, token, input.has("SecretBinary"), given(input));
        var version =
                there == null ? new SecretVersion(token, vault.now(), value, List.<String>of()) : there.holding(value);
        var changed = secret.with(version);
        for (var stage : stages) {
            changed = changed.staging(stage, token);
        }
        return changed.at(dates -> dates.changedAt(vault.now()));
    }

    boolean isSame(StoredSecret secret, SecretVersion version, ApiInput input, ApiCall call) {
        var value = version.value();
        return value != null
                && value.binary() == input.has("SecretBinary")
                && MessageDigest.isEqual(open(secret, version, value, call), given(input));
    }

    private byte[] open(StoredSecret secret, SecretVersion version, SealedValue value, ApiCall call) {
        return vault.open(call.request(), secret, version.id(), value);
    }

    /// What a version holds, for a caller who may use its key; null where it holds nothing yet.
    byte @Nullable [] open(StoredSecret secret, SecretVersion version, ApiCall call) {
        var value = version.value();
        return value == null ? null : open(secret, version, value, call);
    }

    /// The secret with all that has a label encrypted under another key.
    StoredSecret sealedAgain(StoredSecret secret, String key, ApiCall call) {
        return secret.under(key).each(version -> {
            var value = version.value();
            return value == null || version.isDeprecated()
                    ? version
                    : version.holding(vault.seal(
                            call.request(),
                            secret.under(key),
                            version.id(),
                            value.binary(),
                            open(secret, version, value, call)));
        });
    }
}
