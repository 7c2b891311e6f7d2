package dev.baton.cli.people;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.people.PolicyStore.StoredPolicies;
import dev.baton.compiler.environment.Environment;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.policy.GovernedPipeline;
import dev.baton.policy.PeoplePolicies;
import dev.baton.policy.PolicyAction;
import dev.baton.policy.PolicyDifference;
import dev.baton.policy.PolicyQuestion;
import dev.baton.policy.PolicyResource;
import dev.baton.run.EvidenceEntry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The publication of policies in an environment. The policies that hold decide whether it may be made; both the decision
/// and the change are evidence.
public final class PolicyPublication {
    private final Endpoint endpoint;
    private final Environment environment;
    private final InstantSource time;
    private final PolicyStore store;

    public PolicyPublication(Endpoint endpoint, Environment environment, InstantSource time) {
        this.endpoint = endpoint;
        this.environment = environment;
        this.time = time;
        this.store = new PolicyStore(endpoint, environment.stateBucket().name());
    }

    /// The outcome of a change: the policies after it, and what is new in them.
    public record Outcome(StoredPolicies after, PolicyDifference difference) {}

    /// @param text without errors
    /// @throws DiagnosticException CLI110 when the policies that hold do not let whoever asks, CLI112 when somebody else
    ///     has changed them meanwhile
    public Outcome put(String text) {
        var before = store.policies();
        var requester = environment.identities().requester(endpoint.callerArn());
        var facts = new ArrayList<>(store.governed());
        if (facts.isEmpty()) {
            facts.add(ownerAlone().toBytes());
        }
        var answer = PeoplePolicies.of(before.text().getBytes(StandardCharsets.UTF_8), facts)
                .ask(new PolicyQuestion(
                        requester,
                        PolicyAction.DEPLOY,
                        new PolicyResource.OfEnvironment(environment.name()),
                        environment.name(),
                        Map.of(
                                "at",
                                time.instant().truncatedTo(ChronoUnit.SECONDS).toString())));
        var evidence = new EvidenceStore(endpoint, store.bucket());
        evidence.add(new EvidenceEntry(
                time.instant(),
                EvidenceEntry.Kind.DECISION,
                "",
                requester,
                PolicyEvidence.decision(PolicyAction.DEPLOY, environment.name(), answer)));
        if (!answer.allowed()) {
            throw new DiagnosticException(
                    PeopleFindings.denied(environment.name(), "change the policies of " + environment.name(), answer));
        }
        var after = store.put(text, before)
                .orElseThrow(() -> new DiagnosticException(PeopleFindings.changed(environment.name())));
        evidence.add(new EvidenceEntry(
                time.instant(), EvidenceEntry.Kind.POLICY, "", requester, PolicyEvidence.change(before, after)));
        return new Outcome(after, PolicyDifference.between(before.text(), text));
    }

    /// Before anything is deployed, the environment's own file says whose it is.
    private GovernedPipeline ownerAlone() {
        return new GovernedPipeline(
                environment.name(),
                Optional.ofNullable(environment.owner()),
                "",
                Optional.empty(),
                new TreeSet<>(),
                new TreeMap<>());
    }
}
