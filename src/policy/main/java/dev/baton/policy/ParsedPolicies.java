package dev.baton.policy;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.policy.Cedar.CedarError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The policies of a text, and what is wrong with them whatever pipelines there are: with errors in the findings, the
/// policies are not all there.
record ParsedPolicies(List<ParsedPolicy> policies, List<Diagnostic> findings) {
    /// The longest text, in UTF-16 units.
    static final int MOST_LETTERS = 100_000;

    /// The deepest brackets.
    static final int MOST_DEPTH = 24;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    ParsedPolicies {
        policies = List.copyOf(policies);
        findings = List.copyOf(findings);
    }

    /// @param file the name of the text, for findings
    static ParsedPolicies of(String file, String text) {
        if (text.length() > MOST_LETTERS) {
            return failed(CedarFindings.tooLong(file, text.length(), MOST_LETTERS));
        }
        var written = WrittenPolicy.of(file, text);
        for (var policy : written) {
            var depth = CedarTokens.depth(policy.text());
            if (depth > MOST_DEPTH) {
                return failed(CedarFindings.tooDeep(policy.at(0), depth, MOST_DEPTH));
            }
        }
        return written.isEmpty() ? failed(CedarFindings.noPolicy(file)) : NativeStack.call(() -> parse(file, written));
    }

    private static ParsedPolicies failed(Diagnostic finding) {
        return new ParsedPolicies(List.of(), List.of(finding));
    }

    private static ParsedPolicies parse(String file, List<WrittenPolicy> written) {
        try {
            return parse(new Cedar(), written);
        } catch (CedarUnavailable e) {
            return failed(CedarFindings.unavailable(file, e));
        }
    }

    private static ParsedPolicies parse(Cedar cedar, List<WrittenPolicy> written) throws CedarUnavailable {
        var names = new LinkedHashMap<String, WrittenPolicy>();
        var texts = new LinkedHashMap<String, String>();
        for (var policy : written) {
            var name = name(names.size());
            names.put(name, policy);
            texts.put(name, policy.text());
        }
        var verdict = cedar.validate(texts);
        var findings = new ArrayList<Diagnostic>();
        if (verdict.errors().stream().anyMatch(error -> !names.containsKey(error.policy()))) {
            for (var policy : written) {
                cedar.validate(Map.of(name(0), policy.text())).errors().stream()
                        .filter(error -> error.policy().isEmpty())
                        .map(error -> CedarFindings.syntax(policy, error))
                        .forEach(findings::add);
            }
            return new ParsedPolicies(List.of(), findings);
        }
        var policies = new ArrayList<ParsedPolicy>();
        var ids = new TreeMap<String, WrittenPolicy>();
        for (var one : names.entrySet()) {
            try {
                var json = Json.parseObject(cedar.json(one.getValue().text()));
                var policy = new ParsedPolicy(ParsedPolicy.id(json, one.getKey()), one.getValue(), json);
                policies.add(policy);
                if (!ID.matcher(policy.id()).matches() || ids.put(policy.id(), one.getValue()) != null) {
                    findings.add(CedarFindings.id(policy));
                }
            } catch (JsonException e) {
                findings.add(CedarFindings.tooDeep(one.getValue().at(0), Json.MAX_DEPTH, MOST_DEPTH));
            }
        }
        for (var errors : byPlace(verdict.errors())) {
            var policy = names.get(errors.getFirst().policy());
            if (policy != null) {
                findings.add(CedarFindings.invalid(policy, errors));
            }
        }
        for (var warning : verdict.warnings()) {
            var policy = names.get(warning.policy());
            if (policy != null) {
                findings.add(CedarFindings.idle(policy, warning));
            }
        }
        return new ParsedPolicies(policies, findings);
    }

    /// What Cedar says of one place for each type of principal and resource is one finding.
    private static List<List<CedarError>> byPlace(List<CedarError> errors) {
        var places = new LinkedHashMap<String, List<CedarError>>();
        for (var error : errors) {
            places.computeIfAbsent(error.policy() + " " + error.start(), any -> new ArrayList<>())
                    .add(error);
        }
        return List.copyOf(places.values());
    }

    /// The name by which Cedar is given a policy.
    static String name(int index) {
        return "policy" + index;
    }
}
