package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `$sort`: a stable merge sort that asks only whether the left one goes after the right one, which is all that a
/// comparator of an expression answers.
final class SortFunction {
    private SortFunction() {}

    @FunctionalInterface
    private interface After {
        boolean test(Object left, Object right) throws Throwable;
    }

    static @Nullable Object sort(List<@Nullable Object> arguments, Evaluation evaluation) throws Throwable {
        if (!(arguments.get(0) instanceof List<?> list)) {
            return null;
        }
        if (list.size() <= 1) {
            return list;
        }
        var comparator = arguments.get(1);
        After after;
        if (comparator != null) {
            after = (left, right) -> {
                evaluation.tick();
                return Jsonata.boolize(Functions.funcApply(comparator, List.of(left, right)));
            };
        } else if (Utils.isArrayOfNumbers(list)) {
            after = (left, right) -> ((Number) left).doubleValue() > ((Number) right).doubleValue();
        } else if (Utils.isArrayOfStrings(list)) {
            after = (left, right) -> ((String) left).compareTo((String) right) > 0;
        } else {
            throw new JException("D3070", -1);
        }
        return merge(new ArrayList<>(list), after);
    }

    private static List<Object> merge(List<Object> list, After after) throws Throwable {
        if (list.size() <= 1) {
            return list;
        }
        var middle = list.size() / 2;
        var left = merge(new ArrayList<>(list.subList(0, middle)), after);
        var right = merge(new ArrayList<>(list.subList(middle, list.size())), after);
        var result = new ArrayList<>(list.size());
        var l = 0;
        var r = 0;
        while (l < left.size() && r < right.size()) {
            result.add(after.test(left.get(l), right.get(r)) ? right.get(r++) : left.get(l++));
        }
        result.addAll(left.subList(l, left.size()));
        result.addAll(right.subList(r, right.size()));
        return result;
    }
}
