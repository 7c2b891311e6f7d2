package dev.baton.engine.internal.path;

import dev.baton.asl.path.Filter;
import dev.baton.asl.path.JsonPath;
import dev.baton.engine.internal.failure.EvaluationEffort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether an element passes a path's filter.
final class FilterMatch {
    /// The size of the readers of a comparison's paths, in characters.
    private static final int READERS = 8;

    private FilterMatch() {}

    static boolean holds(Filter filter, @Nullable Object element, @Nullable Object root, EvaluationEffort effort) {
        effort.take(READERS);
        return switch (filter) {
            case Filter.And and -> and.filters().stream().allMatch(part -> holds(part, element, root, effort));
            case Filter.Or or -> or.filters().stream().anyMatch(part -> holds(part, element, root, effort));
            case Filter.Not not -> !holds(not.filter(), element, root, effort);
            case Filter.Exists exists -> exists(value(exists.path(), element, root, effort), exists.path());
            case Filter.Compare compare ->
                compare(
                        value(compare.left(), element, root, effort),
                        compare.operator(),
                        value(compare.right(), element, root, effort));
        };
    }

    private static boolean exists(@Nullable Object value, JsonPath path) {
        if (value == MissingValue.MISSING) {
            return false;
        }
        return path.isDefinite() || !(value instanceof List<?> found) || !found.isEmpty();
    }

    private static @Nullable Object value(
            Filter.Term term, @Nullable Object element, @Nullable Object root, EvaluationEffort effort) {
        return switch (term) {
            case Filter.Term.At at -> value(at.path(), element, root, effort);
            case Filter.Term.Value value -> value.value();
        };
    }

    private static @Nullable Object value(
            JsonPath path, @Nullable Object element, @Nullable Object root, EvaluationEffort effort) {
        var start = path.root() instanceof JsonPath.Root.Current ? element : root;
        return PathReader.of(path).read(start, root, effort);
    }

    private static boolean compare(@Nullable Object left, Filter.Operator operator, @Nullable Object right) {
        return switch (operator) {
            case EQUAL -> JsonOrder.equal(left, right);
            case NOT_EQUAL -> !JsonOrder.equal(left, right);
            case LESS -> ordered(left, right) && JsonOrder.compare(left, right) < 0;
            case LESS_OR_EQUAL -> ordered(left, right) && JsonOrder.compare(left, right) <= 0;
            case GREATER -> ordered(left, right) && JsonOrder.compare(left, right) > 0;
            case GREATER_OR_EQUAL -> ordered(left, right) && JsonOrder.compare(left, right) >= 0;
        };
    }

    private static boolean ordered(@Nullable Object left, @Nullable Object right) {
        return (left instanceof Number && right instanceof Number)
                || (left instanceof String && right instanceof String);
    }
}
