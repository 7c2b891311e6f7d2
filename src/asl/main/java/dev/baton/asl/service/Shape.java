package dev.baton.asl.service;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The form of a value that an operation takes or answers.
public sealed interface Shape {

    /// A single value.
    enum Scalar implements Shape {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        TIME,
        /// Bytes, which JSON carries as text.
        BYTES,
        /// Any value of JSON.
        ANYTHING
    }

    /// A number within bounds, or a text of a length within them.
    ///
    /// @param least null where there is no lower bound
    /// @param most null where there is no upper bound
    record Bounded(
            Scalar scalar, @Nullable Number least, @Nullable Number most) implements Shape {}

    /// A text that is one of a list, which grows as the service does.
    record OneOf(Set<String> values) implements Shape {}

    /// A list or set.
    final class ListOf implements Shape {
        private final Object element;
        private final Map<?, ?> shapes;

        private ListOf(Object element, Map<?, ?> shapes) {
            this.element = element;
            this.shapes = shapes;
        }

        public Shape element() {
            return of(element, shapes);
        }
    }

    /// A map whose keys are the caller's.
    final class MapOf implements Shape {
        private final Object value;
        private final Map<?, ?> shapes;

        private MapOf(Object value, Map<?, ?> shapes) {
            this.value = value;
            this.shapes = shapes;
        }

        public Shape value() {
            return of(value, shapes);
        }
    }

    /// An object with members of its own. Its members begin with a capital letter.
    final class Structure implements Shape {
        private final Map<?, ?> members;
        private final List<String> required;
        private final Map<?, ?> shapes;

        private Structure(Map<?, ?> members, List<String> required, Map<?, ?> shapes) {
            this.members = members;
            this.required = required;
            this.shapes = shapes;
        }

        /// In the order of the alphabet.
        public Set<String> members() {
            var names = new TreeSet<String>();
            members.keySet().forEach(name -> names.add((String) name));
            return names;
        }

        public List<String> required() {
            return required;
        }

        /// The shape of a member, or null where there is none of that name.
        ///
        /// Java's SDK, whose names the service has, writes some acronyms in another way than the API itself
        /// (`SseCustomerKey`, `SSECustomerKey`): after the first letter, case does not matter.
        public @Nullable Shape member(String name) {
            var exact = members.get(name);
            if (exact != null) {
                return of(exact, shapes);
            }
            for (var member : members.entrySet()) {
                var known = (String) member.getKey();
                if (known.equalsIgnoreCase(name) && known.charAt(0) == name.charAt(0)) {
                    return of(present(member.getValue()), shapes);
                }
            }
            return null;
        }
    }

    /// @param json as `.ci/data/aws-services.py` writes it
    static Shape of(Object json, Map<?, ?> shapes) {
        return switch (json) {
            case String text when text.startsWith("#") -> of(present(shapes.get(text.substring(1))), shapes);
            case String text -> scalar(text);
            case Map<?, ?> map
            when map.get("t") instanceof String letter ->
                new Bounded(
                        scalar(letter),
                        map.get("min") instanceof Number least ? least : null,
                        map.get("max") instanceof Number most ? most : null);
            case Map<?, ?> map
            when map.get("e") instanceof List<?> values ->
                new OneOf(Set.copyOf(values.stream().map(String::valueOf).toList()));
            case Map<?, ?> map when map.get("l") instanceof Object element -> new ListOf(element, shapes);
            case Map<?, ?> map when map.get("v") instanceof Object value -> new MapOf(value, shapes);
            case Map<?, ?> map
            when map.get("m") instanceof Map<?, ?> members ->
                new Structure(
                        members,
                        map.get("r") instanceof List<?> required
                                ? required.stream().map(String::valueOf).toList()
                                : List.of(),
                        shapes);
            default -> throw new IllegalStateException("no shape: " + json);
        };
    }

    /// Whether this is a text, of whatever length.
    default boolean isText() {
        return this == Scalar.TEXT || (this instanceof Bounded bounded && bounded.scalar() == Scalar.TEXT);
    }

    private static Scalar scalar(String letter) {
        return switch (letter) {
            case "s" -> Scalar.TEXT;
            case "i" -> Scalar.INTEGER;
            case "d" -> Scalar.NUMBER;
            case "b" -> Scalar.BOOLEAN;
            case "t" -> Scalar.TIME;
            case "x" -> Scalar.BYTES;
            case "*" -> Scalar.ANYTHING;
            default -> throw new IllegalStateException("no shape: " + letter);
        };
    }

    static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the model of a service lacks what it refers to");
        }
        return value;
    }
}
