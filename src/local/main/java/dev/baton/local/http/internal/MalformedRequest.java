package dev.baton.local.http.internal;

/// Bytes that are no HTTP request, or one that we refuse to guess the meaning of. The connection ends with it.
final class MalformedRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    MalformedRequest(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
