package dev.baton.local.states.integration;

import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.ServiceRefusal;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The failure of a call, in the words that Step Functions has for it.
final class TaskFailure extends Exception {
    private static final long serialVersionUID = 1;

    /// Errors that SQS answers and its model does not have.
    private static final Set<String> UNMODELLED = Set.of("InvalidParameterValue", "MissingParameter");

    private final @Nullable String error;

    TaskFailure(@Nullable String error, @Nullable String cause) {
        super(cause, null, false, false);
        this.error = error;
    }

    @Nullable
    String error() {
        return error;
    }

    /// What an optimised integration makes of a service's refusal: `Lambda.ResourceNotFoundException`.
    ///
    /// @param prefix of the error's name, such as `Lambda`
    /// @param service as the old SDK calls it, such as `AWSLambda`
    static TaskFailure optimised(String prefix, String service, ServiceRefusal refusal) {
        return switch (refusal) {
            case AwsError e ->
                optimised(prefix + "." + exception(e.code()), service, e, e.status(), exception(e.code()));
            case AccessDenied e ->
                optimised(prefix + "." + service + "Exception", service, e, 403, "AccessDeniedException");
        };
    }

    /// The same of a service whose errors have an older name, too, by which the cause tells them. One that the API's
    /// model does not have is the service's own: `SQS.AmazonSQSException`.
    static TaskFailure queryCompatible(String prefix, String service, AwsError e) {
        var older = e.headers().getOrDefault("x-amzn-query-error", e.code()).replaceFirst(";.*", "");
        var name = UNMODELLED.contains(e.code()) ? service + "Exception" : exception(e.code());
        return optimised(prefix + "." + name, service, e, e.status(), older);
    }

    /// The same for a service whose exceptions are not all called after their codes.
    ///
    /// @param exception its name; nothing for that of the code
    static TaskFailure optimised(String prefix, String service, @Nullable String exception, ServiceRefusal refusal) {
        var error = refusal.error();
        var code = refusal instanceof AccessDenied ? "AccessDeniedException" : error.code();
        return optimised(prefix + "." + (exception == null ? code : exception), service, refusal, 400, code);
    }

    /// @param exception its name; nothing for that of the code
    static TaskFailure sdk(String service, @Nullable String exception, ServiceRefusal refusal) {
        var name = exception == null ? refusal.error().code() : exception;
        return new TaskFailure(service + "." + name, sdkCause(refusal.message(), service, 400));
    }

    private static TaskFailure optimised(String error, String service, ServiceRefusal e, int status, String code) {
        return new TaskFailure(
                error,
                e.message() + " (Service: " + service + "; Status Code: " + status + "; Error Code: " + code
                        + "; Request ID: " + UUID.randomUUID() + "; Proxy: null)");
    }

    /// What an SDK integration makes of a service's refusal: `S3.NoSuchKeyException`.
    ///
    /// @param service as the SDK calls it, such as `S3`
    static TaskFailure sdk(String service, ServiceRefusal refusal) {
        return switch (refusal) {
            case AwsError e ->
                new TaskFailure(
                        service + "." + (UNMODELLED.contains(e.code()) ? service + "Exception" : exception(e.code())),
                        sdkCause(e.message(), service, e.status()));
            case AccessDenied e ->
                new TaskFailure(
                        service + "." + service + "Exception",
                        sdkCause(e.message(), service, service.equals("S3") ? 403 : 400));
        };
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
