package dev.baton.task.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call of a service, as [Step Functions'
/// integrations](https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html) have it.
public sealed interface ServiceCall
        permits AthenaQuery,
                BatchJob,
                DynamoDbGet,
                DynamoDbPut,
                DynamoDbUpdate,
                EmrServerlessJob,
                EventPut,
                GlueJob,
                HttpCall,
                SsmAutomation,
                SsmGetParameter,
                SsmPutParameter {

    /// The integration: `glue:startJobRun.sync`.
    String integration();

    /// What it is given. Which names there are must not depend on the parameters of the task.
    Map<String, @Nullable Object> arguments();

    /// What it is given besides that only a deployment knows, with `${Partition}`, `${Region}` and `${AccountId}`.
    default Map<String, @Nullable Object> deployed() {
        return Map.of();
    }

    /// What it needs to be allowed to do, and nothing more.
    List<ServiceRight> rights();

    /// The logical prefixes whose objects the service reads with the rights of the call.
    default List<String> reads() {
        return List.of();
    }

    /// The rule through which EventBridge tells Step Functions of the end, where the integration has one.
    default Optional<String> managedRule() {
        return Optional.empty();
    }

    /// The partition key, a text, of the one item of a table that it is about, where that is known.
    default Optional<String> leadingKey() {
        return Optional.empty();
    }

    /// How the end is found out where Step Functions does not hear of it.
    default Optional<StatusPoll> polling() {
        return Optional.empty();
    }

    /// Whether it is made with the role of executions, since the integration is documented for no other.
    default boolean byExecutions() {
        return false;
    }

    /// Names that stand in ARNs and arguments: no wildcard, no variable.
    static String requireName(String what, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9 _./-]{0,254}")) {
            throw new IllegalArgumentException(what + " has letters, digits, and -_./ and blanks, but was " + name);
        }
        return name;
    }
}
