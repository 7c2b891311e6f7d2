package dev.baton.cli.proposal;

import dev.baton.asl.definition.Asl;
import dev.baton.cli.access.AccessDiff;
import dev.baton.cli.check.DefinitionFile;
import dev.baton.compiler.gate.GatePolicy;
import dev.baton.compiler.gate.LookalikeNames;
import dev.baton.compiler.gate.PresentMachine;
import dev.baton.compiler.reference.PolicyReview;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import dev.baton.policy.PolicyChecks;
import dev.baton.policy.PolicyVocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A check of a proposal: its definitions by the language and by the gate at its strictest, its policies by the service
/// authorization reference and by what became wider, its policies about people by Cedar. The rules and what was accepted
/// are those that are there, and never the proposal's.
public final class ProposalCheck {
    private static final Pattern DEFINITION = Pattern.compile("(?:[^/]+/)?[^/]+\\.asl\\.(json|yaml|yml)");
    private static final Pattern POLICY =
            Pattern.compile("(?:[^/]+/)?(?:policies/[^/]+|buckets/[^/]+|boundary)\\.json");
    private static final Pattern CEDAR = Pattern.compile("(?:[^/]+/)?[^/]+\\.cedar");
    private static final Pattern RULES =
            Pattern.compile("(?:.*/)?(gate\\.json|accepted-access\\.txt|environments\\.json|cdk\\.json|pom\\.xml)");
    /// What synth writes for people to look at: nothing is deployed from it.
    private static final Pattern SHOWN = Pattern.compile("(?:[^/]+/)?(definition\\.svg|proof\\.json)");

    private static final Set<String> ROLE = Set.of("policy", "trust", "boundary", "tags");
    private static final String OF_A_TASK = ".*-(runner|states|pin|start|callback|await|deploy|approval|access)\\.json";

    private final Map<String, String> present;
    private final GatePolicy gate;
    private final PolicyVocabulary people;
    private final List<Diagnostic> findings = new ArrayList<>();

    /// @param present the files that are there, by their paths in `statemachines`
    /// @param gate the rules that are there
    /// @param people what policies about people may name
    public ProposalCheck(Map<String, String> present, GatePolicy gate, PolicyVocabulary people) {
        this.present = Map.copyOf(present);
        this.gate = gate;
        this.people = people;
    }

    /// The verdict about a proposal.
    public ProposalVerdict of(Proposal proposal) {
        proposal.files().forEach(this::file);
        wider(proposal);
        return new ProposalVerdict(proposal, findings);
    }

    private void file(String path, String text) {
        if (text.equals(present.get(path)) || SHOWN.matcher(path).matches()) {
            return;
        }
        if (RULES.matcher(path).matches()) {
            findings.add(ProposalFindings.rules(path));
        } else if (DEFINITION.matcher(path).matches()) {
            definition(path, text);
        } else if (POLICY.matcher(path).matches()) {
            policy(path, text);
        } else if (CEDAR.matcher(path).matches()) {
            cedar(path, text);
        } else {
            findings.add(ProposalFindings.unknown(path));
        }
    }

    private void definition(String path, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > Asl.MAX_DEFINITION_BYTES) {
            findings.addAll(Asl.parse(path, text).diagnostics());
            return;
        }
        var before = present.get(path);
        var machine = before == null ? PresentMachine.NONE : PresentMachine.of(before);
        var folder = path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
        var strict = gate.forProposal(machine.approvals(), own(folder, machine.destinations()));
        try {
            if (!path.endsWith(".json") || !text.stripLeading().startsWith("{")) {
                // Its nodes have lost what stood twice.
                DefinitionFile.read(path, text).forEach(each -> findings.addAll(each.findings(strict)));
                return;
            }
            var found = DefinitionFile.read(path, text);
            repeated(path, Node.parse(text));
            found.forEach(each -> findings.addAll(each.findings(strict)));
        } catch (DiagnosticException e) {
            findings.addAll(e.diagnostics());
        } catch (JsonException e) {
            findings.add(ProposalFindings.malformed(path, String.valueOf(e.getMessage())));
        }
    }

    /// What a pipeline's own functions and child machines are called is declared by its name.
    private static List<String> own(String pipeline, List<String> there) {
        var own = new ArrayList<>(there);
        own.add("arn:${Partition}:states:::lambda:invoke");
        own.add("arn:aws:states:::lambda:invoke");
        if (!pipeline.isEmpty()) {
            own.add("arn:${Partition}:lambda:${Region}:${AccountId}:function:baton-" + pipeline + "-*");
        }
        return own;
    }

    private void policy(String path, String text) {
        Map<String, @Nullable Object> json;
        try {
            repeated(path, Node.parse(text));
            json = Json.parseObject(text);
        } catch (JsonException e) {
            findings.add(ProposalFindings.malformed(path, String.valueOf(e.getMessage())));
            return;
        }
        hidden(path, json);
        var isRole = path.contains("policies/");
        if (!isRole) {
            findings.addAll(PolicyReview.of(path, json, false));
            return;
        }
        json.keySet().stream()
                .filter(member -> !ROLE.contains(member))
                .forEach(member -> findings.add(ProposalFindings.member(path, member)));
        for (var member : List.of("policy", "trust")) {
            if (json.get(member) instanceof Map<?, ?> policy) {
                findings.addAll(
                        PolicyReview.of(path, object(policy), member.equals("policy") && !path.matches(OF_A_TASK)));
            } else {
                findings.add(ProposalFindings.malformed(path, "has no " + member));
            }
        }
        var before = present.get(path);
        if (before != null && !json.getOrDefault("tags", Map.of()).equals(tags(before))) {
            findings.add(ProposalFindings.tags(path));
        }
    }

    private static Object tags(String before) {
        var tags = Json.parseObject(before).get("tags");
        return tags == null ? Map.of() : tags;
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> map) {
        var object = new TreeMap<String, @Nullable Object>();
        map.forEach((name, value) -> object.put(String.valueOf(name), value));
        return object;
    }

    private void cedar(String path, String text) {
        if (LookalikeNames.isHiding(text)) {
            findings.add(ProposalFindings.hidden(path, text.lines().findFirst().orElse("")));
        }
        for (var finding : PolicyChecks.of(path, text, people)) {
            // Nobody reads the warnings of a proposal before it is there.
            findings.add(
                    finding.isError()
                            ? finding
                            : Diagnostic.error(
                                    finding.code(), finding.location(), finding.message(), finding.remedy()));
        }
    }

    /// What became wider in the policies that the proposal has other than they are.
    private void wider(Proposal proposal) {
        var before = new TreeMap<String, String>();
        var after = new TreeMap<String, String>();
        // What was accepted is what was accepted before.
        present.forEach((path, text) -> {
            if (proposal.files().containsKey(path) || path.equals("accepted-access.txt")) {
                before.put(path, text);
            }
        });
        proposal.files().forEach((path, text) -> {
            if (POLICY.matcher(path).matches() && !text.equals(before.get(path))) {
                after.put(path, text);
            } else {
                before.remove(path);
            }
        });
        try {
            AccessDiff.wider(before, after).forEach(line -> findings.add(ProposalFindings.wider("access", line)));
        } catch (DiagnosticException e) {
            findings.addAll(e.diagnostics());
        }
    }

    private void repeated(String path, Node node) {
        switch (node) {
            case ObjectNode object -> {
                var seen = new HashSet<String>();
                for (var member : object.members()) {
                    if (!seen.add(member.name())) {
                        findings.add(ProposalFindings.repeated(
                                new Location.InText(path, member.line(), member.column(), ""), member.name()));
                    }
                    repeated(path, member.node());
                }
            }
            case ArrayNode array -> array.elements().forEach(element -> repeated(path, element));
            case ScalarNode scalar -> {}
        }
    }

    private void hidden(String path, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((name, member) -> {
                    hidden(path, name);
                    hidden(path, member);
                });
            case List<?> list -> list.forEach(member -> hidden(path, member));
            case String text
            when text.chars().anyMatch(c -> c < 0x20 || c > 0x7e) -> findings.add(ProposalFindings.hidden(path, text));
            case null, default -> {}
        }
    }
}
