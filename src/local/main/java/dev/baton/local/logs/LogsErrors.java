package dev.baton.local.logs;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.Pagination;

/// The errors of CloudWatch Logs, in its words, and how its lists are read page by page.
final class LogsErrors {
    static final Pagination PAGES = new Pagination("limit", "nextToken", "nextToken", 50, LogsErrors::invalidToken);

    private LogsErrors() {}

    static AwsError invalid(String message) {
        return new AwsError(400, "InvalidParameterException", message);
    }

    static AwsError invalidToken() {
        return invalid("The specified nextToken is invalid.");
    }

    static AwsError noGroup() {
        return new AwsError(400, "ResourceNotFoundException", "The specified log group does not exist.");
    }

    static AwsError noStream() {
        return new AwsError(400, "ResourceNotFoundException", "The specified log stream does not exist.");
    }

    static AwsError groupExists() {
        return new AwsError(400, "ResourceAlreadyExistsException", "The specified log group already exists");
    }

    static AwsError streamExists() {
        return new AwsError(400, "ResourceAlreadyExistsException", "The specified log stream already exists");
    }

    /// The name of the group that a request means, by name or by ARN.
    static String group(ApiInput input) {
        var name = input.text("logGroupName");
        var identifier = input.text("logGroupIdentifier");
        if ((name == null) == (identifier == null)) {
            throw invalid(
                    name == null
                            ? "LogGroupName or LogGroupIdentifier must be specified."
                            : "LogGroupName and LogGroupIdentifier cannot both be specified.");
        }
        return name != null ? name : nameOf(String.valueOf(identifier));
    }

    /// @param identifier a name, or an ARN with or without `:*`
    static String nameOf(String identifier) {
        if (!identifier.startsWith("arn:")) {
            return identifier;
        }
        int at = identifier.indexOf(":log-group:");
        if (at < 0) {
            throw invalid("The specified ARN is not that of a log group: " + identifier);
        }
        var name = identifier.substring(at + ":log-group:".length());
        return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
    }
}
