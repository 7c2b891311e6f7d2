package dev.baton.local.states;

import dev.baton.local.iam.policy.RequestContext;
import dev.baton.name.Arn;
import java.util.List;

/// An ARN of Step Functions, taken apart.
///
/// @param type `stateMachine`, `execution`, `express`, `activity` or `mapRun`
/// @param parts what follows the type: name, and for some version, alias, execution or run
record StatesArn(String text, String type, List<String> parts) {

    /// @throws dev.baton.local.http.AwsError `InvalidArn` when it is none of Step Functions'
    static StatesArn parse(String text) {
        if (!text.startsWith("arn:")) {
            throw StatesErrors.invalidArn("Invalid ARN prefix: " + text);
        }
        var arn = Arn.find(text);
        if (arn == null || !arn.service().equals("states") || arn.resource().indexOf(':') < 0) {
            throw StatesErrors.invalidArn("Invalid ARN: " + text);
        }
        var fields = arn.path();
        return new StatesArn(text, fields.getFirst(), fields.subList(1, fields.size()));
    }

    /// @throws dev.baton.local.http.AwsError `InvalidArn` when it is the ARN of something else
    static StatesArn parse(String text, String... types) {
        var arn = parse(text);
        if (!List.of(types).contains(arn.type())) {
            throw StatesErrors.invalidArn("Resource type not valid in this context: " + arn.type());
        }
        return arn;
    }

    /// What stands behind the name, or nothing.
    String qualifier() {
        return parts.size() > 1 ? parts.get(1) : "";
    }

    /// The machine's ARN without version or alias.
    String unqualified() {
        return parts.size() > 1 ? Arn.beforeLast(text) : text;
    }

    /// A version or an alias is not a resource of its own: policies name the machine, and what stands behind its name
    /// is the key `states:StateMachineQualifier`. See
    /// [Authorization for versions and
    /// aliases](https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html).
    RequestContext keys() {
        return qualifier().isEmpty()
                ? RequestContext.EMPTY
                : RequestContext.builder()
                        .put("states:StateMachineQualifier", qualifier())
                        .build();
    }
}
