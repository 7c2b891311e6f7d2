package dev.baton.local.secretsmanager;

import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.MalformedPolicy;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PublicPolicy;
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

/// The policies of secrets.
record SecretPolicies(SecretVault vault, SecretAccess access, Identities identities) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("DeleteResourcePolicy", this::delete),
                ApiOperation.reading("GetResourcePolicy", this::get),
                ApiOperation.changing("PutResourcePolicy", this::put),
                ApiOperation.reading("ValidateResourcePolicy", this::validate));
    }

    private static JsonAnswer answer(StoredSecret secret) {
        return new JsonAnswer().put("ARN", secret.arn()).put("Name", secret.name());
    }

    private Map<String, @Nullable Object> get(ApiInput input, ApiCall call) {
        var secret = access.living(input, call);
        var policy = secret.policy();
        return answer(secret)
                .putIf("ResourcePolicy", policy == null ? null : policy.text())
                .map();
    }

    private Map<String, @Nullable Object> put(ApiInput input, ApiCall call) {
        var blocks = input.flag("BlockPublicPolicy");
        var secret = access.living(
                input,
                call,
                RequestContext.builder()
                        .put("secretsmanager:BlockPublicPolicy", blocks)
                        .build());
        var policy = parse(input.require("ResourcePolicy"));
        if (blocks && PublicPolicy.isPublic(policy.text())) {
            throw new AwsError(
                    400,
                    "PublicPolicyException",
                    "The resource policy allows broad access to the secret, and BlockPublicPolicy is true.");
        }
        return answer(vault.change(secret, current -> current.permitted(policy)))
                .map();
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var secret = access.living(input, call);
        return answer(vault.change(secret, current -> current.permitted(null))).map();
    }

    /// Says what PutResourcePolicy would refuse.
    private Map<String, @Nullable Object> validate(ApiInput input, ApiCall call) {
        var id = input.text("SecretId");
        if (id == null) {
            call.require("*");
        } else {
            access.secret(input, call);
        }
        var text = input.require("ResourcePolicy");
        try {
            parse(text);
        } catch (AwsError e) {
            return failed("POLICY_SYNTAX", e.message());
        }
        return PublicPolicy.isPublic(text)
                ? failed("PUBLIC_ACCESS", "The resource policy allows broad access to the secret.")
                : JsonAnswer.of("PolicyValidationPassed", true, "ValidationErrors", List.of());
    }

    private static Map<String, @Nullable Object> failed(String check, String message) {
        return JsonAnswer.of(
                "PolicyValidationPassed",
                false,
                "ValidationErrors",
                List.of(JsonAnswer.of("CheckName", check, "ErrorMessage", message)));
    }

    private Policy parse(String text) {
        try {
            var policy = StoredSecret.policy(text);
            for (var arn : policy.namedPrincipals()) {
                if (arn.startsWith(vault.account().globalArn("iam", ""))
                        && identities.roleByArn(arn).isEmpty()
                        && identities.userByArn(arn).isEmpty()) {
                    throw SecretErrors.malformedPolicy("This resource policy contains an unsupported principal.");
                }
            }
            return policy;
        } catch (MalformedPolicy e) {
            throw SecretErrors.malformedPolicy("This resource policy contains a syntax error. " + e.getMessage());
        }
    }
}
