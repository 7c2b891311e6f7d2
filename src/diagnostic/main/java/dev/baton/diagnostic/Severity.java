package dev.baton.diagnostic;

/// The weight of a finding: an error stops what was asked for, a warning does not.
public enum Severity {
    ERROR,
    WARNING;

    /// The word that stands before the code when a finding is printed.
    public String word() {
        return switch (this) {
            case ERROR -> "error";
            case WARNING -> "warning";
        };
    }
}
