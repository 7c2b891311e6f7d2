package dev.baton.asl.path;

/// A text that is not a path or no intrinsic function call, with the place where it stops being one.
public final class PathSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int offset;

    PathSyntaxException(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /// The reason, a part of a sentence.
    public String why() {
        return String.valueOf(getMessage());
    }

    /// Into the text, counted from 0, in UTF-16 units.
    public int offset() {
        return offset;
    }
}
