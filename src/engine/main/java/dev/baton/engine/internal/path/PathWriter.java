package dev.baton.engine.internal.path;

import dev.baton.asl.path.JsonPath.Segment;
import dev.baton.asl.path.ReferencePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts a value where a reference path leads, as `ResultPath` does: into a copy of the objects on the way, sharing all
/// else with the original.
public final class PathWriter {
    private final List<Segment> segments;

    private PathWriter(ReferencePath path) {
        this.segments = path.path().segments();
    }

    public static PathWriter of(ReferencePath path) {
        return new PathWriter(path);
    }

    /// Whether the value replaces the whole.
    public boolean isRoot() {
        return segments.isEmpty();
    }

    /// The document with the value in its place. Fields that are missing on the way are made.
    ///
    /// @throws CannotWriteException when something on the way is not an object, or no array with that element
    public @Nullable Object write(@Nullable Object document, @Nullable Object value) throws CannotWriteException {
        return write(document, 0, value);
    }

    private @Nullable Object write(@Nullable Object at, int depth, @Nullable Object value) throws CannotWriteException {
        if (depth == segments.size()) {
            return value;
        }
        return switch (segments.get(depth)) {
            case Segment.Field field -> into(at, field.name(), depth, value);
            case Segment.Index index -> into(at, index.index(), depth, value);
            default -> throw new IllegalStateException("no reference path: " + segments);
        };
    }

    private Object into(@Nullable Object at, String name, int depth, @Nullable Object value)
            throws CannotWriteException {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (at instanceof Map<?, ?> object) {
            object.forEach((key, member) -> copy.put((String) key, member));
        } else if (depth == 0 || at != MissingValue.MISSING) {
            throw new CannotWriteException();
        }
        Object inner = copy.containsKey(name) ? copy.get(name) : MissingValue.MISSING;
        if (depth + 1 < segments.size()
                && inner != MissingValue.MISSING
                && !(inner instanceof Map)
                && !(inner instanceof List)) {
            // The service overwrites a scalar or null that stands in the way of a longer path.
            inner = MissingValue.MISSING;
        }
        copy.put(name, write(inner, depth + 1, value));
        return copy;
    }

    private Object into(@Nullable Object at, int index, int depth, @Nullable Object value) throws CannotWriteException {
        if (!(at instanceof List<?> array) || index < 0 || index >= array.size()) {
            throw new CannotWriteException();
        }
        var copy = new ArrayList<@Nullable Object>(array);
        copy.set(index, write(array.get(index), depth + 1, value));
        return copy;
    }

    /// The document has no place for the value; it has no trace, since a state's failure needs none.
    public static final class CannotWriteException extends Exception {
        private static final long serialVersionUID = 1;

        CannotWriteException() {
            super("no place for the value", null, false, false);
        }
    }
}
