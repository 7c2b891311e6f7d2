package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.DriftReport;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.Manifest;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.deploy.read.PipelineSnapshot;
import dev.baton.cli.deploy.read.PresentSnapshot;
import dev.baton.cli.deploy.read.ResourceChange;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The edits that somebody made by hand, in the console for one, to what a pipeline is in an account since its last
/// deployment.
///
/// @param manifest of that deployment
/// @param changes from what was deployed to what is there
public record ManualEdits(Endpoint endpoint, Manifest manifest, List<ResourceChange> changes) {

    public ManualEdits {
        changes = List.copyOf(changes);
    }

    /// Those of a pipeline; nothing where no complete deployment has left a manifest.
    ///
    /// @param stateBucket the real one
    public static Optional<ManualEdits> of(Endpoint endpoint, String stateBucket, String pipeline) {
        var manifests = new Manifests(endpoint, stateBucket);
        return manifests.find(pipeline).map(manifest -> {
            var drift = new DriftReport(manifest, manifests.all());
            return new ManualEdits(
                    endpoint, manifest, drift.changes(new PresentSnapshot(endpoint, endpoint.account())));
        });
    }

    /// Takes away what was added, and what a deployment does not replace by its own: policies of roles, permissions of
    /// functions, targets of rules.
    public void takeAway() {
        for (var change : changes) {
            var name = change.resource().substring(change.resource().lastIndexOf(' ') + 1);
            var path = change.path();
            var added = path.size() == 2 && change.before() == null ? path.get(1) : null;
            switch (path.isEmpty() ? "" : path.getFirst()) {
                case "policies" -> {
                    if (added != null) {
                        endpoint.iam()
                                .deleteRolePolicy(
                                        request -> request.roleName(name).policyName(added));
                    }
                }
                case "attached" -> detach(name, change);
                case "permissions" -> {
                    if (added != null) {
                        endpoint.lambda()
                                .removePermission(
                                        request -> request.functionName(name).statementId(added));
                    }
                }
                case "targets" -> {
                    if (added != null) {
                        endpoint.events()
                                .removeTargets(request -> request.rule(name).ids(added));
                    }
                }
                default -> {
                    if (change.resource().startsWith("function ")) {
                        isNoneOfOurs(name);
                    }
                    // All else a deployment writes anew.
                }
            }
        }
    }

    /// By its description a deployment knows a function that is as it should be; a version that somebody published by
    /// hand, after the edit, has the same one.
    private void isNoneOfOurs(String function) {
        var lambda = endpoint.lambda();
        lambda.updateFunctionConfiguration(
                request -> request.functionName(function).description("edited by hand"));
        try (var waiter = lambda.waiter()) {
            waiter.waitUntilFunctionUpdatedV2(request -> request.functionName(function));
        }
    }

    private void detach(String role, ResourceChange change) {
        if (change.after() instanceof List<?> now) {
            var before = change.before() instanceof List<?> then ? then : List.of();
            now.stream()
                    .map(String::valueOf)
                    .filter(arn -> !before.contains(arn))
                    .forEach(arn -> endpoint.iam()
                            .detachRolePolicy(request -> request.roleName(role).policyArn(arn)));
        }
    }

    /// The edits that are there still, now that the pipeline was deployed again, and that it does not say itself.
    public List<ResourceChange> remaining() {
        if (changes.isEmpty()) {
            return List.of();
        }
        var edited = new TreeMap<String, Map<String, @Nullable Object>>();
        manifest.snapshot().parts().forEach((resource, part) -> {
            if (changes.stream().anyMatch(change -> change.resource().equals(resource))) {
                edited.put(resource, part);
            }
        });
        var now = new PresentSnapshot(endpoint, endpoint.account()).of(new PipelineSnapshot(edited));
        var meant = new Manifests(endpoint, stateBucket())
                .compiled(manifest.pipeline())
                .orElse(new PipelineSnapshot(new TreeMap<>()));
        return changes.stream()
                .filter(change -> Objects.equals(change.in(now), change.after()))
                .filter(change -> !Objects.equals(change.in(meant), change.after()))
                .toList();
    }

    private String stateBucket() {
        return DeployedPipeline.of(endpoint, manifest.pipeline()).stateBucket();
    }

    /// The finding that an edit was made and stays.
    public static Diagnostic stays(ResourceChange change) {
        return Diagnostic.warning(
                "CLI045",
                Location.named(change.resource() + ": " + change.place()),
                "was edited by hand and stays: it is " + ResourceChange.shown(change.after()) + ", and was deployed as "
                        + ResourceChange.shown(change.before()),
                "take it back where it was made, or make the change where the pipeline is written");
    }
}
