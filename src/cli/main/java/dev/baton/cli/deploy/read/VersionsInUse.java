package dev.baton.cli.deploy.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The versions of state machines that are used, and what their definitions name: by aliases, by executions that run,
/// and by those that may still be redriven, which Step Functions itself says.
public final class VersionsInUse {
    private final SfnClient states;
    private final Set<String> definitions = new HashSet<>();
    private final Set<String> machines = new HashSet<>();
    private final Set<String> unused = new HashSet<>();
    private final Set<String> executed = new HashSet<>();

    public VersionsInUse(SfnClient states) {
        this.states = states;
    }

    /// Whether a version of a state machine that was looked at is used.
    public boolean uses(String version) {
        return machines.contains(version);
    }

    /// The versions that definitions in use name, and those of the child machines that they start.
    public PinnedVersions reached() {
        return PinnedVersions.reached(states, definitions);
    }

    /// What the definitions name that executions may go on with, and those of the child machines that they start.
    PinnedVersions executed() {
        return PinnedVersions.reached(states, executed);
    }

    /// The versions that definitions name which are not in use.
    public PinnedVersions unused() {
        return new PinnedVersions(unused.toArray(String[]::new));
    }

    /// Looks at a state machine.
    ///
    /// @param child whether definitions start it, so that its newest version may be about to be named
    /// @return the ARNs of all its versions
    public List<String> look(String machine, boolean child) {
        var used = new HashSet<String>();
        states.listStateMachineAliases(request -> request.stateMachineArn(machine))
                .stateMachineAliases()
                .forEach(alias -> states.describeStateMachineAlias(
                                request -> request.stateMachineAliasArn(alias.stateMachineAliasArn()))
                        .routingConfiguration()
                        .forEach(route -> used.add(route.stateMachineVersionArn())));
        definitions.add(states.describeStateMachine(request -> request.stateMachineArn(machine))
                .definition());
        var running = new HashSet<String>();
        states.listExecutionsPaginator(request -> request.stateMachineArn(machine)).executions().stream()
                .filter(this::mayRun)
                .forEach(execution -> {
                    if (execution.stateMachineVersionArn() == null) {
                        executed.add(states.describeStateMachineForExecution(
                                        request -> request.executionArn(execution.executionArn()))
                                .definition());
                    } else {
                        running.add(execution.stateMachineVersionArn());
                    }
                });
        used.addAll(running);
        definitions.addAll(executed);
        var versions = versions(machine);
        if (child && !versions.isEmpty()) {
            used.add(versions.getFirst());
        }
        for (var version : versions) {
            var definition = states.describeStateMachine(request -> request.stateMachineArn(version))
                    .definition();
            (used.contains(version) ? definitions : unused).add(definition);
            if (running.contains(version)) {
                executed.add(definition);
            }
        }
        machines.addAll(used);
        return versions;
    }

    /// The newest first.
    private List<String> versions(String machine) {
        var versions = new ArrayList<String>();
        @Nullable String token = null;
        do {
            var after = token;
            var page = states.listStateMachineVersions(
                    request -> request.stateMachineArn(machine).nextToken(after));
            page.stateMachineVersions().forEach(version -> versions.add(version.stateMachineVersionArn()));
            token = page.nextToken();
        } while (token != null);
        return versions;
    }

    /// Whether it runs, or may run again.
    private boolean mayRun(ExecutionListItem execution) {
        if (execution.status() == ExecutionStatus.RUNNING || execution.status() == ExecutionStatus.PENDING_REDRIVE) {
            return true;
        }
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            return false;
        }
        return states.describeExecution(request -> request.executionArn(execution.executionArn()))
                        .redriveStatus()
                != ExecutionRedriveStatus.NOT_REDRIVABLE;
    }
}
