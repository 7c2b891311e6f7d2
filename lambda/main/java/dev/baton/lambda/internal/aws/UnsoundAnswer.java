package dev.baton.lambda.internal.aws;

import java.io.IOException;

/// A service answered, but not what it should: content other than its checksum says, or a header missing. Asking again
/// may help, as it does when the line breaks, but it is not the line.
public final class UnsoundAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    public UnsoundAnswer(String message) {
        super(message);
    }
}
