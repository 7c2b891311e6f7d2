package dev.baton.diagnostic;

/// One finding: what is wrong, where, what was there instead, and how to mend it.
///
/// @param severity whether it stops what was asked for
/// @param code stable, three capital letters and three digits (`TSK007`); `baton explain CODE` tells more
/// @param location where it is
/// @param message what is wrong and what was there instead, one sentence without its final stop
/// @param remedy how to mend it, one imperative sentence without its final stop
public record Diagnostic(Severity severity, String code, Location location, String message, String remedy) {

    public Diagnostic {
        if (!code.matches("[A-Z]{3}[0-9]{3}")) {
            throw new IllegalArgumentException("a code is three capital letters and three digits, but was " + code);
        }
    }

    /// A finding that stops what was asked for.
    public static Diagnostic error(String code, Location location, String message, String remedy) {
        return new Diagnostic(Severity.ERROR, code, location, message, remedy);
    }

    /// A finding that stops nothing.
    public static Diagnostic warning(String code, Location location, String message, String remedy) {
        return new Diagnostic(Severity.WARNING, code, location, message, remedy);
    }

    /// Whether it stops what was asked for.
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// The finding as people read it, three lines without a final line break.
    @Override
    public String toString() {
        return severity.word() + " " + code + " at " + location + "\n  " + sentence(message) + "\n  Mend: "
                + sentence(remedy) + "   (baton explain " + code + ")";
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }
}
