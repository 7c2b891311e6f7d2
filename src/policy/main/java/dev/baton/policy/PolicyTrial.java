package dev.baton.policy;

import dev.baton.diagnostic.Diagnostics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A test of policies by one sentence, and how it came out.
///
/// @param asked the sentence
/// @param answer what the policies say
public record PolicyTrial(PolicyCase asked, PolicyAnswer answer) {

    /// Asks policies all sentences of a file, as if every pipeline were deployed to every environment.
    ///
    /// @param policies their text
    /// @param file the name of the sentences' file, for findings
    /// @throws DiagnosticException POL021 for sentences about what is not there: that nobody may do anything with it
    ///     would say nothing
    public static List<PolicyTrial> of(String policies, PolicyVocabulary known, String file, List<PolicyCase> cases) {
        var problems = new Diagnostics();
        for (var one : cases) {
            known.missing(one.question())
                    .ifPresent(missing -> problems.add(CedarFindings.unknownInCase(file, one.line(), missing)));
        }
        problems.throwIfErrors();
        var byEnvironment = new HashMap<String, PeoplePolicies>();
        return cases.stream()
                .map(one -> new PolicyTrial(
                        one,
                        byEnvironment
                                .computeIfAbsent(
                                        one.question().environment(),
                                        environment -> PeoplePolicies.over(policies, known.in(environment)))
                                .ask(one.question())))
                .toList();
    }

    /// Whether it is as the sentence says.
    public boolean holds() {
        return answer.allowed() == asked.expected();
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("line", (long) asked.line());
        json.put("sentence", asked.text());
        json.put("expected", asked.expected());
        json.put("allowed", answer.allowed());
        json.put("reason", answer.reason());
        json.put("policies", answer.policies());
        json.put("hash", answer.hash());
        return json;
    }
}
