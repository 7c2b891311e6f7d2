package dev.baton.asl;

import org.jspecify.annotations.Nullable;

/// An `InputPath`, `OutputPath` or `ResultPath` that is written out: a path, or JSON's null.
///
/// @param text the path as written, or null for JSON's null (which means *nothing*, unlike an absent field)
public record PathField(@Nullable String text) {
    /// `null`: the state's input, output or result is discarded.
    public static final PathField NULL = new PathField(null);

    /// `$`: the whole.
    public static final PathField ROOT = new PathField("$");
}
