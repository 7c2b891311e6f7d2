package dev.baton.cli.proposal;

import dev.baton.cli.output.FindingsJson;
import dev.baton.compiler.gate.LookalikeNames;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The verdict about a proposal: it is stopped by any error. What passes is still for people to review; it has none of
/// what they need not look for any more.
///
/// @param findings errors first
public record ProposalVerdict(Proposal proposal, List<Diagnostic> findings) {
    public ProposalVerdict {
        findings = findings.stream()
                .map(ProposalVerdict::seen)
                .distinct()
                .sorted(Comparator.comparing((Diagnostic finding) -> !finding.isError()))
                .toList();
    }

    /// A finding in which nothing that was proposed hides.
    private static Diagnostic seen(Diagnostic finding) {
        return new Diagnostic(
                finding.severity(),
                finding.code(),
                switch (finding.location()) {
                    case Location.Named(var name) -> Location.named(seen(name));
                    case Location.InText(var source, var line, var column, var pointer) ->
                        new Location.InText(seen(source), line, column, seen(pointer));
                },
                seen(finding.message()),
                finding.remedy());
    }

    private static String seen(String text) {
        return LookalikeNames.problem(text) == null ? text : LookalikeNames.shown(text);
    }

    /// Whether nothing stops it.
    public boolean passed() {
        return findings.stream().noneMatch(Diagnostic::isError);
    }

    /// The members of the schema `verdict`.
    public Map<String, @Nullable Object> toJson() {
        var errors = findings.stream().filter(Diagnostic::isError).count();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("verdict", passed() ? "passed" : "stopped");
        json.put("files", (long) proposal.files().size());
        json.put("sha256", proposal.sha256());
        json.put("errors", errors);
        json.put("warnings", findings.size() - errors);
        json.put(
                "findings",
                findings.stream()
                        .map(finding -> Json.parse(FindingsJson.json(finding)))
                        .toList());
        return json;
    }
}
