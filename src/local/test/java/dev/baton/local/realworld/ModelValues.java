package dev.baton.local.realworld;

import dev.baton.asl.service.Integration;
import dev.baton.asl.service.ServiceModel;
import dev.baton.asl.service.Shape;
import dev.baton.engine.task.TaskResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as AWS's models have them: what an operation takes, and what it answers.
final class ModelValues {
    private static final int DEPTH = 4;

    private ModelValues() {}

    /// Parameters with which an integration begins a call.
    static Map<String, @Nullable Object> parameters(TaskResource.Integration called) {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        if (called.isSdk()) {
            ServiceModel.of(called.service().substring(TaskResource.SDK.length()))
                    .flatMap(model -> model.operation(called.action()))
                    .map(ServiceModel.Operation::input)
                    .filter(Shape.Structure.class::isInstance)
                    .map(Shape.Structure.class::cast)
                    .ifPresent(input -> parameters.putAll(required(input, 0)));
        } else {
            var integration = Integration.named(called.service() + ":" + called.action());
            if (integration != null) {
                integration.required().forEach(name -> {
                    var shape = integration.input() == null
                            ? null
                            : integration.input().member(name);
                    parameters.put(name, shape == null ? "x" : value(shape, 0, true));
                });
            }
        }
        return parameters;
    }

    private static Map<String, @Nullable Object> required(Shape.Structure structure, int depth) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        structure.required().forEach(name -> {
            var shape = structure.member(name);
            if (shape != null) {
                object.put(name, value(shape, depth + 1, true));
            }
        });
        return object;
    }

    /// A value of that shape.
    ///
    /// @param bare whether structures have what is required alone
    static @Nullable Object value(Shape shape, int depth, boolean bare) {
        return switch (shape) {
            case Shape.Scalar scalar -> scalar(scalar, null);
            case Shape.Bounded bounded -> scalar(bounded.scalar(), bounded.least());
            case Shape.OneOf(var values) -> values.stream().sorted().findFirst().orElse("");
            case Shape.ListOf list -> depth > DEPTH ? List.of() : List.of(value(list.element(), depth + 1, bare));
            case Shape.MapOf map -> Map.of();
            case Shape.Structure structure -> {
                if (bare || depth > DEPTH) {
                    yield required(structure, depth);
                }
                var object = new LinkedHashMap<String, @Nullable Object>();
                structure.members().forEach(name -> {
                    var member = structure.member(name);
                    if (member != null) {
                        object.put(name, value(member, depth + 1, false));
                    }
                });
                yield object;
            }
        };
    }

    private static @Nullable Object scalar(Shape.Scalar scalar, @Nullable Number least) {
        var size = least == null ? 1 : Math.max(1, least.intValue());
        return switch (scalar) {
            case TEXT, BYTES -> "x".repeat(size);
            case TIME -> "2026-01-01T00:00:00Z";
            case INTEGER -> (Object) (long) size;
            case NUMBER -> (Object) (double) size;
            case BOOLEAN -> (Object) true;
            case ANYTHING -> Map.of();
        };
    }
}
