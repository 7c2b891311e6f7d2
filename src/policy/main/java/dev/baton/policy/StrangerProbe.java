package dev.baton.policy;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.run.Requester;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A probe of policies: people who belong nowhere, and events, ask them for what only a team should have. However a
/// policy is written, this finds that it gives to everybody.
final class StrangerProbe {
    /// What must be somebody's.
    private static final List<PolicyAction> GUARDED = List.of(PolicyAction.APPROVE, PolicyAction.DEPLOY);

    private static final int MOST_CANDIDATES = 16;

    /// A context in which everything is said that policies may ask for.
    private static final Map<String, Object> TOLD = Map.of(
            "at",
            "2026-12-01T12:00:00Z",
            "forced",
            List.of("Stranger"),
            "parameters",
            List.of("stranger=1"),
            "reason",
            "because",
            "revision",
            "0",
            "runs",
            1L,
            "seconds",
            60L,
            "starter",
            "stranger:other",
            "widened",
            false);

    private final PolicyVocabulary known;
    private final List<ParsedPolicy> policies;
    private final String text;

    StrangerProbe(PolicyVocabulary known, List<ParsedPolicy> policies, String text) {
        this.known = known;
        this.policies = policies;
        this.text = text;
    }

    /// A policy, and who gets something by it.
    private record Gift(String policy, Requester.Kind kind, String who) {}

    List<Diagnostic> findings() {
        if (policies.stream().noneMatch(policy -> policy.permits() && !policy.isForNamed())) {
            return List.of();
        }
        var given = new LinkedHashMap<Gift, Set<PolicyAction>>();
        var contexts =
                text.contains("context") ? List.of(Map.<String, Object>of(), TOLD) : List.of(Map.<String, Object>of());
        for (var environment : environments()) {
            var governed = known.in(environment);
            var asked = PeoplePolicies.over(text, governed);
            for (var who : askers()) {
                for (var action : GUARDED) {
                    for (var resource : resources(environment, governed, action)) {
                        for (var context : contexts) {
                            var answer = asked.ask(new PolicyQuestion(who, action, resource, environment, context));
                            if (answer.allowed()) {
                                answer.policies()
                                        .forEach(policy -> given.computeIfAbsent(
                                                        new Gift(policy, who.kind(), shown(who)),
                                                        any -> new TreeSet<>())
                                                .add(action));
                            }
                        }
                    }
                }
            }
        }
        return told(given);
    }

    /// Those that policies name, and else one of each owner.
    private Set<String> environments() {
        var environments = new LinkedHashSet<String>();
        var owners = new LinkedHashSet<Optional<String>>();
        known.environments().forEach((name, owner) -> {
            if (owners.add(owner) || text.contains("\"" + name + "\"")) {
                environments.add(name);
            }
        });
        return environments.isEmpty() ? Set.of("any") : environments;
    }

    /// One finding for each policy and kind of who asks.
    private List<Diagnostic> told(Map<Gift, Set<PolicyAction>> given) {
        var findings = new ArrayList<Diagnostic>();
        var told = new LinkedHashSet<String>();
        given.forEach((gift, actions) -> policies.stream()
                .filter(policy -> policy.id().equals(gift.policy()))
                .findFirst()
                .filter(policy -> told.add(gift.policy() + " " + gift.kind()))
                .ifPresent(policy -> {
                    var what = actions.stream().map(PolicyAction::word).collect(joining(" and "));
                    findings.add(
                            gift.kind() == Requester.Kind.EVENT
                                    ? CedarFindings.event(policy, gift.who(), what)
                                    : CedarFindings.anybody(policy, gift.who(), what));
                }));
        return findings;
    }

    private static String shown(Requester who) {
        return switch (who.kind()) {
            case PERSON -> "a person of no team (" + who.id() + ")";
            case ROLE -> "a role of no team (" + who.id() + ")";
            case EVENT, UNKNOWN -> who.id();
        };
    }

    private List<Requester> askers() {
        var askers = new ArrayList<Requester>();
        askers.add(Requester.person("stranger", "stranger", List.of()));
        // By what a policy compares with, it may mean all of a provider, or all whose name ends like that.
        for (var candidate : candidates()) {
            askers.add(Requester.person(candidate, "stranger", List.of()));
            askers.add(Requester.person("stranger", candidate, List.of()));
        }
        askers.add(Requester.role("arn:aws:iam::999999999999:role/stranger", "stranger", List.of()));
        for (var kind : Requester.EventKind.values()) {
            askers.add(Requester.event(kind));
        }
        return askers;
    }

    private Set<String> candidates() {
        var candidates = new LinkedHashSet<String>();
        for (var policy : policies) {
            for (var value : policy.values()) {
                if (value instanceof Map<?, ?> map) {
                    if (map.get("pattern") instanceof List<?> pattern
                            && !pattern.isEmpty()
                            && pattern.getFirst().equals("Wildcard")) {
                        candidates.add(pattern.stream()
                                .map(piece -> piece instanceof Map<?, ?> literal
                                                && literal.get("Literal") instanceof String letters
                                        ? letters
                                        : "")
                                .collect(joining("")));
                    } else if (isProvider(map.get("left"))
                            && map.get("right") instanceof Map<?, ?> right
                            && right.get("Value") instanceof String provider) {
                        candidates.add(provider);
                    }
                }
            }
        }
        return candidates.stream().limit(MOST_CANDIDATES).collect(toSet());
    }

    /// Whether an expression is `principal.provider`.
    private static boolean isProvider(@Nullable Object expression) {
        return expression instanceof Map<?, ?> map
                && map.get(".") instanceof Map<?, ?> access
                && "provider".equals(access.get("attr"));
    }

    /// What the policies name, and else one of each kind that they can tell apart.
    private Set<PolicyResource> resources(String environment, List<GovernedPipeline> governed, PolicyAction action) {
        var named = new TreeSet<String>();
        policies.forEach(policy -> policy.literals().forEach(literal -> named.add(literal.id())));
        var seen = new LinkedHashSet<Object>();
        var resources = new LinkedHashSet<PolicyResource>();
        if (action == PolicyAction.DEPLOY) {
            resources.add(new PolicyResource.OfEnvironment(environment));
        }
        for (var pipeline : governed) {
            var whole = new PolicyResource.OfPipeline(pipeline.pipeline());
            if (named.contains(whole.id()) || seen.add(List.of(pipeline.owner(), pipeline.approvers()))) {
                resources.add(whole);
            }
            if (action == PolicyAction.APPROVE) {
                pipeline.tasks().forEach((name, task) -> {
                    var resource = new PolicyResource.OfTask(pipeline.pipeline(), name);
                    if (named.contains(resource.id())
                            || seen.add(List.of(named.contains(whole.id()) ? whole : "", task))) {
                        resources.add(resource);
                    }
                });
            }
        }
        return resources;
    }
}
