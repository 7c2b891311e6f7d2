package dev.baton.local.service;

import dev.baton.local.http.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds a request against the constraints of the API's model, and says all that it breaks in AWS's words.
public final class RequestCheck {
    private final RequestModel model;
    private final List<Violation> violations = new ArrayList<>();

    private RequestCheck(RequestModel model) {
        this.model = model;
    }

    /// @param service as in a credential scope
    /// @param code under which what breaks a constraint is refused
    /// @throws AwsError also `SerializationException`, where a value is of another type than its member
    public static void check(String service, String operation, Map<?, ?> input, String code) {
        check(RequestModel.of(service), operation, input, code);
    }

    static void check(RequestModel model, String operation, Map<?, ?> input, String code) {
        var check = new RequestCheck(model);
        check.structure("", model.input(operation), input);
        if (!check.violations.isEmpty()) {
            throw Violation.error(code, check.violations);
        }
    }

    private void structure(String path, RequestShape.Structure shape, Map<?, ?> given) {
        shape.members().forEach((name, member) -> {
            var value = given.get(name);
            if (value != null) {
                value(path + small(name), model.shape(member.shape()), value);
            } else if (shape.required().contains(name) && !name.equals(shape.payload())) {
                violations.add(new Violation("null", path + small(name), "Member must not be null"));
            }
        });
    }

    private static String small(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private void value(String path, RequestShape shape, Object value) {
        boolean hidden =
                shape instanceof RequestShape.Bytes || shape instanceof RequestShape.Text text && text.sensitive();
        // Written out only for what is broken: items of tables are large.
        scalar(
                path,
                shape,
                value,
                constraint -> violations.add(new Violation(hidden ? "" : "'" + value + "'", path, constraint)));
        switch (shape) {
            case RequestShape.ListOf list -> elements(path, list, typed(path, List.class, value));
            case RequestShape.MapOf map -> entries(path, map, typed(path, Map.class, value));
            case RequestShape.Structure structure -> structure(path + ".", structure, typed(path, Map.class, value));
            case RequestShape.Text text -> {}
            case RequestShape.Numeric number -> {}
            case RequestShape.Flag flag -> {}
            case RequestShape.Bytes bytes -> {}
            case RequestShape.Other other -> {}
        }
    }

    private static <T> T typed(String path, Class<T> type, Object value) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        var wanted = type == Map.class
                ? "an object"
                : type == List.class
                        ? "a list"
                        : type == String.class ? "a text" : type == Number.class ? "a number" : "true or false";
        throw new AwsError(400, "SerializationException", path + " is not " + wanted + ".");
    }

    /// What a value breaks by itself.
    private static void scalar(String path, RequestShape shape, Object value, Consumer<String> broken) {
        switch (shape) {
            case RequestShape.Text text -> text(text, typed(path, String.class, value), broken);
            case RequestShape.Numeric number -> number(path, number, typed(path, Number.class, value), broken);
            case RequestShape.Flag flag -> typed(path, Boolean.class, value);
            case RequestShape.ListOf list ->
                length(list.size(), typed(path, List.class, value).size(), broken);
            case RequestShape.MapOf map ->
                length(map.size(), typed(path, Map.class, value).size(), broken);
            case RequestShape.Bytes bytes -> length(bytes.length(), decoded(typed(path, String.class, value)), broken);
            case RequestShape.Structure structure -> {}
            case RequestShape.Other other -> {}
        }
    }

    /// How many bytes a text in base64 stands for.
    private static int decoded(String base64) {
        int end = base64.length();
        while (end > 0 && base64.charAt(end - 1) == '=') {
            end--;
        }
        return (int) (end * 3L / 4);
    }

    private static void text(RequestShape.Text shape, String text, Consumer<String> broken) {
        length(shape.length(), text.length(), broken);
        var pattern = shape.pattern();
        if (pattern != null && !pattern.matcher(text).matches()) {
            broken.accept("Member must satisfy regular expression pattern: " + pattern);
        }
        if (!shape.words().isEmpty() && !shape.words().contains(text)) {
            broken.accept("Member must satisfy enum value set: " + shape.words());
        }
    }

    private static void length(RequestShape.Bounds bounds, int length, Consumer<String> broken) {
        bounded("length", bounds, length, broken);
    }

    private static void number(String path, RequestShape.Numeric shape, Number number, Consumer<String> broken) {
        if (shape.whole() && number.doubleValue() != Math.rint(number.doubleValue())) {
            throw new AwsError(400, "SerializationException", path + " is not a whole number.");
        }
        bounded("value", shape.bounds(), number.doubleValue(), broken);
    }

    private static void bounded(String what, RequestShape.Bounds bounds, double value, Consumer<String> broken) {
        var least = bounds.least();
        var most = bounds.most();
        if (least != null && value < least) {
            broken.accept("Member must have " + what + " greater than or equal to " + least);
        }
        if (most != null && value > most) {
            broken.accept("Member must have " + what + " less than or equal to " + most);
        }
    }

    /// Structures are told by their places, `tags.1.member.key`; all others by the list that they are in.
    private void elements(String path, RequestShape.ListOf shape, List<?> list) {
        var element = model.shape(shape.element());
        int number = 0;
        var broken = new ArrayList<String>();
        for (var value : list) {
            number++;
            var place = path + "." + number + ".member";
            switch (element) {
                case RequestShape.Structure structure ->
                    structure(place + ".", structure, typed(place, Map.class, value));
                case RequestShape.ListOf inner -> value(place, inner, value);
                case RequestShape.MapOf inner -> value(place, inner, value);
                default -> collect(place, element, value, broken);
            }
        }
        together(path, list, "Member must satisfy constraint: ", broken);
    }

    private void entries(String path, RequestShape.MapOf shape, Map<?, ?> map) {
        var keys = new ArrayList<String>();
        var values = new ArrayList<String>();
        map.forEach((key, value) -> {
            collect(path, model.shape(shape.key()), key, keys);
            switch (model.shape(shape.value())) {
                case RequestShape.Structure structure ->
                    structure(path + "." + key + ".member.", structure, typed(path, Map.class, value));
                case RequestShape.ListOf inner -> value(path + "." + key + ".member", inner, value);
                case RequestShape.MapOf inner -> value(path + "." + key + ".member", inner, value);
                default -> collect(path, model.shape(shape.value()), value, values);
            }
        });
        together(path, map.keySet(), "Map keys must satisfy constraint: ", keys);
        together(path, map, "Map value must satisfy constraint: ", values);
    }

    private static void collect(String path, RequestShape shape, @Nullable Object value, List<String> broken) {
        if (value == null) {
            broken.add("Member must not be null");
        } else {
            scalar(path, shape, value, broken::add);
        }
    }

    private void together(String path, Object whole, String begin, List<String> broken) {
        if (!broken.isEmpty()) {
            violations.add(new Violation(
                    "'" + whole + "'", path, begin + broken.stream().distinct().toList()));
        }
    }
}
