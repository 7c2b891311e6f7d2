package dev.baton.cli.deploy.put;

import dev.baton.name.Arn;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;

/// The published versions of an endpoint's state machines, and the aliases that route to them.
final class MachineVersions {
    private final SfnClient states;
    private final NewRoles roles = new NewRoles();

    MachineVersions(SfnClient states) {
        this.states = states;
    }

    /// Publishes a definition.
    ///
    /// @param arn that the state machine has, or gets
    /// @param definition with nothing left to replace
    /// @return the ARN of the version: the one before, where nothing changed
    String put(String name, String arn, String definition, String roleArn) {
        try {
            return roles.heardOf(() -> states.createStateMachine(request -> request.name(name)
                            .definition(definition)
                            .roleArn(roleArn)
                            .publish(true)))
                    .stateMachineVersionArn();
        } catch (StateMachineAlreadyExistsException e) {
            return roles.heardOf(() -> states.updateStateMachine(request -> request.stateMachineArn(arn)
                            .definition(definition)
                            .roleArn(roleArn)
                            .publish(true)))
                    .stateMachineVersionArn();
        }
    }

    /// Has everything that comes go to a version.
    ///
    /// @param machine its ARN
    /// @param name of the alias
    /// @return the alias's ARN
    String route(String machine, String name, String version) {
        var arn = machine + ":" + name;
        var aliases = states.listStateMachineAliases(request -> request.stateMachineArn(machine));
        if (aliases.stateMachineAliases().stream()
                .anyMatch(alias -> alias.stateMachineAliasArn().equals(arn))) {
            states.updateStateMachineAlias(request -> request.stateMachineAliasArn(arn)
                    .routingConfiguration(
                            route -> route.stateMachineVersionArn(version).weight(100)));
        } else {
            states.createStateMachineAlias(request -> request.name(name)
                    .routingConfiguration(
                            route -> route.stateMachineVersionArn(version).weight(100)));
        }
        return arn;
    }

    /// The number at the end of a version's ARN.
    static String number(String version) {
        return Arn.last(version);
    }
}
