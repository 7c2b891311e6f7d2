package dev.baton.cli.deploy.read;

import dev.baton.compiler.pipeline.Substitutions;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/// The security groups of containers where an environment names none: a stack made one, and only what is deployed tells
/// its id.
final class DeployedGroups {
    static final String NAME = "ContainerSecurityGroups";
    private static final Pattern GROUPS = Pattern.compile("\"SecurityGroups\"\\s*:\\s*\"\\{% \\$split\\('([^']*)'");

    private final SfnClient states;

    DeployedGroups(SfnClient states) {
        this.states = states;
    }

    /// The substitutions and the groups, as far as the state machine is there.
    Substitutions known(String machine, Substitutions substitutions) {
        try {
            var definition = states.describeStateMachine(request -> request.stateMachineArn(machine))
                    .definition();
            var groups = GROUPS.matcher(definition);
            return groups.find() ? substitutions.and(NAME, groups.group(1)) : substitutions;
        } catch (StateMachineDoesNotExistException e) {
            return substitutions;
        }
    }
}
