package dev.baton.engine.data;

/// S3 did not give or take an object; error and cause end up in the state's failure.
public final class ObjectAccessException extends Exception {
    private static final long serialVersionUID = 1;

    private final String error;

    /// @param error such as `S3.NoSuchKeyException`
    /// @param cause what Step Functions shows as Cause
    public ObjectAccessException(String error, String cause) {
        super(cause);
        this.error = error;
    }

    /// Such as `S3.NoSuchKeyException`.
    public String error() {
        return error;
    }

    /// The Cause that Step Functions shows.
    public String cause() {
        return String.valueOf(getMessage());
    }
}
