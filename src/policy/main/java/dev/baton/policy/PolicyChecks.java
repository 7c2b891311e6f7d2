package dev.baton.policy;

import dev.baton.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/// The checks of policies about people, before they hold anywhere: Cedar's grammar, the schema, the names in them, and
/// what no policy should give away.
public final class PolicyChecks {
    private final PolicyVocabulary known;
    private final List<Diagnostic> findings = new ArrayList<>();

    private PolicyChecks(PolicyVocabulary known) {
        this.known = known;
    }

    /// What is wrong with policies, in the order of the text, what concerns them together behind it (POL001 to POL014).
    ///
    /// @param file the name of the text
    public static List<Diagnostic> of(String file, String text, PolicyVocabulary known) {
        var checks = new PolicyChecks(known);
        checks.check(file, text);
        return List.copyOf(checks.findings);
    }

    private void check(String file, String text) {
        var parsed = ParsedPolicies.of(file, text);
        findings.addAll(parsed.findings());
        for (var policy : parsed.policies()) {
            names(policy);
            if (policy.permits()) {
                limits(policy);
            }
        }
        if (parsed.findings().stream().noneMatch(Diagnostic::isError)
                && !parsed.policies().isEmpty()) {
            var told = findings.stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::location)
                    .toList();
            new StrangerProbe(known, parsed.policies(), text)
                    .findings().stream()
                            .filter(finding -> !told.contains(finding.location()))
                            .forEach(findings::add);
        }
    }

    /// Every entity that is named has to be there: Cedar asks for its type alone.
    private void names(ParsedPolicy policy) {
        for (var literal : policy.literals().stream().distinct().toList()) {
            switch (literal.type()) {
                case "Baton::Person" -> form(policy, literal, literal.id().indexOf(':') > 0, "okta:ada@example.com");
                case "Baton::Role" ->
                    form(
                            policy,
                            literal,
                            literal.id().startsWith("arn:"),
                            "arn:aws:iam::111111111111:role/data-owners");
                case "Baton::Team" -> {
                    if (!known.teams().contains(literal.id())) {
                        findings.add(CedarFindings.unknownTeam(policy, literal, known.teams()));
                    }
                }
                default ->
                    known.known(literal.type())
                            .filter(names -> !names.contains(literal.id()))
                            .ifPresent(names -> findings.add(CedarFindings.unknown(policy, literal, names)));
            }
        }
    }

    private void form(ParsedPolicy policy, ParsedPolicy.EntityLiteral literal, boolean right, String example) {
        if (!right) {
            findings.add(CedarFindings.unknown(policy, literal, List.of(example)));
        }
    }

    /// What a permit has to have: something that it asks for.
    private void limits(ParsedPolicy policy) {
        var conditions = policy.conditions();
        if (conditions.stream().allMatch(ParsedPolicy.Condition::isIdle)
                && policy.isOpen("action")
                && policy.isOpen("resource")) {
            if (policy.isOpen("principal")) {
                findings.add(CedarFindings.everything(policy));
                return;
            }
            var type = policy.bareType();
            if (type.isPresent()) {
                findings.add(CedarFindings.everyKind(policy, type.get()));
                return;
            }
        }
        if (conditions.stream().anyMatch(ParsedPolicy.Condition::isIdle)) {
            findings.add(CedarFindings.idleCondition(policy));
        }
    }
}
