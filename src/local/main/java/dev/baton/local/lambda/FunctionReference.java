package dev.baton.local.lambda;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.Violation;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A reference to a function, as callers write it: a name, an ARN or the end of one, with or without a version.
record FunctionReference(String name, @Nullable String qualifier) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?:arn:[a-zA-Z-]+:lambda:[a-z0-9-]+:)?(?:[0-9]{12}:)?function:)?([A-Za-z0-9_-]{1,64})(?::(\\$LATEST|[A-Za-z0-9_-]+))?");

    /// The same as the API's model writes it.
    private static final String MODEL = "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1"
            + "}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";

    static FunctionReference parse(String function, @Nullable String qualifier) {
        var match = FORM.matcher(function);
        if (!match.matches()) {
            throw Violation.ofPattern(function, "functionName", MODEL).error();
        }
        var inName = match.group(2);
        if (inName != null && qualifier != null && !inName.equals(qualifier)) {
            throw new AwsError(
                    400,
                    "InvalidParameterValueException",
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
        return new FunctionReference(match.group(1), inName == null ? qualifier : inName);
    }

    String arn(Account account) {
        return account.arn("lambda", "function:" + name) + (qualifier == null ? "" : ":" + qualifier);
    }
}
