package dev.baton.local.http;

/// An answer instead of a result: an error of its own, or that the caller may not.
public abstract sealed class ServiceRefusal extends RuntimeException permits AwsError, AccessDenied {
    private static final long serialVersionUID = 1;

    ServiceRefusal(String message) {
        super(message, null, false, false);
    }

    /// A sentence for people.
    public final String message() {
        var message = getMessage();
        return message == null ? "" : message;
    }

    /// What is answered. A [Protocol] gives it its form.
    public abstract AwsError error();
}
