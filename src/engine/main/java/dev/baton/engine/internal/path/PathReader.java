package dev.baton.engine.internal.path;

import dev.baton.asl.path.JsonPath;
import dev.baton.asl.path.JsonPath.Segment;
import dev.baton.engine.internal.failure.EvaluationEffort;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what a path leads to, as the service does: a definite path gives the one value or [MissingValue], any other an
/// array of all that was found.
public final class PathReader {
    private final List<Segment> segments;
    private final boolean definite;
    /// The names alone where the path is nothing but names, the usual case.
    private final String @Nullable [] names;

    private PathReader(JsonPath path) {
        this.segments = path.segments();
        this.definite = path.isDefinite();
        this.names = names(segments);
    }

    /// No streams: a filter makes a reader for each element.
    private static String @Nullable [] names(List<Segment> segments) {
        for (var segment : segments) {
            if (!(segment instanceof Segment.Field)) {
                return null;
            }
        }
        var names = new String[segments.size()];
        for (var i = 0; i < names.length; i++) {
            names[i] = ((Segment.Field) segments.get(i)).name();
        }
        return names;
    }

    public static PathReader of(JsonPath path) {
        return new PathReader(path);
    }

    /// Whether the path is only its root.
    public boolean isRoot() {
        return segments.isEmpty();
    }

    /// The value that the path leads to from a root, or [MissingValue#MISSING].
    public @Nullable Object read(@Nullable Object root) {
        return read(root, new EvaluationEffort());
    }

    /// @param effort what may be looked at
    public @Nullable Object read(@Nullable Object root, EvaluationEffort effort) {
        return read(root, root, effort);
    }

    /// The same where filters may look at another document's root.
    @Nullable
    Object read(@Nullable Object start, @Nullable Object root, EvaluationEffort effort) {
        if (names != null) {
            return named(start, names);
        }
        if (definite) {
            var value = start;
            for (var i = 0; i < segments.size(); i++) {
                value = isSplit(i) ? MissingValue.MISSING : one(value, segments.get(i));
                if (value == MissingValue.MISSING) {
                    return value;
                }
            }
            return value;
        }
        return all(start, root, effort);
    }

    /// Whether several fields stand where the path goes on, which the service takes and never follows.
    private boolean isSplit(int segment) {
        return segments.get(segment) instanceof Segment.Fields && segment < segments.size() - 1;
    }

    /// Whether the path leads to a place in an array that has no such place. The service's JSONPath library finds null
    /// there, and payload templates show it.
    public boolean leadsBehindArray(@Nullable Object root) {
        if (!definite || segments.isEmpty() || !isElement(segments.getLast())) {
            return false;
        }
        var value = root;
        for (var segment : segments.subList(0, segments.size() - 1)) {
            value = one(value, segment);
        }
        return value instanceof List<?>;
    }

    private static boolean isElement(Segment segment) {
        return segment instanceof Segment.Index || segment instanceof Segment.FromEnd;
    }

    private static @Nullable Object named(@Nullable Object start, String[] names) {
        var value = start;
        for (var name : names) {
            value = field(value, name);
            if (value == MissingValue.MISSING) {
                return value;
            }
        }
        return value;
    }

    private static @Nullable Object field(@Nullable Object value, String name) {
        if (!(value instanceof Map<?, ?> object)) {
            return MissingValue.MISSING;
        }
        var found = object.get(name);
        return found != null || object.containsKey(name) ? found : MissingValue.MISSING;
    }

    private static @Nullable Object one(@Nullable Object value, Segment segment) {
        return switch (segment) {
            case Segment.Field field -> field(value, field.name());
            case Segment.Index index -> element(value, index.index());
            case Segment.FromEnd end -> fromEnd(value, end.places());
            case Segment.Fields fields -> fields(value, fields.names());
            case Segment.Indexes indexes -> throw indefinite(segment);
            case Segment.Slice slice -> throw indefinite(segment);
            case Segment.Wildcard wildcard -> throw indefinite(segment);
            case Segment.Descendants descendants -> throw indefinite(segment);
            case Segment.Filtered filtered -> throw indefinite(segment);
        };
    }

    private static IllegalStateException indefinite(Segment segment) {
        return new IllegalStateException("no definite segment: " + segment);
    }

    private static @Nullable Object element(@Nullable Object value, int index) {
        if (!(value instanceof List<?> array)) {
            return MissingValue.MISSING;
        }
        return index >= 0 && index < array.size() ? array.get(index) : MissingValue.MISSING;
    }

    private static @Nullable Object fromEnd(@Nullable Object value, int places) {
        return value instanceof List<?> array ? element(array, array.size() - places) : MissingValue.MISSING;
    }

    private static Object fields(@Nullable Object value, List<String> names) {
        if (!(value instanceof Map<?, ?>)) {
            return MissingValue.MISSING;
        }
        var found = new LinkedHashMap<String, @Nullable Object>();
        for (var name : names) {
            var member = field(value, name);
            if (member != MissingValue.MISSING) {
                found.put(name, member);
            }
        }
        return found;
    }

    private List<@Nullable Object> all(@Nullable Object start, @Nullable Object root, EvaluationEffort effort) {
        List<@Nullable Object> found = new ArrayList<>();
        found.add(start);
        for (var segment : segments) {
            var next = new ArrayList<@Nullable Object>();
            for (var value : found) {
                expand(value, segment, root, effort, next);
            }
            found = next;
        }
        return found;
    }

    private static void expand(
            @Nullable Object value,
            Segment segment,
            @Nullable Object root,
            EvaluationEffort effort,
            List<@Nullable Object> into) {
        effort.take(1);
        switch (segment) {
            case Segment.Field field -> keep(field(value, field.name()), into);
            case Segment.Fields fields -> keep(fields(value, fields.names()), into);
            case Segment.Index index -> keep(element(value, index.index()), into);
            case Segment.FromEnd end -> keep(fromEnd(value, end.places()), into);
            case Segment.Indexes indexes -> indexes.indexes().forEach(index -> keep(element(value, index), into));
            case Segment.Slice slice -> slice(value, slice, effort, into);
            case Segment.Wildcard wildcard -> into.addAll(children(value, effort));
            case Segment.Descendants descendants -> descend(value, descendants.next(), root, effort, into);
            case Segment.Filtered filtered -> filter(value, filtered, root, effort, into);
        }
    }

    private static void keep(@Nullable Object value, List<@Nullable Object> into) {
        if (value != MissingValue.MISSING) {
            into.add(value);
        }
    }

    private static void slice(
            @Nullable Object value, Segment.Slice slice, EvaluationEffort effort, List<@Nullable Object> into) {
        if (!(value instanceof List<?> array)) {
            return;
        }
        var from = bound(slice.from(), 0, array.size());
        var to = bound(slice.to(), array.size(), array.size());
        effort.take(Math.max(0, to - from));
        for (var i = from; i < to; i++) {
            into.add(array.get(i));
        }
    }

    private static int bound(int written, int open, int size) {
        if (written == Segment.Slice.OPEN) {
            return open;
        }
        return Math.clamp(written < 0 ? size + written : written, 0, size);
    }

    private static Collection<?> children(@Nullable Object value, EvaluationEffort effort) {
        var children = switch (value) {
            case Map<?, ?> object -> object.values();
            case List<?> array -> array;
            case null -> List.of();
            default -> List.of();
        };
        effort.take(children.size());
        return children;
    }

    private static void descend(
            @Nullable Object value,
            Segment next,
            @Nullable Object root,
            EvaluationEffort effort,
            List<@Nullable Object> into) {
        expand(value, next, root, effort, into);
        for (var child : children(value, effort)) {
            descend(child, next, root, effort, into);
        }
    }

    private static void filter(
            @Nullable Object value,
            Segment.Filtered filtered,
            @Nullable Object root,
            EvaluationEffort effort,
            List<@Nullable Object> into) {
        if (value instanceof List<?> array) {
            for (var element : array) {
                if (FilterMatch.holds(filtered.filter(), element, root, effort)) {
                    into.add(element);
                }
            }
        } else if (value instanceof Map<?, ?> && FilterMatch.holds(filtered.filter(), value, root, effort)) {
            into.add(value);
        }
    }

    /// Why a definite path leads nowhere, in the words of the service's own JSONPath library.
    public String whyMissing(@Nullable Object start) {
        var value = start;
        var place = new StringBuilder("$");
        for (var i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            var next = one(value, segment);
            var before = place.toString();
            place.append(PathText.of(segment));
            if (isSplit(i)) {
                return "Multi properties can only be used as path leafs: " + place;
            }
            if (next == MissingValue.MISSING) {
                return why(value, segment, before, place.toString(), i == segments.size() - 1);
            }
            value = next;
        }
        return "No results for path: " + place;
    }

    private static String why(@Nullable Object value, Segment segment, String before, String place, boolean last) {
        if (segment instanceof Segment.Field || segment instanceof Segment.Fields) {
            if (!(value instanceof Map<?, ?>)) {
                return "Expected to find an object with property " + PathText.of(segment) + " in path " + before
                        + " but found '" + PathText.javaType(value)
                        + "'. This is not a json object according to the JsonProvider: "
                        + "'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.";
            }
            return (last ? "No results for path: " : "Missing property in path ") + place;
        }
        if (!(value instanceof List<?>)) {
            return value == null
                    ? "The path " + before + " is null"
                    : "Filter: " + PathText.of(segment) + " can only be applied to arrays. Current context is: "
                            + Json.print(value);
        }
        return last ? "No results for path: " + place : "Index out of bounds when evaluating path " + place;
    }
}
