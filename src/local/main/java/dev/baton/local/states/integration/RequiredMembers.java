package dev.baton.local.states.integration;

import dev.baton.asl.service.ServiceModel;
import dev.baton.asl.service.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The check that the SDK makes before it calls a service: whatever the operation requires is there, and no part of an
/// address is empty. Without it a `GetObject` without a key would become another operation, the listing of a bucket.
final class RequiredMembers {
    private RequiredMembers() {}

    /// @param service as the resource has it, such as `s3`
    /// @param sdkName as the SDK calls it, such as `S3`
    /// @throws TaskFailure `S3.SdkClientException`, and the like of other services
    static void check(String service, String sdkName, String action, Map<String, @Nullable Object> parameters)
            throws TaskFailure {
        var input = ServiceModel.of(service)
                .flatMap(model -> model.operation(action))
                .map(ServiceModel.Operation::input)
                .orElse(null);
        if (!(input instanceof Shape.Structure structure)) {
            return;
        }
        for (var name : structure.required()) {
            var value = value(parameters, name);
            if (value == null) {
                throw refused(sdkName, "Parameter '" + name + "' must not be null");
            }
            var shape = structure.member(name);
            if (value instanceof String text && text.isEmpty() && shape != null && shape.isText()) {
                throw refused(sdkName, name + " cannot be empty.");
            }
        }
    }

    private static @Nullable Object value(Map<String, @Nullable Object> parameters, String name) {
        var exact = parameters.get(name);
        if (exact != null) {
            return exact;
        }
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getKey().equalsIgnoreCase(name) && parameter.getValue() != null)
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    private static TaskFailure refused(String sdkName, String message) {
        return new TaskFailure(
                sdkName + ".SdkClientException",
                message + " (Service: " + sdkName + ", Status Code: 0, Request ID: null)");
    }
}
