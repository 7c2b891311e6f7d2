package dev.baton.cli.check;

import dev.baton.asl.definition.Asl;
import dev.baton.compiler.gate.Gate;
import dev.baton.compiler.gate.GatePolicy;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.json.Node;
import java.util.ArrayList;
import java.util.List;

/// One definition as it stands in a file.
///
/// @param file what findings call the file
/// @param pointer where it begins in the file, as RFC 6901 has it; empty where the file is the definition
/// @param root its nodes, placed in the file
public record WrittenDefinition(String file, String pointer, Node root) {

    /// The findings of the language and of the gate about it.
    public List<Diagnostic> findings(GatePolicy policy) {
        var findings = new ArrayList<>(Asl.check(file, root));
        findings.addAll(Gate.check(file, root, policy));
        return findings.stream().map(this::inFile).toList();
    }

    private Diagnostic inFile(Diagnostic finding) {
        return finding.location() instanceof Location.InText(var source, var line, var column, var inside)
                ? new Diagnostic(
                        finding.severity(),
                        finding.code(),
                        new Location.InText(source, line, column, pointer + inside),
                        finding.message(),
                        finding.remedy())
                : finding;
    }
}
