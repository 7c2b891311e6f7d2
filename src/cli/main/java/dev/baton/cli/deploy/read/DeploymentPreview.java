package dev.baton.cli.deploy.read;

import dev.baton.compiler.pipeline.CompiledPipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The preview of a deployment: what it would change of what is there now, whoever made it so.
///
/// @param isNew whether nothing of the pipeline is there
/// @param differences between what is there and what the pipeline is meant to be
/// @param left what was edited by hand and a deployment leaves as it is
public record DeploymentPreview(boolean isNew, List<Difference> differences, List<ResourceChange> left) {

    public DeploymentPreview {
        differences = List.copyOf(differences);
        left = List.copyOf(left);
    }

    /// Reads from an endpoint what is there.
    ///
    /// @param stateBucket the real one
    /// @param plan of the deployment that would be made
    public static DeploymentPreview of(
            Endpoint endpoint, String stateBucket, CompiledPipeline pipeline, DeploymentPlan plan) {
        var manifests = new Manifests(endpoint, stateBucket);
        var compiled = manifests.compiled(pipeline.name()).orElse(new PipelineSnapshot(new TreeMap<>()));
        var manifest = manifests.find(pipeline.name());
        var deployed = manifest.map(known -> known.snapshot()).orElse(compiled);
        var intended = plan.intended(pipeline, compiled);
        var there = new PresentSnapshot(endpoint, endpoint.account()).of(intended.with(deployed));
        if (there.parts().keySet().stream().noneMatch(resource -> resource.startsWith("state machine "))) {
            return new DeploymentPreview(
                    true, Difference.between(new PipelineSnapshot(new TreeMap<>()), intended, List.of()), List.of());
        }
        var edits = manifest.map(known -> new DriftReport(known, manifests.all()).changes(there))
                .orElse(List.of());
        // What the compiler does not say is meant to stay as it was deployed: weights of aliases, hashes of code.
        var meant = only(intended, deployed.with(intended)).revisedAs(there);
        var before = comparable(identified(there, deployed, compiled), meant, compiled);
        var differences = Difference.between(before, meant, edits);
        return new DeploymentPreview(
                false,
                differences,
                edits.stream()
                        .filter(edit -> meant.parts().containsKey(edit.resource()))
                        .filter(edit -> ResourceChange.between(
                                        edit.resource(),
                                        before.parts().get(edit.resource()),
                                        meant.parts().get(edit.resource()))
                                .stream()
                                .noneMatch(edit::touches))
                        .filter(edit -> !Objects.equals(edit.in(meant), edit.after()))
                        .toList());
    }

    /// What is there, with the identity that was meant for a function at the last deployment where CDK made it, which
    /// gives it none, and its code is still that which the deployment saw.
    private static PipelineSnapshot identified(
            PipelineSnapshot there, PipelineSnapshot deployed, PipelineSnapshot compiled) {
        var parts = new TreeMap<String, Map<String, @Nullable Object>>(there.parts());
        parts.replaceAll((resource, part) -> {
            var seen = deployed.parts().get(resource);
            var meant = compiled.parts().get(resource);
            if (!resource.startsWith("function ")
                    || FunctionIdentity.isIdentity(part.get("identity"))
                    || seen == null
                    || meant == null
                    || !Objects.equals(seen.get("code"), part.get("code"))) {
                return part;
            }
            var known = new LinkedHashMap<String, @Nullable Object>(part);
            known.put("identity", meant.get("identity"));
            return known;
        });
        return new PipelineSnapshot(parts);
    }

    /// The resources of one snapshot as another one has them.
    private static PipelineSnapshot only(PipelineSnapshot resources, PipelineSnapshot all) {
        var parts = new TreeMap<String, Map<String, @Nullable Object>>(all.parts());
        parts.keySet().retainAll(resources.parts().keySet());
        return new PipelineSnapshot(parts);
    }

    /// What is there, as far as it is meant to be something: other members, and what other pipelines have a shared
    /// bucket refuse, are none of this pipeline's.
    private static PipelineSnapshot comparable(
            PipelineSnapshot there, PipelineSnapshot meant, PipelineSnapshot compiled) {
        var parts = new TreeMap<String, Map<String, @Nullable Object>>();
        there.parts().forEach((resource, part) -> {
            var own = meant.parts().get(resource);
            if (own == null) {
                if (compiled.parts().containsKey(resource)) {
                    parts.put(resource, part);
                }
                return;
            }
            var members = new LinkedHashMap<String, @Nullable Object>(part);
            members.keySet().retainAll(own.keySet());
            if (resource.startsWith("bucket ")) {
                members.computeIfPresent("policy", (name, policy) -> statements(policy, own.get("policy")));
            }
            parts.put(resource, members);
        });
        return new PipelineSnapshot(parts);
    }

    private static @Nullable Object statements(@Nullable Object policy, @Nullable Object own) {
        if (!(policy instanceof Map<?, ?> there
                && there.get("Statement") instanceof Map<?, ?> all
                && own instanceof Map<?, ?> meant
                && meant.get("Statement") instanceof Map<?, ?> named)) {
            return policy;
        }
        var kept = new TreeMap<String, @Nullable Object>();
        all.forEach((sid, statement) -> {
            if (named.containsKey(sid)) {
                kept.put((String) sid, statement);
            }
        });
        var less = new LinkedHashMap<String, @Nullable Object>();
        there.forEach((name, value) -> less.put((String) name, value));
        less.put("Statement", kept);
        return less;
    }
}
