package dev.baton.cli.operate;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a change of a policy's statement allows more than before, told by its text: what an `Allow` gains and what a
/// `Deny` loses.
final class Widening {
    private Widening() {}

    /// @param before the statement as it was; null where there was none
    /// @param after the statement as it is to be; null where it goes
    static boolean of(@Nullable Object before, @Nullable Object after) {
        if (!(before instanceof Map<?, ?> old)) {
            return after instanceof Map<?, ?> now && allows(now);
        }
        if (!(after instanceof Map<?, ?> now)) {
            return !allows(old);
        }
        if (allows(old) != allows(now)) {
            return true;
        }
        var more = allows(now);
        for (var member : List.of("Action", "Resource", "Principal")) {
            if (gains(more ? old.get(member) : now.get(member), more ? now.get(member) : old.get(member))) {
                return true;
            }
        }
        for (var member : List.of("NotAction", "NotResource", "NotPrincipal")) {
            if (gains(more ? now.get(member) : old.get(member), more ? old.get(member) : now.get(member))) {
                return true;
            }
        }
        // Another condition may hold where the old one did not: only a reader can say that it does not.
        return !Objects.equals(old.get("Condition"), now.get("Condition"));
    }

    private static boolean allows(Map<?, ?> statement) {
        return "Allow".equals(statement.get("Effect"));
    }

    /// Whether the second has something that the first has not.
    private static boolean gains(@Nullable Object first, @Nullable Object second) {
        var left = new HashSet<String>();
        texts(first, left);
        var right = new HashSet<String>();
        texts(second, right);
        return !left.containsAll(right);
    }

    private static void texts(@Nullable Object value, Set<String> into) {
        switch (value) {
            case List<?> list -> list.forEach(element -> texts(element, into));
            case Map<?, ?> map ->
                map.forEach((name, inner) -> {
                    var inside = new HashSet<String>();
                    texts(inner, inside);
                    inside.forEach(text -> into.add(name + " " + text));
                });
            case null -> {}
            default -> into.add(value.toString());
        }
    }
}
