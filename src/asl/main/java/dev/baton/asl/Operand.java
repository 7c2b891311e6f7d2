package dev.baton.asl;

/// A value that is written in the definition, taken from a path, or computed by a JSONata expression.
///
/// So `TimeoutSeconds: 5`, `TimeoutSecondsPath: "$.limit"` and `TimeoutSeconds: "{% $limit %}"` are one field.
///
/// @param <T> what a written value is
public sealed interface Operand<T> {

    /// A written value.
    record Given<T>(T value) implements Operand<T> {}

    /// A value taken from where a path leads, or from an intrinsic function where the language allows one.
    ///
    /// @param path as written in the field that ends in `Path` (or `.$`)
    record AtPath<T>(String path) implements Operand<T> {}

    /// A value computed by JSONata.
    ///
    /// @param expression as written, with its `{%` and `%}`
    record Expression<T>(String expression) implements Operand<T> {}

    static <T> Operand<T> of(T value) {
        return new Given<>(value);
    }

    static <T> Operand<T> atPath(String path) {
        return new AtPath<>(path);
    }

    static <T> Operand<T> expression(String expression) {
        return new Expression<>(expression);
    }
}
