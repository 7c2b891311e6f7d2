package dev.baton.local.secretsmanager;

import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The operations by which secrets are rotated, now and by a schedule.
record RotationActions(SecretVault vault, SecretAccess access, RotationRunner runner) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CancelRotateSecret", this::cancel),
                ApiOperation.changing(
                        "RotateSecret", this::rotate, "secretsmanager:RotateSecret", "lambda:InvokeFunction"));
    }

    private Map<String, @Nullable Object> rotate(ApiInput input, ApiCall call) {
        var given = input.text("RotationLambdaARN");
        var rules = input.objectIf("RotationRules");
        var isAtOnce = input.flag("RotateImmediately", true);
        var secret = access.living(
                input,
                call,
                RequestContext.builder()
                        .put("secretsmanager:RotationLambdaARN", given)
                        .put("secretsmanager:ModifyRotationRules", rules != null)
                        .put("secretsmanager:RotateImmediately", isAtOnce)
                        .build());
        var before = secret.rotation();
        var function = given != null ? given : before == null ? null : before.function();
        if (function == null) {
            throw SecretErrors.request("No Lambda rotation function ARN is associated with this secret.");
        }
        call.require("lambda:InvokeFunction", function, RequestContext.EMPTY);
        if (!runner.mayCall(function, secret)) {
            throw SecretErrors.denied("Secrets Manager cannot invoke the specified Lambda function. Ensure that the"
                    + " function policy grants access to the principal secretsmanager.amazonaws.com.");
        }
        var kept = rules != null
                ? RotationRules.of(rules)
                : before == null ? new RotationRules(null, null, null) : before.rules();
        var token = input.text("ClientRequestToken", UUID.randomUUID().toString());
        synchronized (vault) {
            var changed = vault.change(secret, current -> current.rotating(rotation(current, function, kept)));
            if (!isAtOnce) {
                runner.arm(changed);
                runner.test(changed, function);
                return answer(changed, null);
            }
            return begin(changed, token);
        }
    }

    private SecretRotation rotation(StoredSecret secret, String function, RotationRules rules) {
        var before = secret.rotation();
        return new SecretRotation(
                true,
                function,
                rules,
                before != null && before.rules().equals(rules) ? before.since() : vault.now(),
                before == null ? null : before.underWay());
    }

    /// A token that was seen before begins nothing.
    private Map<String, @Nullable Object> begin(StoredSecret secret, String token) {
        if (secret.version(token) != null) {
            return answer(secret, token);
        }
        var incomplete = RotationRunner.incomplete(secret);
        if (incomplete != null) {
            var rotation = secret.rotation();
            if (rotation != null && rotation.underWay() == null) {
                runner.begin(secret, incomplete.id());
            }
            throw SecretErrors.request("A previous rotation isn't complete. That rotation will be reattempted.");
        }
        runner.begin(secret, token);
        return answer(secret, token);
    }

    private Map<String, @Nullable Object> cancel(ApiInput input, ApiCall call) {
        var secret = access.living(input, call);
        var rotation = secret.rotation();
        if (rotation == null) {
            throw SecretErrors.request("No Lambda rotation function ARN is associated with this secret.");
        }
        var changed = vault.change(secret, current -> current.rotating(rotation.off()));
        runner.disarm(changed);
        var pending = RotationRunner.incomplete(changed);
        return answer(changed, pending == null ? null : pending.id());
    }

    private static Map<String, @Nullable Object> answer(StoredSecret secret, @Nullable String version) {
        return new JsonAnswer()
                .put("ARN", secret.arn())
                .put("Name", secret.name())
                .putIf("VersionId", version)
                .map();
    }
}
