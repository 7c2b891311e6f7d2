package dev.baton.asl.internal;

/// The braces that make a string of a JSONata state an expression.
final class JsonataText {
    private JsonataText() {}

    static boolean isExpression(String text) {
        return text.length() >= 4 && text.startsWith("{%") && text.endsWith("%}");
    }

    /// Whether only one end has its brace, which the service refuses. With blanks at both ends it is a plain string
    /// for the service.
    static boolean isBroken(String text) {
        return !isExpression(text) && (text.startsWith("{%") || text.endsWith("%}"));
    }

    /// The text between the braces.
    static String inner(String text) {
        return text.substring(2, text.length() - 2);
    }
}
