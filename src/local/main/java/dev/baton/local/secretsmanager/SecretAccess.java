package dev.baton.local.secretsmanager;

import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import org.jspecify.annotations.Nullable;

/// The questions whether a caller may use a secret or change it, with Secrets Manager's condition keys. The own
/// policy of a secret may grant it.
///
/// See [Condition keys for Secrets
/// Manager](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html).
record SecretAccess(SecretVault vault) {

    /// The secret that a request is about, for a caller who may do this.
    StoredSecret secret(ApiInput input, ApiCall call) {
        return secret(input, call, RequestContext.EMPTY);
    }

    StoredSecret secret(ApiInput input, ApiCall call, RequestContext more) {
        return secret(input.require("SecretId"), call, call.right(), more);
    }

    /// @param right one of those that the operation may ask for
    StoredSecret secret(String id, ApiCall call, String right, RequestContext more) {
        var secret = vault.find(id);
        require(call, right, id, secret, more);
        if (secret == null) {
            throw SecretErrors.notFound();
        }
        return secret;
    }

    /// The same, where the secret is not on its way out.
    StoredSecret living(ApiInput input, ApiCall call, RequestContext more) {
        var secret = secret(input, call, more);
        if (secret.isDeleted()) {
            throw SecretErrors.deleted();
        }
        return secret;
    }

    StoredSecret living(ApiInput input, ApiCall call) {
        return living(input, call, RequestContext.EMPTY);
    }

    /// Of what is not there, what the request says is asked for.
    void require(ApiCall call, String right, String id, @Nullable StoredSecret secret, RequestContext more) {
        if (secret == null) {
            call.require(right, id.startsWith("arn:") ? id : vault.arn(id), more);
        } else {
            call.require(right, secret.arn(), vault.account().id(), more.or(context(secret)), secret.policy());
        }
    }

    private RequestContext context(StoredSecret secret) {
        var rotation = secret.rotation();
        return RequestContext.builder()
                .put("secretsmanager:SecretId", secret.arn())
                .put("secretsmanager:SecretPrimaryRegion", vault.account().region())
                .put("secretsmanager:resource/AllowRotationLambdaArn", rotation == null ? null : rotation.function())
                .tags("secretsmanager:ResourceTag", secret.tags())
                .tags("aws:ResourceTag", secret.tags())
                .build();
    }
}
