package dev.baton.local.kms;

import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.MalformedPolicy;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Identities;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The policies of keys. Nobody may put one that would lock them out.
record KeyPolicies(Keyring keys, KeyAccess access, Identities identities) {
    private static final int MAX_CHARACTERS = 32_768;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("GetKeyPolicy", this::get),
                ApiOperation.changing("PutKeyPolicy", this::put),
                ApiOperation.reading("ListKeyPolicies", (input, call) -> {
                    KeyActions.key(keys, access, input, call);
                    return JsonAnswer.of("PolicyNames", List.of("default"), "Truncated", false);
                }));
    }

    private Map<String, @Nullable Object> get(ApiInput input, ApiCall call) {
        var key = KeyActions.key(keys, access, input, call);
        return JsonAnswer.of("Policy", key.policy().text(), "PolicyName", "default");
    }

    private Map<String, @Nullable Object> put(ApiInput input, ApiCall call) {
        if (!input.text("PolicyName", "default").equals("default")) {
            throw KmsErrors.notFound("No such policy exists");
        }
        var key = KeyActions.existing(keys, input.require("KeyId"));
        var bypass = input.flag("BypassPolicyLockoutSafetyCheck");
        access.require(
                call,
                key,
                RequestContext.builder()
                        .put("kms:BypassPolicyLockoutSafetyCheck", bypass)
                        .build());
        KeyActions.refuseAwsOwn(key);
        var policy = parse(input.require("Policy"));
        if (!bypass && !access.keepsAccess(call, key.under(policy))) {
            throw lockedOut();
        }
        keys.change(key, current -> current.under(policy));
        return Map.of();
    }

    /// @throws AwsError `MalformedPolicyDocumentException`
    Policy parse(String json) {
        if (json.isEmpty() || json.length() > MAX_CHARACTERS) {
            throw KmsErrors.validation(
                    "A key policy has 1 to " + MAX_CHARACTERS + " characters, but this one has " + json.length());
        }
        try {
            var policy = Keyring.policy(json);
            for (var arn : policy.namedPrincipals()) {
                if (arn.startsWith(keys.account().globalArn("iam", ""))
                        && identities.roleByArn(arn).isEmpty()
                        && identities.userByArn(arn).isEmpty()) {
                    throw KmsErrors.malformedPolicy("Policy contains a statement with one or more invalid principals.");
                }
            }
            return policy;
        } catch (MalformedPolicy e) {
            throw KmsErrors.malformedPolicy(String.valueOf(e.getMessage()));
        }
    }

    static AwsError lockedOut() {
        return KmsErrors.malformedPolicy(
                "The new key policy will not allow you to update the key policy in the future.");
    }
}
