package dev.baton.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A policy that Cedar has parsed.
///
/// @param id that of its annotation `@id("…")`, and else `policy` and its number in the text, from 0
/// @param json the form that Cedar's documentation has for it
record ParsedPolicy(String id, WrittenPolicy written, Map<String, @Nullable Object> json) {

    /// The id of an annotation, and else this.
    static String id(Map<String, @Nullable Object> json, String otherwise) {
        return json.get("annotations") instanceof Map<?, ?> annotations && annotations.get("id") instanceof String id
                ? id
                : otherwise;
    }

    /// Whether it allows something.
    boolean permits() {
        return "permit".equals(json.get("effect"));
    }

    /// Whether a part of its scope says nothing: `principal`, `action` or `resource`.
    boolean isOpen(String part) {
        return json.get(part) instanceof Map<?, ?> scope && "All".equals(scope.get("op"));
    }

    /// Whether its scope names one principal, or those of one team.
    boolean isForNamed() {
        return json.get("principal") instanceof Map<?, ?> scope
                && (scope.get("entity") != null || scope.get("in") != null)
                && literals().stream().noneMatch(literal -> literal.type().equals("Baton::Event"));
    }

    /// The type that its scope asks of the principal, where it asks for nothing else: `Baton::Person`.
    Optional<String> bareType() {
        return json.get("principal") instanceof Map<?, ?> scope
                        && "is".equals(scope.get("op"))
                        && scope.get("in") == null
                        && scope.get("entity_type") instanceof String type
                ? Optional.of(type)
                : Optional.empty();
    }

    /// Its conditions, the bodies of `when`s and `unless`es.
    List<Condition> conditions() {
        var conditions = new ArrayList<Condition>();
        if (json.get("conditions") instanceof List<?> all) {
            for (var one : all) {
                if (one instanceof Map<?, ?> condition) {
                    conditions.add(new Condition("unless".equals(condition.get("kind")), condition.get("body")));
                }
            }
        }
        return conditions;
    }

    /// A condition of a policy.
    ///
    /// @param unless and not `when`
    /// @param body in JSON
    record Condition(boolean unless, @Nullable Object body) {
        /// Whether it says nothing: `when { true }`, `unless { false }`.
        boolean isIdle() {
            return body instanceof Map<?, ?> value && Boolean.valueOf(!unless).equals(value.get("Value"));
        }
    }

    /// Everything in its JSON: itself, and what is in it.
    List<Object> values() {
        var values = new ArrayList<Object>();
        collect(json, values);
        return values;
    }

    private static void collect(@Nullable Object value, List<Object> values) {
        if (value == null) {
            return;
        }
        values.add(value);
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(member -> collect(member, values));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, values));
        }
    }

    /// The entities that it names.
    List<EntityLiteral> literals() {
        var literals = new ArrayList<EntityLiteral>();
        for (var value : values()) {
            // A record of Cedar's that has such members has objects in them, and no texts.
            if (value instanceof Map<?, ?> map
                    && map.get("type") instanceof String type
                    && map.get("id") instanceof String id) {
                literals.add(new EntityLiteral(type, id));
            }
        }
        return literals;
    }

    /// An entity as a policy names it.
    record EntityLiteral(String type, String id) {
        @Override
        public String toString() {
            return type + "::\"" + id + "\"";
        }
    }
}
