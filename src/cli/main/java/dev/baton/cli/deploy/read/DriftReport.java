package dev.baton.cli.deploy.read;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A report of drift, what somebody changed in an account since a pipeline was deployed: everything that is there, held
/// against the manifest of the last deployment.
///
/// @param manifest of the pipeline
/// @param others the manifests of the pipelines that share buckets with it
public record DriftReport(Manifest manifest, List<Manifest> others) {
    public DriftReport {
        others = List.copyOf(others);
    }

    /// Every place that differs.
    ///
    /// @param present reads what is there
    public List<ResourceChange> changes(PresentSnapshot present) {
        return changes(present.of(manifest.snapshot()));
    }

    /// Every place that differs.
    ///
    /// @param found what is there, of these resources and perhaps others
    List<ResourceChange> changes(PipelineSnapshot found) {
        var changes = new ArrayList<ResourceChange>();
        manifest.snapshot().parts().forEach((resource, was) -> {
            var is = found.parts().get(resource);
            if (resource.startsWith("bucket ")) {
                var alone = is == null ? null : without(resource, is);
                changes.addAll(ResourceChange.between(resource, was, alone));
            } else {
                changes.addAll(ResourceChange.between(resource, was, is));
            }
        });
        return changes;
    }

    /// A bucket without the statements that other pipelines have brought.
    private Map<String, @Nullable Object> without(String bucket, Map<String, @Nullable Object> part) {
        var own = statements(manifest.snapshot(), bucket);
        var theirs = new HashSet<String>();
        others.forEach(other -> theirs.addAll(statements(other.snapshot(), bucket)));
        theirs.removeAll(own);
        if (!(part.get("policy") instanceof Map<?, ?> policy) || theirs.isEmpty()) {
            return part;
        }
        var less = new LinkedHashMap<String, @Nullable Object>();
        policy.forEach((name, value) -> less.put((String) name, value));
        if (policy.get("Statement") instanceof Map<?, ?> given) {
            var statements = new LinkedHashMap<String, @Nullable Object>();
            given.forEach((sid, statement) -> {
                if (!theirs.contains(sid)) {
                    statements.put((String) sid, statement);
                }
            });
            less.put("Statement", statements);
        }
        var changed = new LinkedHashMap<>(part);
        changed.put("policy", less);
        return changed;
    }

    private static Set<String> statements(PipelineSnapshot snapshot, String bucket) {
        var names = new HashSet<String>();
        var part = snapshot.parts().get(bucket);
        if (part != null
                && part.get("policy") instanceof Map<?, ?> policy
                && policy.get("Statement") instanceof Map<?, ?> statements) {
            statements.keySet().forEach(sid -> names.add((String) sid));
        }
        return names;
    }

    /// A change as a finding.
    public static Diagnostic finding(ResourceChange change) {
        var message = change.after() == null
                ? "is not there any more; deployed was " + ResourceChange.shown(change.before())
                : change.before() == null
                        ? "was not deployed, but is there: " + ResourceChange.shown(change.after())
                        : "is " + ResourceChange.shown(change.after()) + ", but deployed was "
                                + ResourceChange.shown(change.before());
        return Diagnostic.error(
                "CLI020",
                Location.named(change.resource() + ": " + change.place()),
                message,
                "put it back with baton deploy, or make the change where the pipeline is written");
    }
}
