package dev.baton.local.kms;

import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import dev.baton.local.service.Violation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Making keys, looking at them and letting them go.
record KeyActions(Keyring keys, KeyAccess access, KeyPolicies policies) {
    private static final int LEAST_DAYS = 7;
    private static final int MOST_DAYS = 30;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateKey", this::create, "kms:CreateKey", "kms:TagResource"),
                ApiOperation.reading(
                        "DescribeKey", (input, call) -> JsonAnswer.of("KeyMetadata", metadata(key(input, call)))),
                ApiOperation.reading("ListKeys", this::list),
                changing("EnableKey", (key, input) -> usable(key).enabled(true)),
                changing("DisableKey", (key, input) -> usable(key).enabled(false)),
                changing("UpdateKeyDescription", (key, input) -> key.described(input.require("Description"))),
                changing(
                        "EnableKeyRotation",
                        (key, input) -> rotatable(usable(key)).rotated(true)),
                changing(
                        "DisableKeyRotation",
                        (key, input) -> rotatable(usable(key)).rotated(false)),
                ApiOperation.reading(
                        "GetKeyRotationStatus",
                        (input, call) -> JsonAnswer.of(
                                "KeyRotationEnabled",
                                rotatable(key(input, call)).rotated())),
                ApiOperation.changing("ScheduleKeyDeletion", this::schedule),
                ApiOperation.changing("CancelKeyDeletion", this::cancel),
                ApiOperation.changing("TagResource", this::tag),
                ApiOperation.changing("UntagResource", this::untag),
                ApiOperation.reading(
                        "ListResourceTags",
                        (input, call) ->
                                JsonAnswer.of("Tags", tags(key(input, call).tags()), "Truncated", false)));
    }

    /// A change of a key.
    private interface Change {
        KmsKey of(KmsKey key, ApiInput input);
    }

    private ApiOperation<JsonAction> changing(String name, Change change) {
        return ApiOperation.changing(name, (input, call) -> {
            var key = key(input, call);
            refuseAwsOwn(key);
            keys.change(key, current -> change.of(current, input));
            return Map.of();
        });
    }

    static void refuseAwsOwn(KmsKey key) {
        switch (key.manager()) {
            case AWS ->
                throw new AwsError(400, "AccessDeniedException", "AWS managed keys cannot be changed: " + key.arn());
            case CUSTOMER -> {}
        }
    }

    private static KmsKey usable(KmsKey key) {
        if (key.deletion() != null) {
            throw KmsErrors.state(key.arn() + " is pending deletion.");
        }
        return key;
    }

    private static KmsKey rotatable(KmsKey key) {
        if (key.spec().isPair()) {
            throw KmsErrors.unsupported("rotation of keys with KeySpec " + key.spec());
        }
        return key;
    }

    /// The key that a request is about, on which the caller may do this.
    static KmsKey key(Keyring keys, KeyAccess access, ApiInput input, ApiCall call) {
        var key = existing(keys, input.require("KeyId"));
        access.require(call, key, RequestContext.EMPTY);
        return key;
    }

    private KmsKey key(ApiInput input, ApiCall call) {
        return key(keys, access, input, call);
    }

    static KmsKey existing(Keyring keys, String named) {
        var key = keys.find(named);
        if (key != null) {
            return key;
        }
        if (named.contains("alias/")) {
            throw KmsErrors.noSuchAlias(named.startsWith("arn:") ? named : keys.arn(named));
        }
        if (!named.startsWith("arn:") && !named.matches("[0-9a-f-]{36}")) {
            throw KmsErrors.notFound("Invalid keyId '" + named + "'");
        }
        throw KmsErrors.noSuchKey(named.startsWith("arn:") ? named : keys.arn("key/" + named));
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var tags = input.pairs("Tags", "TagKey", "TagValue");
        // The second is the name of old.
        var spec = input.text("KeySpec", input.text("CustomerMasterKeySpec", KmsKeySpec.SYMMETRIC_DEFAULT.name()));
        var context = RequestContext.builder()
                .put("kms:KeySpec", spec)
                .put("kms:KeyUsage", input.text("KeyUsage", "ENCRYPT_DECRYPT"))
                .put("kms:BypassPolicyLockoutSafetyCheck", input.flag("BypassPolicyLockoutSafetyCheck"))
                .requestTags(tags);
        access.require(call, call.right(), "*", context.build());
        if (!tags.isEmpty()) {
            access.require(call, "kms:TagResource", "*", context.build());
        }
        var made = spec(input, spec);
        refuse(input, "Origin", "AWS_KMS");
        if (input.flag("MultiRegion")) {
            throw KmsErrors.unsupported("multi-Region keys");
        }
        var text = input.text("Policy");
        var policy = text == null ? null : policies.parse(text);
        var key = keys.create(input.text("Description", ""), policy, tags, made);
        if (!input.flag("BypassPolicyLockoutSafetyCheck") && !access.keepsAccess(call, key)) {
            keys.remove(key);
            throw KeyPolicies.lockedOut();
        }
        return JsonAnswer.of("KeyMetadata", metadata(key));
    }

    private static KmsKeySpec spec(ApiInput input, String named) {
        if (input.text("KeySpec") != null && input.text("CustomerMasterKeySpec") != null) {
            throw KmsErrors.validation("You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                    + "CustomerMasterKeySpec is deprecated.");
        }
        var spec = KmsKeySpec.find(named).orElseThrow(() -> KmsErrors.unsupported("keys with KeySpec " + named));
        var usage = input.text("KeyUsage", "ENCRYPT_DECRYPT");
        if (!usage.equals(spec.usage())) {
            if (spec.isRsa() && usage.equals("ENCRYPT_DECRYPT") && input.text("KeyUsage") != null) {
                throw KmsErrors.unsupported("keys with KeySpec " + spec + " and KeyUsage " + usage);
            }
            throw KmsErrors.validation(
                    input.text("KeyUsage") == null
                            ? "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys."
                            : "KeyUsage " + usage + " is not compatible with KeySpec " + spec);
        }
        return spec;
    }

    private static void refuse(ApiInput input, String member, String only) {
        var given = input.text(member, only);
        if (!given.equals(only)) {
            throw KmsErrors.unsupported("keys with " + member + " " + given);
        }
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        access.require(call, "*");
        return KmsErrors.page(
                input,
                100,
                "Keys",
                List.copyOf(keys.all()),
                KmsKey::id,
                key -> JsonAnswer.of("KeyId", key.id(), "KeyArn", key.arn()));
    }

    private Map<String, @Nullable Object> schedule(ApiInput input, ApiCall call) {
        var days = input.integer("PendingWindowInDays", 30);
        // Narrower than the API's model has it.
        if (days < LEAST_DAYS || days > MOST_DAYS) {
            throw Violation.ofText(days, "pendingWindowInDays", "have value between 7 and 30")
                    .error();
        }
        var key = existing(keys, input.require("KeyId"));
        access.require(
                call,
                key,
                RequestContext.builder()
                        .put("kms:ScheduleKeyDeletionPendingWindowInDays", String.valueOf(days))
                        .build());
        refuseAwsOwn(key);
        var at = keys.now().plus(Duration.ofDays(days));
        keys.change(key, current -> usable(current).deletedAt(at));
        return JsonAnswer.of(
                "KeyId",
                key.arn(),
                "DeletionDate",
                JsonAnswer.seconds(at),
                "KeyState",
                "PendingDeletion",
                "PendingWindowInDays",
                (long) days);
    }

    private Map<String, @Nullable Object> cancel(ApiInput input, ApiCall call) {
        var key = key(input, call);
        if (key.deletion() == null) {
            throw KmsErrors.state(key.arn() + " is not pending deletion.");
        }
        keys.change(key, current -> current.deletedAt(null));
        return JsonAnswer.of("KeyId", key.arn());
    }

    private Map<String, @Nullable Object> tag(ApiInput input, ApiCall call) {
        var key = existing(keys, input.require("KeyId"));
        var tags = input.pairs("Tags", "TagKey", "TagValue");
        access.require(
                call,
                key,
                RequestContext.builder()
                        .tags("aws:RequestTag", tags)
                        .put("aws:TagKeys", List.copyOf(tags.keySet()))
                        .build());
        refuseAwsOwn(key);
        keys.change(key, current -> {
            var all = new LinkedHashMap<>(current.tags());
            all.putAll(tags);
            return current.tagged(all);
        });
        return Map.of();
    }

    private Map<String, @Nullable Object> untag(ApiInput input, ApiCall call) {
        var key = existing(keys, input.require("KeyId"));
        var names = input.texts("TagKeys");
        access.require(
                call, key, RequestContext.builder().put("aws:TagKeys", names).build());
        refuseAwsOwn(key);
        keys.change(key, current -> {
            var left = new LinkedHashMap<>(current.tags());
            names.forEach(left::remove);
            return current.tagged(left);
        });
        return Map.of();
    }

    private Map<String, @Nullable Object> metadata(KmsKey key) {
        var metadata = JsonAnswer.of("AWSAccountId", keys.account().id());
        metadata.put("KeyId", key.id());
        metadata.put("Arn", key.arn());
        metadata.put("CreationDate", JsonAnswer.seconds(key.created()));
        metadata.put("Enabled", key.enabled());
        metadata.put("Description", key.description());
        metadata.put("KeyUsage", key.spec().usage());
        metadata.put("KeyState", key.state());
        if (key.deletion() != null) {
            metadata.put("DeletionDate", JsonAnswer.seconds(key.deletion()));
        }
        metadata.put("Origin", "AWS_KMS");
        metadata.put("KeyManager", key.manager().name());
        metadata.put("CustomerMasterKeySpec", key.spec().name());
        metadata.put("KeySpec", key.spec().name());
        if (key.spec().isPair()) {
            metadata.put("SigningAlgorithms", key.spec().algorithmNames());
        } else {
            metadata.put("EncryptionAlgorithms", List.of("SYMMETRIC_DEFAULT"));
        }
        metadata.put("MultiRegion", false);
        return metadata;
    }

    private static List<Map<String, @Nullable Object>> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> JsonAnswer.of("TagKey", tag.getKey(), "TagValue", tag.getValue()))
                .toList();
    }
}
