package dev.baton.cli.audit;

import dev.baton.cli.artefact.InputFiles;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The comparison of a file with its anchor.
public final class AnchorCheck {
    private AnchorCheck() {}

    /// The anchor in a file.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI002, CLI003, CLI151
    public static ChainAnchor read(Path file) throws IOException {
        try {
            return ChainAnchor.parse(InputFiles.text(file).getBytes(StandardCharsets.UTF_8));
        } catch (InvalidInput e) {
            throw AuditFindings.noAnchor(file.toString(), "is not an anchor: " + e.getMessage());
        }
    }

    /// What differs (CLI150).
    ///
    /// @param named how the anchor is called
    public static List<Diagnostic> of(String file, AuditVerification.Result result, String named, ChainAnchor anchor) {
        var findings = new ArrayList<Diagnostic>();
        if (!anchor.range().equals(result.range())) {
            findings.add(AuditFindings.otherRange(file, result.range(), anchor.range(), named));
        }
        if (!anchor.head().equals(result.head())) {
            findings.add(AuditFindings.otherEnd(file, result.head(), anchor.head(), named));
        }
        return findings;
    }

    /// Whether the key that is trusted signed the anchor (CLI153). The anchor's own word for its key counts for nothing.
    ///
    /// @param key its ARN
    public static List<Diagnostic> signature(AnchorStore store, String named, ChainAnchor anchor, String key) {
        if (anchor.signature().isEmpty()) {
            return List.of(AuditFindings.unsigned(named, "is not signed, and " + key + " had to have signed it"));
        }
        return store.isSigned(anchor, key)
                ? List.of()
                : List.of(AuditFindings.unsigned(named, "is not what " + key + " signed"));
    }
}
