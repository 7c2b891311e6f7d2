package dev.baton.cli.deploy.put;

import dev.baton.name.Arn;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;

/// The published versions of an endpoint's state machines, and the aliases that route to them.
final class MachineVersions {
    private static final int REUSE_SECONDS = 300;

    private final SfnClient states;
    private final EncryptionConfiguration encryption;
    private final NewRoles roles = new NewRoles();

    /// @param key the ARN of the one that state machines are under; null for AWS's own
    MachineVersions(SfnClient states, @Nullable String key) {
        this.states = states;
        this.encryption = key == null
                ? EncryptionConfiguration.builder()
                        .type(EncryptionType.AWS_OWNED_KEY)
                        .build()
                : EncryptionConfiguration.builder()
                        .type(EncryptionType.CUSTOMER_MANAGED_KMS_KEY)
                        .kmsKeyId(key)
                        .kmsDataKeyReusePeriodSeconds(REUSE_SECONDS)
                        .build();
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
                            .encryptionConfiguration(encryption)
                            .publish(true)))
                    .stateMachineVersionArn();
        } catch (StateMachineAlreadyExistsException e) {
            return roles.heardOf(() -> states.updateStateMachine(request -> request.stateMachineArn(arn)
                            .definition(definition)
                            .roleArn(roleArn)
                            .encryptionConfiguration(encryption)
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
