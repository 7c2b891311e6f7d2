package dev.baton.cli.people;

import dev.baton.cli.artefact.Provenance;
import dev.baton.cli.deploy.read.Difference;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.Manifest;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.deploy.read.PipelineSnapshot;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.json.Json;
import dev.baton.name.Sha256;
import dev.baton.policy.GovernedPipeline;
import dev.baton.policy.PeoplePolicies;
import dev.baton.policy.PolicyAction;
import dev.baton.policy.PolicyQuestion;
import dev.baton.policy.PolicyResource;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.Requester;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// A deployment, as policies about people and evidence see it: who makes it, whether they may, and what it changed.
///
/// Who deploys is whoever the AWS credentials belong to, as STS says. The policies are asked about what is deployed
/// already, not about what is brought: who writes another owner into the code is not its owner yet.
public final class GovernedDeployment {
    private static final int MOST_CHANGES = 50;

    private final Endpoint endpoint;
    private final Environment environment;
    private final InstantSource time;
    private final PolicyStore policies;
    private final EvidenceStore evidence;
    private final Manifests manifests;
    private final Map<String, Optional<Manifest>> before = new TreeMap<>();
    private @Nullable Requester requester;

    public GovernedDeployment(Endpoint endpoint, Environment environment, InstantSource time) {
        var bucket = environment.stateBucket().name();
        this.endpoint = endpoint;
        this.environment = environment;
        this.time = time;
        this.policies = new PolicyStore(endpoint, bucket);
        this.evidence = new EvidenceStore(endpoint, bucket);
        this.manifests = new Manifests(endpoint, bucket);
    }

    /// Whoever the credentials belong to; nobody that is known, where the endpoint has no STS to say so.
    private Requester requester() {
        if (requester == null) {
            try {
                requester = environment.identities().requester(endpoint.callerArn());
            } catch (SdkException e) {
                requester = Requester.NOBODY;
            }
        }
        return requester;
    }

    /// Asks, where policies hold, whether whoever deploys may, and remembers what is there.
    ///
    /// @throws DiagnosticException CLI110 for each pipeline that they may not deploy
    public void require(Collection<CompiledPipeline> pipelines) throws IOException {
        for (var pipeline : pipelines) {
            before.put(pipeline.name(), manifests.find(pipeline.name()));
        }
        if (!environment.policies()) {
            return;
        }
        var text = text();
        var denials = new Diagnostics();
        for (var pipeline : pipelines) {
            var facts = policies.governed(pipeline.name())
                    .orElseGet(() -> governed(pipeline).toBytes());
            var context = new LinkedHashMap<String, Object>();
            context.put("at", time.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            var revision = Provenance.of(pipeline).revision();
            if (!revision.id().isEmpty()) {
                context.put("revision", revision.id());
            }
            var answer = PeoplePolicies.of(text.getBytes(StandardCharsets.UTF_8), List.of(facts))
                    .ask(new PolicyQuestion(
                            requester(),
                            PolicyAction.DEPLOY,
                            new PolicyResource.OfPipeline(pipeline.name()),
                            environment.name(),
                            context));
            if (!answer.allowed()) {
                var what = "deploy " + pipeline.name() + " to " + environment.name();
                denials.add(PeopleFindings.denied(environment.name(), what, answer));
                if (before.getOrDefault(pipeline.name(), Optional.empty()).isPresent()) {
                    evidence.add(new EvidenceEntry(
                            time.instant(),
                            EvidenceEntry.Kind.DECISION,
                            pipeline.name(),
                            requester(),
                            PolicyEvidence.decision(PolicyAction.DEPLOY, pipeline.name(), answer)));
                }
            }
        }
        denials.throwIfErrors();
    }

    /// The policies that hold: those that are there, and else those that this deployment brings.
    private String text() throws IOException {
        var there = policies.policies();
        if (there.isWritten()) {
            return there.text();
        }
        return ProjectPolicies.find(null).map(ProjectPolicies::text).orElse(there.text());
    }

    private GovernedPipeline governed(CompiledPipeline pipeline) {
        return GovernedPipeline.of(pipeline.graph(), environment.name(), Optional.ofNullable(environment.owner()));
    }

    /// Writes down what was deployed: what policies may ask about it, the first policies where there are none, and the
    /// evidence.
    public void record(CompiledPipeline pipeline) throws IOException {
        if (environment.policies()) {
            policies.put(governed(pipeline));
            var there = policies.policies();
            var brought = ProjectPolicies.find(null);
            if (!there.isWritten() && brought.isPresent()) {
                policies.put(brought.get().text(), there)
                        .ifPresent(written -> evidence.add(new EvidenceEntry(
                                time.instant(),
                                EvidenceEntry.Kind.POLICY,
                                "",
                                requester(),
                                PolicyEvidence.change(there, written))));
            }
        }
        manifests.find(pipeline.name()).ifPresent(manifest -> {
            var earlier = before.getOrDefault(pipeline.name(), Optional.empty());
            var changes = permissions(earlier, manifest);
            evidence.add(entry(EvidenceEntry.Kind.DEPLOYMENT, manifest, deployment(manifest, changes)));
            if (!changes.isEmpty()) {
                evidence.add(entry(EvidenceEntry.Kind.PERMISSION, manifest, changed(changes)));
            }
        });
    }

    private EvidenceEntry entry(EvidenceEntry.Kind kind, Manifest manifest, Map<String, @Nullable Object> details) {
        return new EvidenceEntry(time.instant(), kind, manifest.pipeline(), requester(), details);
    }

    private static List<Difference> permissions(Optional<Manifest> earlier, Manifest now) {
        var there = earlier.map(Manifest::snapshot).orElseGet(() -> new PipelineSnapshot(new TreeMap<>()));
        return Difference.between(there, now.snapshot(), List.of()).stream()
                .filter(difference -> difference.kind() == Difference.Kind.PERMISSION)
                .toList();
    }

    private Map<String, @Nullable Object> deployment(Manifest manifest, List<Difference> changes) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("environment", environment.name());
        details.put("revision", manifest.revision().toJson());
        details.put("manifest", Sha256.hex(Json.print(manifest.toJson())));
        var machines = new TreeMap<String, @Nullable Object>();
        var functions = new TreeMap<String, @Nullable Object>();
        manifest.snapshot().parts().forEach((name, part) -> {
            if (part.get("definition") != null) {
                machines.put(name, Sha256.hex(Json.print(part.get("definition"))));
            } else if (part.get("code") != null) {
                functions.put(name, part.get("code"));
            }
        });
        details.put("definitions", machines);
        details.put("code", functions);
        details.put("widened", count(changes, true));
        details.put("narrowed", count(changes, false));
        return details;
    }

    private static long count(List<Difference> changes, boolean widens) {
        return changes.stream().filter(change -> change.widens() == widens).count();
    }

    private Map<String, @Nullable Object> changed(List<Difference> changes) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("environment", environment.name());
        details.put("widened", shown(changes, true));
        details.put("narrowed", shown(changes, false));
        details.put("changes", (long) changes.size());
        return details;
    }

    private static List<String> shown(List<Difference> changes, boolean widens) {
        return changes.stream()
                .filter(change -> change.widens() == widens)
                .limit(MOST_CHANGES)
                .map(change -> change.resource() + ": " + change.place())
                .toList();
    }
}
