package dev.baton.local.states.integration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The names of members on both sides of an integration: states write them with a capital letter, some services with a
/// small one.
final class MemberNames {

    private MemberNames() {}

    static String lower(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    static String upper(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /// A value as the service takes it.
    static @Nullable Object lowered(@Nullable Object value) {
        return named("", value, MemberNames::lower, (name, number) -> number);
    }

    /// A value as states get it.
    ///
    /// @param number what becomes of a number, by the name of its member
    static @Nullable Object raised(String name, @Nullable Object value, BiFunction<String, Number, Object> number) {
        return named(name, value, MemberNames::upper, number);
    }

    /// A value under other names.
    static @Nullable Object named(
            String name,
            @Nullable Object value,
            UnaryOperator<String> other,
            BiFunction<String, Number, Object> number) {
        return switch (value) {
            case Map<?, ?> map -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, member) ->
                        object.put(other.apply((String) key), named((String) key, member, other, number)));
                yield object;
            }
            case List<?> list ->
                list.stream().map(each -> named(name, each, other, number)).toList();
            case Number found -> number.apply(name, found);
            case null -> null;
            default -> value;
        };
    }
}
