package dev.baton.local.kms;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Identities;
import dev.baton.local.iam.policy.MalformedPolicy;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.RequestContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The policies of keys. Nobody may put one that would lock them out.
final class KeyPolicies {
    private static final int MAX_CHARACTERS = 32_768;

    private final Keyring keys;
    private final KeyAccess access;
    private final Identities identities;

    KeyPolicies(Keyring keys, KeyAccess access, Identities identities) {
        this.keys = keys;
        this.access = access;
        this.identities = identities;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("GetKeyPolicy", (input, request) -> get(new KmsInput(input), request));
        actions.put("PutKeyPolicy", (input, request) -> put(new KmsInput(input), request));
        actions.put("ListKeyPolicies", (input, request) -> {
            key(new KmsInput(input), request, "ListKeyPolicies");
            return KeyActions.answer("PolicyNames", List.of("default"), "Truncated", false);
        });
        return actions;
    }

    private KmsKey key(KmsInput input, AwsRequest request, String action) {
        var key = KeyActions.existing(keys, input.require("KeyId"));
        access.require(request, action, key, RequestContext.EMPTY);
        return key;
    }

    private Map<String, @Nullable Object> get(KmsInput input, AwsRequest request) {
        var key = key(input, request, "GetKeyPolicy");
        return KeyActions.answer("Policy", key.policy().text(), "PolicyName", "default");
    }

    private Map<String, @Nullable Object> put(KmsInput input, AwsRequest request) {
        if (!input.text("PolicyName", "default").equals("default")) {
            throw KmsErrors.notFound("No such policy exists");
        }
        var key = KeyActions.existing(keys, input.require("KeyId"));
        var bypass = input.flag("BypassPolicyLockoutSafetyCheck");
        access.require(
                request,
                "PutKeyPolicy",
                key,
                RequestContext.builder()
                        .put("kms:BypassPolicyLockoutSafetyCheck", bypass)
                        .build());
        KeyActions.refuseAwsOwn(key);
        var policy = parse(input.require("Policy"));
        if (!bypass && !access.keepsAccess(request, key.under(policy))) {
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
