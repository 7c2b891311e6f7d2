package dev.baton.local.secretsmanager;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.kms.ServiceKeys;
import dev.baton.local.secretsmanager.SecretVersion.SealedValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All secrets of the account by their names, and the keys that their values are encrypted with.
///
/// Changes are made one after another; a value is in plain text only in a request and its answer.
final class SecretVault {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int DRAWN = 6;

    private final Account account;
    private final InstantSource clock;
    private final ServiceKeys keys;
    private final @Nullable StoredFile file;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, StoredSecret> secrets = new TreeMap<>();

    /// @param file keeps them over restarts
    SecretVault(Account account, InstantSource clock, ServiceKeys keys, @Nullable StoredFile file) {
        this.account = account;
        this.clock = clock;
        this.keys = keys;
        this.file = file;
        if (file != null) {
            file.load(this::load);
        }
    }

    private void load(StoredJson content) {
        content.objects("secrets").stream().map(StoredSecret::of).forEach(secret -> secrets.put(secret.name(), secret));
    }

    synchronized void save() {
        if (file != null) {
            file.write(Map.of(
                    "secrets",
                    secrets.values().stream().map(StoredSecret::toJson).toList()));
        }
    }

    Account account() {
        return account;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    SecureRandom random() {
        return random;
    }

    /// The ARN of a name, without the six characters.
    String arn(String name) {
        return account.arn("secretsmanager", "secret:" + name);
    }

    /// An ARN for a new secret.
    String drawn(String name) {
        var arn = new StringBuilder(arn(name)).append('-');
        random.ints(DRAWN, 0, LETTERS.length()).forEach(letter -> arn.append(LETTERS.charAt(letter)));
        return arn.toString();
    }

    /// The secret of a name or of an ARN, which may lack its six characters; null where there is none.
    synchronized @Nullable StoredSecret find(String id) {
        forget();
        if (!id.startsWith("arn:")) {
            return secrets.get(id);
        }
        var own = arn("");
        if (!id.startsWith(own)) {
            return null;
        }
        var rest = id.substring(own.length());
        var hyphen = rest.length() - DRAWN - 1;
        var whole = hyphen > 0 && rest.charAt(hyphen) == '-' ? secrets.get(rest.substring(0, hyphen)) : null;
        return whole != null && whole.arn().equals(id) ? whole : secrets.get(rest);
    }

    synchronized List<StoredSecret> all() {
        forget();
        return new ArrayList<>(secrets.values());
    }

    /// Lets go of the secrets whose day has come.
    private void forget() {
        var now = clock.instant();
        if (secrets.values()
                .removeIf(secret -> secret.dates().deletion() != null
                        && !now.isBefore(secret.dates().deletion()))) {
            save();
        }
    }

    synchronized void put(StoredSecret secret) {
        secrets.put(secret.name(), secret);
    }

    /// Puts a value that nobody's rights are asked for. One that is current already stays as it is.
    synchronized void putAsOwner(String name, String value) {
        SecretErrors.checkName(name);
        var now = now();
        var there = find(name);
        if (there != null && there.isDeleted()) {
            throw SecretErrors.deleted();
        }
        var secret = there != null
                ? there
                : new StoredSecret(
                        name,
                        drawn(name),
                        "",
                        null,
                        Map.of(),
                        null,
                        List.of(),
                        null,
                        new StoredSecret.Dates(now, now, null, null, null));
        var plain = SecretValues.checked(value.getBytes(StandardCharsets.UTF_8));
        var current = secret.staged(SecretVersion.CURRENT);
        var sealed = current == null ? null : current.value();
        if (current != null && sealed != null && MessageDigest.isEqual(plain, opened(secret, current.id(), sealed))) {
            return;
        }
        var version = UUID.randomUUID().toString();
        secrets.put(
                name,
                secret.with(new SecretVersion(
                                version, now, sealed(keyArn(secret.key()), secret, version, false, plain), List.of()))
                        .staging(SecretVersion.CURRENT, version)
                        .at(dates -> dates.changedAt(now)));
        save();
    }

    synchronized void remove(StoredSecret secret) {
        secrets.remove(secret.name());
    }

    /// @throws AwsError where the secret is gone meanwhile
    synchronized StoredSecret change(StoredSecret secret, UnaryOperator<StoredSecret> change) {
        var current = secrets.get(secret.name());
        if (current == null || !current.arn().equals(secret.arn())) {
            throw SecretErrors.notFound();
        }
        var changed = change.apply(current);
        secrets.put(secret.name(), changed);
        return changed;
    }

    /// The key that is meant, which must be there.
    ///
    /// @param named null for `aws/secretsmanager`
    String keyArn(@Nullable String named) {
        try {
            return keys.arn(named);
        } catch (AwsError e) {
            throw SecretErrors.notFound("the specified KMS key. (" + e.message() + ")");
        }
    }

    private static Map<String, String> context(StoredSecret secret, String version) {
        return Map.of("SecretARN", secret.arn(), "SecretVersionId", version);
    }

    /// Encrypts a value with the secret's key, for a caller who may.
    ///
    /// @throws AwsError `AccessDeniedException` where the key is not for the caller, `EncryptionFailure`
    SealedValue seal(AwsRequest request, StoredSecret secret, String version, boolean binary, byte[] plain) {
        var key = keyArn(secret.key());
        allow(request, "kms:GenerateDataKey", key, context(secret, version), "EncryptionFailure");
        return sealed(key, secret, version, binary, plain);
    }

    private SealedValue sealed(String key, StoredSecret secret, String version, boolean binary, byte[] plain) {
        var blob = keys.seal(key, plain, context(secret, version));
        return new SealedValue(key, binary, Base64.getEncoder().encodeToString(blob));
    }

    /// @throws AwsError `AccessDeniedException` where the key is not for the caller, `DecryptionFailure`
    byte[] open(AwsRequest request, StoredSecret secret, String version, SealedValue value) {
        allow(request, "kms:Decrypt", value.key(), context(secret, version), "DecryptionFailure");
        return opened(secret, version, value);
    }

    private byte[] opened(StoredSecret secret, String version, SealedValue value) {
        return keys.open(value.key(), Base64.getDecoder().decode(value.blob()), context(secret, version));
    }

    private void allow(AwsRequest request, String action, String key, Map<String, String> context, String failure) {
        try {
            keys.require(request, action, key, context);
        } catch (AccessDenied e) {
            throw SecretErrors.denied("Access to KMS is not allowed");
        } catch (AwsError e) {
            var act = failure.startsWith("E") ? "encrypt" : "decrypt";
            throw new AwsError(
                    400,
                    failure,
                    "Secrets Manager can't " + act + " the protected secret text using the provided KMS key. "
                            + e.message());
        }
    }

    /// Secrets Manager itself, as functions that rotate are called by it.
    Caller service() {
        return Caller.service("secretsmanager.amazonaws.com", account.region());
    }
}
