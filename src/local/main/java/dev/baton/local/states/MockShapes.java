package dev.baton.local.states;

import dev.baton.engine.task.TaskResource;
import dev.baton.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the answers of services look like, as far as the embedded AWS knows: mocked results are held against it.
///
/// The shapes stand in `mock-shapes.json`. A shape is a type (`string`, `number`, `boolean`, `any`), the name of
/// another shape, or an object with `members` and `required`, `list`, `enum`, `min` and `max`. Answers of operations
/// that are not in there are taken as they are.
final class MockShapes {
    private static final Map<String, @Nullable Object> ROOT = read();

    private MockShapes() {}

    private static Map<String, @Nullable Object> read() {
        try (var in = MockShapes.class.getResourceAsStream("mock-shapes.json")) {
            if (in == null) {
                throw new IllegalStateException("mock-shapes.json is missing beside " + MockShapes.class);
            }
            return Json.parseObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param strict whether required members must be there
    /// @throws dev.baton.local.http.AwsError `ValidationException` at the first member that does not fit
    static void check(String resource, @Nullable Object value, boolean strict) {
        if (!(TaskResource.parse(resource) instanceof TaskResource.Integration integration)) {
            return;
        }
        var service = integration
                .service()
                .replace("aws-sdk:sfn", "states")
                .replace("aws-sdk:eventbridge", "events")
                .replace("aws-sdk:", "");
        var sync = integration.pattern().suffix().startsWith(".sync") && service.equals("states");
        var operation = sync ? "states:describeExecution" : service + ":" + integration.action();
        if (integration.pattern() == dev.baton.engine.task.Pattern.WAIT_FOR_TASK_TOKEN) {
            // What completes a callback is no answer of the service.
            return;
        }
        var shape =
                Members.object(ROOT, "operations") instanceof Map<?, ?> operations ? operations.get(operation) : null;
        if (shape != null && value instanceof Map<?, ?>) {
            check("", shape, value, strict);
        }
    }

    private static void check(String field, Object shape, @Nullable Object value, boolean strict) {
        if (value == null) {
            return;
        }
        switch (shape) {
            case String name -> named(field, name, value, strict);
            case Map<?, ?> described -> described(field, described, value, strict);
            default -> throw new IllegalStateException("no shape: " + shape);
        }
    }

    private static void named(String field, String name, Object value, boolean strict) {
        switch (name) {
            case "any" -> {}
            case "string" -> require(value instanceof String, field, "must be a string");
            case "number" -> require(value instanceof Number, field, "must be a number");
            case "boolean" -> require(value instanceof Boolean, field, "must be a boolean");
            case "object" -> require(value instanceof Map<?, ?>, field, "must be an object");
            default -> {
                var shapes = Members.object(ROOT, "shapes");
                var shape = shapes == null ? null : shapes.get(name);
                if (shape == null) {
                    throw new IllegalStateException("no shape " + name);
                }
                check(field, shape, value, strict);
            }
        }
    }

    private static void described(String field, Map<?, ?> shape, Object value, boolean strict) {
        if (shape.get("enum") instanceof List<?> values) {
            require(value instanceof String, field, "must be a string");
            require(values.contains(value), field, "is not an expected value");
        } else if (shape.get("list") instanceof Object element) {
            require(value instanceof List<?>, field, "must be an array");
            ((List<?>) value).forEach(one -> check(field, element, one, strict));
        } else if (shape.get("members") instanceof Map<?, ?> members) {
            require(value instanceof Map<?, ?>, field, "must be an object");
            var object = (Map<?, ?>) value;
            if (strict && shape.get("required") instanceof List<?> required) {
                for (var name : required) {
                    if (!object.containsKey(name)) {
                        throw problem("Required field '" + name + "' is missing");
                    }
                }
            }
            members.forEach((name, member) -> {
                if (object.containsKey(name)) {
                    check((String) name, member, object.get(name), strict);
                }
            });
        } else {
            require(value instanceof Number, field, "must be a number");
            var number = ((Number) value).doubleValue();
            require(
                    !(shape.get("min") instanceof Number min) || number >= min.doubleValue(),
                    field,
                    "is less than the minimum value");
            require(
                    !(shape.get("max") instanceof Number max) || number <= max.doubleValue(),
                    field,
                    "exceeds the maximum value");
        }
    }

    private static void require(boolean holds, String field, String otherwise) {
        if (!holds) {
            throw problem("Field '" + field + "' " + otherwise);
        }
    }

    private static dev.baton.local.http.AwsError problem(String what) {
        return StatesErrors.validation("Mock result schema validation error: " + what);
    }
}
