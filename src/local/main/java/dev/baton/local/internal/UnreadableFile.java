package dev.baton.local.internal;

import dev.baton.diagnostic.Diagnostic;
import java.nio.file.Path;

/// A file of the store that cannot be understood: it stops the start, and every byte stays as it is.
public final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final transient Diagnostic finding;
    private final long senseless;

    UnreadableFile(Path file, Diagnostic finding) {
        this(file, finding, -1);
    }

    UnreadableFile(Path file, Diagnostic finding, long senseless) {
        super(finding.message());
        this.senseless = senseless;
        this.file = file;
        this.finding = finding;
    }

    public Path file() {
        return file;
    }

    /// Where the record begins that is whole and means nothing; -1 where it is something else.
    long senseless() {
        return senseless;
    }

    /// LOC001 to LOC005.
    public Diagnostic finding() {
        return finding;
    }
}
