package dev.baton.cli;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// What AWS answers instead of what was asked for, as a finding.
final class AwsFailure {
    private AwsFailure() {}

    static Diagnostic of(SdkException failure) {
        if (failure instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            var details = refused.awsErrorDetails();
            return Diagnostic.error(
                    "CLI011",
                    Location.named(String.valueOf(details.serviceName())),
                    details.errorCode() + ": " + details.errorMessage(),
                    "do what it says; a denied action is one that your credentials' policies do not allow");
        }
        if (caused(failure, SSLException.class)) {
            return Diagnostic.error(
                    "CLI012",
                    Location.named("the endpoint"),
                    "is not trusted: " + told(failure),
                    "have its certificate trusted: AWS_CA_BUNDLE=FILE with the certificate of who vouches for it, PEM");
        }
        return Diagnostic.error(
                "CLI012",
                Location.named("the endpoint"),
                "cannot be reached: " + told(failure),
                "look whether it runs and answers, and whether credentials are set: AWS_PROFILE, or"
                        + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> by) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (by.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String told(Throwable failure) {
        var message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
