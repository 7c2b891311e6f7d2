package dev.baton.local.states.mock;

import dev.baton.asl.service.Integration;
import dev.baton.asl.service.ServiceModel;
import dev.baton.engine.task.TaskResource;
import dev.baton.name.NearestName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The resources that Step Functions can call, whatever is there on the embedded AWS.
final class MockableResources {
    private static final int OPERATIONS = 2_000;

    private MockableResources() {}

    /// How to mend a resource that can never be called; null where it can be.
    static @Nullable String unknown(String arn) {
        return switch (TaskResource.parse(arn)) {
            case null -> "write the Resource of the state, such as arn:aws:states:::athena:startQueryExecution.sync";
            case TaskResource.Integration called when called.isSdk() -> sdk(called);
            case TaskResource.Integration called -> optimised(called);
            case TaskResource.Function function -> null;
            case TaskResource.Activity activity -> null;
        };
    }

    private static @Nullable String optimised(TaskResource.Integration called) {
        var known = Integration.named(called.service() + ":" + called.action());
        if (known == null) {
            return "write the Resource of the state; what has no optimised integration is called as"
                    + " arn:aws:states:::aws-sdk:SERVICE:OPERATION";
        }
        return null;
    }

    private static @Nullable String sdk(TaskResource.Integration called) {
        var service = called.service().substring(TaskResource.SDK.length());
        var model = ServiceModel.of(service);
        if (model.isPresent() && model.get().operation(called.action()).isPresent()) {
            return null;
        }
        var operations = model.map(ServiceModel::operations).orElse(Set.of());
        return NearestName.to(called.action(), operations, OPERATIONS)
                .map(near -> "write " + near + " instead of " + called.action())
                .orElse("write the Resource of the state: service and operation as Step Functions names them");
    }
}
