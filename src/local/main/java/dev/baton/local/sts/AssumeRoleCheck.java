package dev.baton.local.sts;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.service.RequestCheck;
import java.util.HashSet;
import java.util.Locale;

/// The checks of an `AssumeRole` before anybody's rights are looked at.
final class AssumeRoleCheck {
    /// Of inline and managed session policies together, in characters.
    private static final int POLICY_TEXT = 2_048;

    private static final int POLICY_ARNS = 10;

    private AssumeRoleCheck() {}

    /// @throws AwsError `ValidationError` or `InvalidParameterValue`
    static void check(AssumeRole request, Caller caller) {
        // Services name sessions after what they run, and the name of a state machine or function may be one letter.
        if (!(caller.principal() instanceof Principal.Service)) {
            RequestCheck.check("sts", "AssumeRole", request.members(), "ValidationError");
        }
        text(request);
        if (!request.roleArn().matches("arn:[a-z-]+:iam::[0-9]{12}:role/.+")) {
            throw invalid("ValidationError", request.roleArn() + " is invalid");
        }
        if (request.sourceIdentity() != null && request.sourceIdentity().startsWith("aws:")) {
            throw invalid("ValidationError", "SourceIdentity must not begin with aws:");
        }
        tags(request, caller);
    }

    /// The same for a `GetFederationToken`, whose name is the session's.
    ///
    /// @throws AwsError `ValidationError` or `InvalidParameterValue`
    static void federation(AssumeRole request, Caller caller) {
        RequestCheck.check("sts", "GetFederationToken", request.federation(), "ValidationError");
        text(request);
        tags(request, caller);
    }

    private static void text(AssumeRole request) {
        if (request.policyArns().size() > POLICY_ARNS) {
            throw invalid("ValidationError", "A session has at most " + POLICY_ARNS + " managed policies.");
        }
        int text = request.policy() == null ? 0 : request.policy().length();
        if (text + request.policyArns().stream().mapToInt(String::length).sum() > POLICY_TEXT) {
            throw invalid("ValidationError", "The session policies exceed " + POLICY_TEXT + " characters together.");
        }
    }

    private static void tags(AssumeRole request, Caller caller) {
        var keys = new HashSet<String>();
        for (var key : request.tags().keySet()) {
            if (!keys.add(key.toLowerCase(Locale.ROOT))) {
                throw invalid(
                        "InvalidParameterValue",
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw invalid("InvalidParameterValue", "Tag keys must not begin with aws:");
            }
        }
        for (var key : request.transitiveTagKeys()) {
            if (!keys.contains(key.toLowerCase(Locale.ROOT))) {
                throw invalid(
                        "InvalidParameterValue",
                        "The specified transitive tag key must be included in the requested tags.");
            }
        }
        var session = caller.session();
        if (session != null
                && session.transitiveTagKeys().stream().anyMatch(key -> keys.contains(key.toLowerCase(Locale.ROOT)))) {
            throw invalid(
                    "InvalidParameterValue",
                    "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag"
                            + " key from the calling session.");
        }
    }

    static AwsError invalid(String code, String message) {
        return new AwsError(400, code, message);
    }
}
