package dev.baton.local.states.mock;

import dev.baton.asl.service.Shape;
import dev.baton.local.http.AwsError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds a mocked result against the form that the API's model gives to it.
///
/// Members that the model does not have are passed over, in every mode. See *Mock validation modes* of the [developer
/// guide](https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html).
///
/// @param strict whether required members must be there
record MockShapes(boolean strict) {
    /// Bounds that the service still had when others had been published: it refused more memory than ten gigabytes.
    private static final Map<String, Number> OLDER_BOUNDS = Map.of("MemorySize", 10_240);

    /// @throws dev.baton.local.http.AwsError `ValidationException` at the first member that does not fit
    void check(Shape shape, @Nullable Object value) {
        if (!(value instanceof Map<?, ?>)) {
            throw validation("Mocked result must be a JSON object.");
        }
        check("", shape, value);
    }

    private void check(String field, Shape shape, @Nullable Object value) {
        if (value == null) {
            return;
        }
        switch (shape) {
            case Shape.Scalar scalar -> scalar(field, scalar, value);
            case Shape.Bounded bounded -> bounded(field, bounded, value);
            case Shape.OneOf(var values) -> {
                require(value instanceof String, field, "must be a string");
                require(values.contains((String) value), field, "is not an expected value");
            }
            case Shape.ListOf list -> {
                require(value instanceof List<?>, field, "must be an array");
                ((List<?>) value).forEach(element -> check(field, list.element(), element));
            }
            case Shape.MapOf map -> {
                require(value instanceof Map<?, ?>, field, "must be an object");
                ((Map<?, ?>) value).forEach((name, member) -> check((String) name, map.value(), member));
            }
            case Shape.Structure structure -> structure(field, structure, value);
        }
    }

    private void structure(String field, Shape.Structure structure, Object value) {
        require(value instanceof Map<?, ?>, field, "must be an object");
        var object = (Map<?, ?>) value;
        if (strict) {
            for (var name : structure.required()) {
                if (object.keySet().stream().noneMatch(given -> isSame(name, (String) given))) {
                    throw problem("Required field '" + name + "' is missing");
                }
            }
        }
        object.forEach((name, member) -> {
            var shape = structure.member((String) name);
            if (shape != null) {
                check((String) name, shape, member);
            }
        });
    }

    /// As [Shape.Structure#member] has it: of acronyms, case is the SDK's.
    private static boolean isSame(String name, String given) {
        return given.equalsIgnoreCase(name) && given.charAt(0) == name.charAt(0);
    }

    private static void scalar(String field, Shape.Scalar scalar, Object value) {
        switch (scalar) {
            case TEXT, TIME, BYTES -> require(value instanceof String, field, "must be a string");
            case INTEGER, NUMBER -> require(value instanceof Number, field, "must be a number");
            case BOOLEAN -> require(value instanceof Boolean, field, "must be a boolean");
            case ANYTHING -> {}
        }
    }

    private static void bounded(String field, Shape.Bounded bounded, Object value) {
        scalar(field, bounded.scalar(), value);
        var most = OLDER_BOUNDS.getOrDefault(field, bounded.most());
        if (value instanceof Number number) {
            require(!isLess(number.doubleValue(), bounded.least()), field, "is less than the minimum value");
            require(!isMore(number.doubleValue(), most), field, "exceeds the maximum value");
        } else if (value instanceof String text) {
            require(!isLess(text.length(), bounded.least()), field, "is shorter than the minimum length");
            require(!isMore(text.length(), most), field, "exceeds the maximum length");
        }
    }

    private static boolean isLess(double size, @Nullable Number least) {
        return least != null && size < least.doubleValue();
    }

    private static boolean isMore(double size, @Nullable Number most) {
        return most != null && size > most.doubleValue();
    }

    private static void require(boolean holds, String field, String otherwise) {
        if (!holds) {
            throw problem("Field '" + field + "' " + otherwise);
        }
    }

    private static AwsError problem(String what) {
        return validation("Mock result schema validation error: " + what);
    }

    private static AwsError validation(String message) {
        return new AwsError(400, "ValidationException", message);
    }
}
