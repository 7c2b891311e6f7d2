package dev.baton.local.states;

import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.AwsError;
import dev.baton.local.kms.ServiceKeys;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The keys of KMS under which state machines are: who makes one and who reads what it holds has to have leave for its
/// key, with the machine's ARN as the encryption context. The state is kept as everything else here, under no key.
///
/// See [Data at rest encryption in Step
/// Functions](https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html).
final class MachineKeys {
    /// Under AWS's own key, which nobody is asked leave for.
    static final Map<String, @Nullable Object> OWNED = JsonAnswer.of("type", "AWS_OWNED_KEY");

    private static final String CUSTOMER_MANAGED = "CUSTOMER_MANAGED_KMS_KEY";
    private static final String CONTEXT = "aws:states:stateMachineArn";
    private static final long REUSE_SECONDS = 300;
    private static final int BAD_REQUEST = 400;

    private final AtomicReference<@Nullable ServiceKeys> kms = new AtomicReference<>();

    void use(ServiceKeys keys) {
        kms.set(keys);
    }

    /// What a request asks for, for a caller who may use the key that it names.
    ///
    /// @throws AwsError `InvalidEncryptionConfiguration`, `KmsAccessDeniedException`, `KmsInvalidStateException`
    Map<String, @Nullable Object> of(@Nullable ApiInput given, String machineArn, ApiCall call) {
        if (given == null) {
            return OWNED;
        }
        var key = given.text("kmsKeyId");
        var reuse = given.value("kmsDataKeyReusePeriodSeconds");
        if (!CUSTOMER_MANAGED.equals(given.text("type"))) {
            if (key != null || reuse != null) {
                throw StatesErrors.invalidEncryption(
                        "kmsKeyId and kmsDataKeyReusePeriodSeconds can only be set with " + CUSTOMER_MANAGED);
            }
            return OWNED;
        }
        if (key == null) {
            throw StatesErrors.invalidEncryption("kmsKeyId is required with " + CUSTOMER_MANAGED);
        }
        var keys = kms.get();
        if (keys == null) {
            throw StatesErrors.invalidEncryption("there is no KMS here");
        }
        String arn;
        try {
            arn = keys.arn(key);
        } catch (AwsError e) {
            throw StatesErrors.invalidEncryption(e.message());
        }
        require(keys, "kms:DescribeKey", arn, Map.of(), call);
        require(keys, "kms:GenerateDataKey", arn, Map.of(CONTEXT, machineArn), call);
        return JsonAnswer.of(
                "type",
                CUSTOMER_MANAGED,
                "kmsKeyId",
                key,
                "kmsDataKeyReusePeriodSeconds",
                reuse instanceof Long seconds ? seconds : REUSE_SECONDS);
    }

    /// Lets a caller read what a machine under a key holds, or says why not.
    ///
    /// @param encryption as [#of] has it
    /// @throws AwsError `KmsAccessDeniedException`, `KmsInvalidStateException`
    void requireDecrypt(Map<String, @Nullable Object> encryption, String machineArn, ApiCall call) {
        var keys = kms.get();
        if (keys != null && encryption.get("kmsKeyId") instanceof String key) {
            String arn;
            try {
                arn = keys.arn(key);
            } catch (AwsError e) {
                throw new AwsError(BAD_REQUEST, "KmsInvalidStateException", e.message());
            }
            require(keys, "kms:Decrypt", arn, Map.of(CONTEXT, machineArn), call);
        }
    }

    private static void require(
            ServiceKeys keys, String action, String arn, Map<String, String> context, ApiCall call) {
        try {
            keys.require(call.request(), action, arn, context);
        } catch (AccessDenied e) {
            throw new AwsError(BAD_REQUEST, "KmsAccessDeniedException", String.valueOf(e.getMessage()));
        } catch (AwsError e) {
            throw new AwsError(BAD_REQUEST, "KmsInvalidStateException", e.message());
        }
    }
}
