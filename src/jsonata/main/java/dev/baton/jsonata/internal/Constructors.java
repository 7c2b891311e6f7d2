package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arrays and objects as expressions write them, of [QuickNode] parts.
final class Constructors {
    private Constructors() {}

    /// @param isArray for each item whether it is itself written as an array, and stays one
    static QuickNode array(List<QuickNode> items, List<Boolean> isArray) {
        return evaluation -> {
            var array = new ArrayList<@Nullable Object>(items.size());
            for (var i = 0; i < items.size(); i++) {
                var value = items.get(i).evaluate(evaluation);
                if (value instanceof List<?> list && !isArray.get(i)) {
                    array.addAll(list);
                } else if (value != null) {
                    array.add(element(value));
                }
            }
            evaluation.checkElements(array.size());
            return array;
        };
    }

    static QuickNode object(List<QuickNode> names, List<QuickNode> values, int position) {
        return evaluation -> {
            var object = new LinkedHashMap<String, @Nullable Object>();
            var parts = new LinkedHashMap<String, QuickNode>();
            for (var i = 0; i < names.size(); i++) {
                var name = names.get(i).evaluate(evaluation);
                if (name == null) {
                    continue;
                }
                if (!(name instanceof String key)) {
                    throw new JException("T1003", position, name);
                }
                if (parts.put(key, values.get(i)) != null) {
                    throw new JException("D1009", position, key);
                }
            }
            parts.forEach((key, part) -> {
                var value = part.evaluate(evaluation);
                if (value != null) {
                    object.put(key, element(value));
                }
            });
            return object;
        };
    }

    /// As it stands within JSON, where `null` is null and a whole number a [Long].
    private static @Nullable Object element(Object value) {
        return value == ValueConversion.NULL
                ? null
                : value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
