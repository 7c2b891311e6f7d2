package dev.baton.asl.path;

/// An expression in a JSONPath field, what may stand where JSONPath states compute a value (a field that ends in `.$`):
/// a path or an intrinsic function.
public sealed interface PathExpression permits JsonPath, IntrinsicCall {

    /// As written.
    String text();

    /// A call when the text begins with `States.`, else a path.
    ///
    /// @throws PathSyntaxException when the text is neither
    static PathExpression parse(String text) {
        return text.stripLeading().startsWith("$") ? JsonPath.parse(text) : IntrinsicCall.parse(text);
    }
}
