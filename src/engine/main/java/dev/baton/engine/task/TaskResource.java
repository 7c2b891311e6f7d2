package dev.baton.engine.task;

import org.jspecify.annotations.Nullable;

/// What a Task state calls, read from its resource ARN.
public sealed interface TaskResource {
    /// The ARN as it stands in the state.
    String arn();

    /// An optimised (`arn:aws:states:::lambda:invoke`) or SDK (`arn:aws:states:::aws-sdk:s3:getObject`) integration.
    ///
    /// @param service `lambda`, or `aws-sdk:s3`: what the history calls the resource type
    /// @param action `invoke`, without the pattern
    /// @param pattern how the state waits
    record Integration(String arn, String service, String action, IntegrationPattern pattern) implements TaskResource {
        /// The action with its pattern: what the history calls the resource.
        public String resource() {
            return action + pattern.suffix();
        }

        public boolean isSdk() {
            return service.startsWith("aws-sdk:");
        }
    }

    /// A Lambda function by its own ARN.
    record Function(String arn) implements TaskResource {}

    /// An activity, which workers poll for.
    record Activity(String arn) implements TaskResource {}

    /// Reads a resource ARN, or nothing where it is none that Step Functions knows.
    static @Nullable TaskResource parse(String arn) {
        var parts = arn.split(":", 7);
        if (parts.length < 7 || !parts[0].equals("arn")) {
            return null;
        }
        if (parts[2].equals("lambda") && parts[5].equals("function")) {
            return new Function(arn);
        }
        if (parts[2].equals("states") && parts[5].equals("activity")) {
            return new Activity(arn);
        }
        if (!parts[2].equals("states") || !parts[3].isEmpty() || !parts[4].isEmpty()) {
            return null;
        }
        var pattern = IntegrationPattern.of(arn);
        var rest = parts[6].substring(0, parts[6].length() - pattern.suffix().length());
        var sdk = parts[5].equals("aws-sdk");
        var colon = rest.indexOf(':');
        if (sdk) {
            return colon < 0
                    ? null
                    : new Integration(arn, "aws-sdk:" + rest.substring(0, colon), rest.substring(colon + 1), pattern);
        }
        return new Integration(arn, parts[5], rest, pattern);
    }
}
