package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.deploy.read.PipelineSnapshot;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRotation;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/// The state machine that rotates a secret, and the rule that starts it.
record SecretRotationRule(Endpoint endpoint, EnvironmentNames environment) {

    /// Makes it, or brings the one that is there up to date.
    void put(CompiledPipeline pipeline, CompiledRotation rotation, Substitutions substitutions) {
        var machine = environment.stateMachine(rotation.name());
        new MachineVersions(endpoint.states(), environment.machineKey(substitutions))
                .put(
                        rotation.name(),
                        machine,
                        substitutions.text(rotation.definition()),
                        substitutions.in(pipeline.role(rotation.name()).arn()));
        var events = endpoint.events();
        events.putRule(request ->
                request.name(rotation.name()).eventPattern(Json.print(substitutions.in(rotation.pattern()))));
        var role = substitutions.in(pipeline.role(rotation.starting()).arn());
        var refused = events.putTargets(request -> request.rule(rotation.name())
                        .targets(target ->
                                target.id(CompiledRotation.TARGET).arn(machine).roleArn(role)))
                .failedEntries();
        if (!refused.isEmpty()) {
            throw EventBridgeException.builder()
                    .message("the rule " + rotation.name() + " got no target: "
                            + refused.getFirst().errorMessage())
                    .build();
        }
    }

    /// Removes those that were there and are not meant any more: they would go on rotating.
    void removeAllBut(Set<String> kept, PipelineSnapshot before, CompiledPipeline pipeline) {
        var mark = PipelineSnapshot.machine(pipeline.prefix().of(pipeline.name()) + "-rotation-");
        var gone = new TreeSet<>(before.parts().keySet());
        gone.removeAll(kept);
        gone.removeIf(part -> !part.startsWith(mark));
        gone.forEach(part -> remove(part.substring(PipelineSnapshot.machine("").length())));
    }

    private void remove(String name) {
        rule(endpoint, name);
        endpoint.states().deleteStateMachine(request -> request.stateMachineArn(environment.stateMachine(name)));
    }

    /// Removes a rule with its target.
    static void rule(Endpoint endpoint, String name) {
        try {
            endpoint.events().removeTargets(request -> request.rule(name).ids(CompiledRotation.TARGET));
            endpoint.events().deleteRule(request -> request.name(name));
        } catch (ResourceNotFoundException e) {
            // A removal that broke off has been here.
        }
    }
}
