package dev.baton.local.secretsmanager;

import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The operations that make secrets, change them and let them go.
record SecretActions(SecretVault vault, SecretAccess access, SecretValues values, RotationRunner rotations) {
    private static final int LEAST_DAYS = 7;
    private static final int MOST_DAYS = 30;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing(
                        "CreateSecret",
                        this::create,
                        "secretsmanager:CreateSecret",
                        "secretsmanager:TagResource",
                        "kms:GenerateDataKey",
                        "kms:Decrypt"),
                ApiOperation.changing("DeleteSecret", this::delete),
                ApiOperation.reading("DescribeSecret", (input, call) -> described(access.secret(input, call), true)),
                ApiOperation.changing("RestoreSecret", this::restore),
                ApiOperation.changing("TagResource", this::tag),
                ApiOperation.changing("UntagResource", this::untag),
                ApiOperation.changing(
                        "UpdateSecret",
                        this::update,
                        "secretsmanager:UpdateSecret",
                        "kms:GenerateDataKey",
                        "kms:Decrypt"));
    }

    private RequestContext.Builder given(ApiInput input) {
        var key = input.text("KmsKeyId");
        return RequestContext.builder()
                .put("secretsmanager:Description", input.text("Description"))
                .put("secretsmanager:KmsKeyId", key)
                .put("secretsmanager:KmsKeyArn", key == null ? null : keyArnIfThere(key));
    }

    private @Nullable String keyArnIfThere(String key) {
        try {
            return vault.keyArn(key);
        } catch (AwsError e) {
            return null;
        }
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = input.require("Name");
        var tags = input.pairs("Tags", "Key", "Value");
        var arn = vault.drawn(name);
        var context = given(input)
                .put("secretsmanager:Name", name)
                .put("secretsmanager:SecretPrimaryRegion", vault.account().region())
                .requestTags(tags)
                .build();
        call.require(arn, context);
        if (!tags.isEmpty()) {
            call.require("secretsmanager:TagResource", arn, context);
        }
        SecretErrors.checkName(name);
        var key = input.text("KmsKeyId");
        vault.keyArn(key);
        var token = input.text("ClientRequestToken", UUID.randomUUID().toString());
        synchronized (vault) {
            var there = vault.find(name);
            if (there != null) {
                return again(there, token, input, call);
            }
            var now = vault.now();
            var secret = new StoredSecret(
                    name,
                    arn,
                    input.text("Description", ""),
                    key,
                    tags,
                    null,
                    List.of(),
                    null,
                    new StoredSecret.Dates(now, now, null, null, null));
            if (values.isGiven(input)) {
                secret = values.put(secret, token, List.of(SecretVersion.CURRENT), input, call);
            }
            vault.put(secret);
            return answer(secret, secret.versions().isEmpty() ? null : token);
        }
    }

    /// The request that made the secret is answered as the first time.
    private Map<String, @Nullable Object> again(StoredSecret there, String token, ApiInput input, ApiCall call) {
        if (there.isDeleted()) {
            throw SecretErrors.request("You can't create this secret because a secret with this name is already"
                    + " scheduled for deletion.");
        }
        var version = there.version(token);
        if (version == null || !values.isGiven(input) || !values.isSame(there, version, input, call)) {
            throw SecretErrors.exists("The operation failed because the secret " + there.name() + " already exists.");
        }
        return answer(there, token);
    }

    private static Map<String, @Nullable Object> answer(StoredSecret secret, @Nullable String version) {
        return new JsonAnswer()
                .put("ARN", secret.arn())
                .put("Name", secret.name())
                .putIf("VersionId", version)
                .map();
    }

    private Map<String, @Nullable Object> update(ApiInput input, ApiCall call) {
        var secret = access.living(input, call, given(input).build());
        var token = input.text("ClientRequestToken", UUID.randomUUID().toString());
        var key = input.text("KmsKeyId");
        if (key != null) {
            vault.keyArn(key);
        }
        synchronized (vault) {
            var changed = vault.change(secret, current -> {
                var next = key == null ? current : values.sealedAgain(current, key, call);
                if (input.has("Description")) {
                    next = next.described(input.text("Description", ""));
                }
                if (values.isGiven(input)) {
                    next = values.put(next, token, List.of(SecretVersion.CURRENT), input, call);
                }
                return next.at(dates -> dates.changedAt(vault.now()));
            });
            return answer(changed, values.isGiven(input) ? token : null);
        }
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var id = input.require("SecretId");
        var days = input.integer("RecoveryWindowInDays");
        var atOnce = input.flag("ForceDeleteWithoutRecovery");
        var secret = vault.find(id);
        access.require(
                call,
                call.right(),
                id,
                secret,
                RequestContext.builder()
                        .put("secretsmanager:RecoveryWindowInDays", days == null ? null : days.toString())
                        .put("secretsmanager:ForceDeleteWithoutRecovery", atOnce)
                        .build());
        if (days != null && atOnce) {
            throw SecretErrors.parameter(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        if (days != null && (days < LEAST_DAYS || days > MOST_DAYS)) {
            throw SecretErrors.parameter("RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        if (atOnce) {
            return deleteNow(id, secret);
        }
        if (secret == null) {
            throw SecretErrors.notFound();
        }
        if (secret.isDeleted()) {
            throw SecretErrors.request("You can't perform this operation on the secret because it was already"
                    + " scheduled for deletion.");
        }
        var at = vault.now().plus(Duration.ofDays(days == null ? MOST_DAYS : days));
        var changed = vault.change(secret, current -> current.at(dates -> dates.deletedAt(at)));
        rotations.arm(changed);
        return gone(changed.arn(), changed.name(), at);
    }

    /// One that is not there is as good as deleted.
    private Map<String, @Nullable Object> deleteNow(String id, @Nullable StoredSecret secret) {
        if (secret == null) {
            return gone(id.startsWith("arn:") ? id : vault.drawn(id), id, vault.now());
        }
        vault.remove(secret);
        rotations.disarm(secret);
        return gone(secret.arn(), secret.name(), vault.now());
    }

    private static Map<String, @Nullable Object> gone(String arn, String name, Instant at) {
        return JsonAnswer.of("ARN", arn, "Name", name, "DeletionDate", JsonAnswer.seconds(at));
    }

    private Map<String, @Nullable Object> restore(ApiInput input, ApiCall call) {
        var secret = access.secret(input, call);
        var restored = vault.change(secret, current -> current.at(dates -> dates.deletedAt(null)));
        rotations.arm(restored);
        return answer(secret, null);
    }

    private Map<String, @Nullable Object> tag(ApiInput input, ApiCall call) {
        var tags = input.pairs("Tags", "Key", "Value");
        var secret = access.living(
                input, call, RequestContext.builder().requestTags(tags).build());
        vault.change(secret, current -> {
            var all = new LinkedHashMap<>(current.tags());
            all.putAll(tags);
            return current.tagged(all);
        });
        return Map.of();
    }

    private Map<String, @Nullable Object> untag(ApiInput input, ApiCall call) {
        var names = input.texts("TagKeys");
        var secret = access.living(
                input, call, RequestContext.builder().put("aws:TagKeys", names).build());
        vault.change(secret, current -> {
            var left = new LinkedHashMap<>(current.tags());
            names.forEach(left::remove);
            return current.tagged(left);
        });
        return Map.of();
    }

    /// A secret without its values.
    ///
    /// @param alone whether it stands for itself and not in a list
    static Map<String, @Nullable Object> described(StoredSecret secret, boolean alone) {
        var json = new JsonAnswer()
                .put("ARN", secret.arn())
                .put("Name", secret.name())
                .putIf("Description", secret.description().isEmpty() ? null : secret.description())
                .putIf("KmsKeyId", secret.key());
        var rotation = secret.rotation();
        if (rotation != null) {
            json.put("RotationEnabled", rotation.enabled())
                    .put("RotationLambdaARN", rotation.function())
                    .put("RotationRules", rotation.rules().toJson())
                    .time("NextRotationDate", rotation.next());
        }
        var dates = secret.dates();
        json.time("LastRotatedDate", dates.rotated())
                .time("LastChangedDate", dates.changed())
                .time("LastAccessedDate", dates.accessed())
                .time("DeletedDate", dates.deletion())
                .time("CreatedDate", dates.created())
                .put(
                        "Tags",
                        new TreeMap<>(secret.tags())
                                .entrySet().stream()
                                        .map(tag -> JsonAnswer.of("Key", tag.getKey(), "Value", tag.getValue()))
                                        .toList());
        var stages = new LinkedHashMap<String, @Nullable Object>();
        secret.versions().stream()
                .filter(version -> !version.isDeprecated())
                .forEach(version -> stages.put(version.id(), List.copyOf(version.stages())));
        if (!stages.isEmpty()) {
            json.put(alone ? "VersionIdsToStages" : "SecretVersionsToStages", stages);
        }
        return json.map();
    }
}
