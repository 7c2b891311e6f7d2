package dev.baton.engine.internal.query;

import dev.baton.asl.path.JsonPath;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.engine.internal.path.PathReader;
import org.jspecify.annotations.Nullable;

/// A path with what it starts from: the input, the context object or a variable.
public final class PathSource {
    private final JsonPath path;
    private final PathReader reader;

    private PathSource(JsonPath path) {
        this.path = path;
        this.reader = PathReader.of(path);
    }

    public static PathSource of(JsonPath path) {
        return new PathSource(path);
    }

    public static PathSource parse(String text) {
        return new PathSource(JsonPath.parse(text));
    }

    public String text() {
        return path.text();
    }

    /// Whether it is `$`.
    public boolean isWholeInput() {
        return path.root() instanceof JsonPath.Root.Input && reader.isRoot();
    }

    /// The value that the path leads to, or [MissingValue#MISSING].
    public @Nullable Object find(FieldScope at) {
        var root = root(at);
        return root == MissingValue.MISSING ? root : reader.read(root, at.effort());
    }

    /// Whether the path leads to a place in an array that has no such place.
    public boolean leadsBehindArray(FieldScope at) {
        var root = root(at);
        return root != MissingValue.MISSING && reader.leadsBehindArray(root);
    }

    /// The value that the path starts from.
    public @Nullable Object root(FieldScope at) {
        return switch (path.root()) {
            case JsonPath.Root.Input input -> at.input();
            case JsonPath.Root.Context context -> at.surroundings().context().value();
            case JsonPath.Root.Variable variable ->
                at.surroundings().variables().get(variable.name());
            case JsonPath.Root.Current current ->
                throw new IllegalStateException("a path outside of a filter starts with $, but was " + path.text());
        };
    }

    /// Why nothing is there.
    public String whyMissing(FieldScope at) {
        var root = root(at);
        return root == MissingValue.MISSING ? "No results for path: " + path.text() : reader.whyMissing(root);
    }
}
