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
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        var context = context(secret, version);
        allow(request, "kms:GenerateDataKey", key, context, "EncryptionFailure");
        return new SealedValue(key, binary, Base64.getEncoder().encodeToString(keys.seal(key, plain, context)));
    }

    /// @throws AwsError `AccessDeniedException` where the key is not for the caller, `DecryptionFailure`
    byte[] open(AwsRequest request, StoredSecret secret, String version, SealedValue value) {
        var context = context(secret, version);
        allow(request, "kms:Decrypt", value.key(), context, "DecryptionFailure");
        return keys.open(value.key(), Base64.getDecoder().decode(value.blob()), context);
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
