package dev.baton.engine.task;

import dev.baton.name.Arn;
import org.jspecify.annotations.Nullable;

/// The resource that a Task state calls, read from its ARN.
public sealed interface TaskResource {
    /// The beginning of the services of SDK integrations.
    String SDK = "aws-sdk:";

    /// The ARN as it stands in the state.
    String arn();

    /// An optimised (`arn:aws:states:::lambda:invoke`) or SDK (`arn:aws:states:::aws-sdk:s3:getObject`) integration.
    /// An SDK integration may name Region and account, as definitions do that AWS publishes.
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
            return service.startsWith(SDK);
        }
    }

    /// A Lambda function by its own ARN.
    record Function(String arn) implements TaskResource {}

    /// An activity, which workers poll for.
    record Activity(String arn) implements TaskResource {}

    /// Reads a resource ARN, or nothing where it is none that Step Functions knows.
    static @Nullable TaskResource parse(String arn) {
        var parsed = Arn.find(arn);
        if (parsed == null || parsed.resource().indexOf(':') < 0) {
            return null;
        }
        if (parsed.service().equals("lambda") && parsed.resource().startsWith("function:")) {
            return new Function(arn);
        }
        if (!parsed.service().equals("states")) {
            return null;
        }
        if (parsed.resource().startsWith("activity:")) {
            return new Activity(arn);
        }
        var isOfAnAccount = !parsed.region().isEmpty() || !parsed.account().isEmpty();
        if (isOfAnAccount && !parsed.resource().startsWith(SDK)) {
            return null;
        }
        var pattern = IntegrationPattern.of(arn);
        var called = parsed.resource()
                .substring(0, parsed.resource().length() - pattern.suffix().length());
        var colon = called.indexOf(':', called.startsWith(SDK) ? SDK.length() : 0);
        return colon < 0
                ? null
                : new Integration(arn, called.substring(0, colon), called.substring(colon + 1), pattern);
    }
}
