package dev.baton.policy;

import java.util.Locale;

/// The failure of Cedar itself: its native library is not there, or it does not answer. Whatever was asked is denied.
final class CedarUnavailable extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    CedarUnavailable(Throwable cause) {
        super(cause);
        why = sentence(cause);
    }

    /// A sentence.
    String why() {
        return why;
    }

    private static String sentence(Throwable cause) {
        // The first failure to load it is told by the library, later ones only by the class that needs it.
        var loading = cause instanceof LinkageError;
        var detail = cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage().lines().findFirst().orElse("");
        return loading
                ? "Cedar's native library cannot be loaded on " + platform() + " (" + detail + ")"
                : "Cedar cannot evaluate the policies (" + detail + ")";
    }

    private static String platform() {
        return System.getProperty("os.name", "?") + " "
                + System.getProperty("os.arch", "?").toLowerCase(Locale.ROOT);
    }
}
