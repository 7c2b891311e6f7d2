package dev.baton.cli.output;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// A refusal of AWS: what AWS answers instead of what was asked for, as a finding.
public final class AwsFailure {
    private static final String SET_CREDENTIALS = "AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    /// The SDK has no exception of its own for these two.
    private static final String NO_CREDENTIALS = "Unable to load credentials";
    private static final String NOT_UNDERSTOOD = "Unable to unmarshall response";
    private static final Pattern PROFILE = Pattern.compile("ProfileCredentialsProvider\\(profileName=([^,)]+)");
    private static final Pattern ATTEMPTS = Pattern.compile(" \\(SDK Attempt Count: [0-9]+\\)");
    /// The parser's class before what it met, and after it all that it would have taken.
    private static final Pattern PARSER = Pattern.compile(
            ".*Unable to unmarshall response \\((?:[\\w.$]+: )?(.*?)(?:: (?:expected|was expecting) .*)?\\)?[. ]*");

    private AwsFailure() {}

    /// A message of the SDK as people are told it: without how often the SDK tried.
    public static String message(String sdk) {
        return ATTEMPTS.matcher(sdk).replaceAll("");
    }

    public static Diagnostic of(SdkException failure) {
        if (failure instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            return refused(refused.statusCode(), refused.awsErrorDetails());
        }
        var told = told(failure);
        if (caused(failure, SSLException.class)) {
            return noAnswer(
                    "is not trusted: " + told,
                    "have its certificate trusted: AWS_CA_BUNDLE=FILE with the certificate of who vouches for it, PEM");
        }
        if (told.startsWith(NO_CREDENTIALS)) {
            return noAnswer("was not asked, for there are no credentials" + ofProfile(told), "set " + SET_CREDENTIALS);
        }
        if (told.contains(NOT_UNDERSTOOD)) {
            return noAnswer(
                    "answers, but not as AWS does: " + PARSER.matcher(told).replaceFirst("$1"),
                    "look whether the address is that of an AWS, and not of a page, a proxy or a login before it");
        }
        return noAnswer(
                "cannot be reached: " + told, "look whether it runs, and whether this is its address and its Region");
    }

    /// What answers an error without a code is not a service of AWS.
    private static Diagnostic refused(int status, AwsErrorDetails details) {
        return details.errorCode() == null
                ? noAnswer(
                        "answers " + details.serviceName() + " with the status " + status
                                + " and without an error of AWS",
                        "look whether the address is that of an AWS, and not of a page, a proxy or a login before it")
                : Diagnostic.error(
                        "CLI011",
                        Location.named(String.valueOf(details.serviceName())),
                        details.errorCode() + (details.errorMessage() == null ? "" : ": " + details.errorMessage()),
                        "do what it says; a denied action is one that your credentials' policies do not allow");
    }

    private static Diagnostic noAnswer(String message, String remedy) {
        return Diagnostic.error("CLI012", Location.named("the endpoint"), message, remedy);
    }

    private static String ofProfile(String told) {
        var profile = PROFILE.matcher(told);
        return profile.find() ? " in the variables and the profile " + profile.group(1) : "";
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
                : message(message.lines().findFirst().orElse(""));
    }
}
