package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.run.Prefix;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/// The removal of pipelines that an endpoint has and nobody provides any more: their rules and schedules, state
/// machines, functions, roles and boundaries, and what they have buckets refuse. Their data and their records stay, and
/// so does what somebody has deployed there as an environment.
public final class PipelineRemoval {
    private static final String VARIABLE = "BATON_PIPELINE";
    private static final Pattern ROTATION = Pattern.compile("-rotation-[0-9a-f]{8}\\z");

    private final Endpoint endpoint;
    private final Manifests manifests;
    private final ManifestWriter written;
    private final BucketRefusals refusals;
    private final Prefix prefix;
    private final Pattern role;

    /// @param endpoint all that is under its prefix
    /// @param stateBucket of all pipelines there
    public PipelineRemoval(Endpoint endpoint, String stateBucket) {
        this.endpoint = endpoint;
        this.prefix = endpoint.prefix();
        this.role = Pattern.compile(prefix.rolePath() + "(?<pipeline>[^/]+)/");
        this.manifests = new Manifests(endpoint, stateBucket);
        this.written = new ManifestWriter(endpoint, stateBucket);
        this.refusals = new BucketRefusals(endpoint.s3(), stateBucket);
    }

    /// Removes all but some.
    ///
    /// @param provided the names of those that stay
    /// @return the names of those that went
    public SortedSet<String> allBut(Collection<String> provided) {
        var there = new TreeSet<String>();
        var roles = endpoint.iam().listRolesPaginator(request -> request.pathPrefix(prefix.rolePath())).roles().stream()
                .toList();
        roles.forEach(role -> of(role).forEach(there::add));
        there.addAll(refusals.pipelines());
        there.removeAll(provided);
        there.removeIf(pipeline -> manifests
                .find(pipeline)
                .filter(manifest -> !manifest.environment().isEmpty())
                .isPresent());
        there.forEach(pipeline -> remove(
                pipeline,
                roles.stream().filter(role -> of(role).contains(pipeline)).toList()));
        return there;
    }

    private List<String> of(Role found) {
        var matcher = role.matcher(found.path());
        return matcher.matches() ? List.of(matcher.group("pipeline")) : List.of();
    }

    private void remove(String pipeline, List<Role> roles) {
        var name = prefix.of(pipeline);
        var functions = endpoint.lambda().listFunctionsPaginator().functions().stream()
                .filter(function -> function.functionName().startsWith(name + "-"))
                .filter(function -> function.environment() != null
                        && pipeline.equals(function.environment().variables().get(VARIABLE)))
                .toList();
        functions.forEach(this::rules);
        schedules(functions.stream().map(FunctionConfiguration::functionArn).toList());
        var machine = Pattern.compile(Pattern.quote(name) + "(-part-[0-9]+|-rotation-[0-9a-f]{8})?");
        endpoint.states().listStateMachinesPaginator(request -> {}).stateMachines().stream()
                .filter(each -> machine.matcher(each.name()).matches())
                .toList()
                .forEach(this::remove);
        functions.forEach(
                function -> endpoint.lambda().deleteFunction(request -> request.functionName(function.functionName())));
        roles.forEach(role -> remove(role.roleName()));
        endpoint
                .iam()
                .listPoliciesPaginator(
                        request -> request.scope(PolicyScopeType.LOCAL).pathPrefix(prefix.rolePath(pipeline)))
                .policies()
                .stream()
                .toList()
                .forEach(policy -> new BoundaryPolicy(endpoint.iam(), policy.arn()).remove());
        refusals.remove(pipeline);
        written.forget(pipeline);
    }

    /// Those that call a function.
    private void rules(FunctionConfiguration function) {
        var events = endpoint.events();
        events.listRuleNamesByTarget(request -> request.targetArn(function.functionArn()))
                .ruleNames()
                .forEach(rule -> {
                    var targets = events.listTargetsByRule(request -> request.rule(rule))
                            .targets();
                    events.removeTargets(request -> request.rule(rule)
                            .ids(targets.stream().map(target -> target.id()).toList()));
                    events.deleteRule(request -> request.name(rule));
                });
    }

    /// Those of Scheduler that call one of some functions: they would go on ticking, for nobody.
    private void schedules(List<String> functions) {
        endpoint.scheduler().all().stream()
                .filter(schedule -> functions.contains(schedule.target()))
                .forEach(schedule -> endpoint.scheduler().delete(schedule.name()));
    }

    private void remove(StateMachineListItem machine) {
        if (ROTATION.matcher(machine.name()).find()) {
            SecretRotationRule.rule(endpoint, machine.name());
        }
        var states = endpoint.states();
        states.listStateMachineAliases(request -> request.stateMachineArn(machine.stateMachineArn()))
                .stateMachineAliases()
                .forEach(alias -> states.deleteStateMachineAlias(
                        request -> request.stateMachineAliasArn(alias.stateMachineAliasArn())));
        states.deleteStateMachine(request -> request.stateMachineArn(machine.stateMachineArn()));
    }

    private void remove(String role) {
        var iam = endpoint.iam();
        try {
            iam.listRolePoliciesPaginator(request -> request.roleName(role)).policyNames().stream()
                    .toList()
                    .forEach(policy -> iam.deleteRolePolicy(
                            request -> request.roleName(role).policyName(policy)));
            iam.deleteRole(request -> request.roleName(role));
        } catch (NoSuchEntityException e) {
            // A removal that broke off has been here.
        }
    }
}
