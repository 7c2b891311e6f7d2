package dev.baton.local.states.integration;

import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.AwsError;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a call failed, in the words that Step Functions has for it.
final class TaskFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable String error;

    TaskFailure(@Nullable String error, @Nullable String cause) {
        super(cause, null, false, false);
        this.error = error;
    }

    @Nullable
    String error() {
        return error;
    }

    /// What an optimised integration makes of a service's error: `Lambda.ResourceNotFoundException`.
    ///
    /// @param prefix of the error's name, such as `Lambda`
    /// @param service as the old SDK calls it, such as `AWSLambda`
    static TaskFailure optimised(String prefix, String service, AwsError e) {
        var code = exception(e.code());
        return new TaskFailure(
                prefix + "." + code,
                e.message() + " (Service: " + service + "; Status Code: " + e.status() + "; Error Code: " + code
                        + "; Request ID: " + UUID.randomUUID() + "; Proxy: null)");
    }

    static TaskFailure optimised(String prefix, String service, AccessDenied e) {
        return new TaskFailure(
                prefix + "." + service + "Exception",
                e.getMessage() + " (Service: " + service
                        + "; Status Code: 403; Error Code: AccessDeniedException; Request ID: " + UUID.randomUUID()
                        + "; Proxy: null)");
    }

    /// What an SDK integration makes of a service's error: `S3.NoSuchKeyException`.
    ///
    /// @param service as the SDK calls it, such as `S3`
    static TaskFailure sdk(String service, AwsError e) {
        return new TaskFailure(service + "." + exception(e.code()), sdkCause(e.message(), service, e.status()));
    }

    static TaskFailure sdk(String service, AccessDenied e) {
        return service.equals("S3")
                ? new TaskFailure("S3.S3Exception", sdkCause(String.valueOf(e.getMessage()), service, 403))
                : new TaskFailure(
                        service + "." + service + "Exception", sdkCause(String.valueOf(e.getMessage()), service, 400));
    }

    private static String sdkCause(String message, String service, int status) {
        var ids =
                service.equals("S3") ? ", Extended Request ID: " + UUID.randomUUID() + ")" : ") (SDK Attempt Count: 1)";
        return message + " (Service: " + service + ", Status Code: " + status + ", Request ID: " + UUID.randomUUID()
                + ids;
    }

    private static String exception(String code) {
        return code.endsWith("Exception") ? code : code + "Exception";
    }
}
