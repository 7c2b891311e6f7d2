package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.compiler.pipeline.CompiledTrigger;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;

/// The rule that has EventBridge tell a start function of uploads, and its right to invoke the function.
record TriggerRule(Endpoint endpoint, EnvironmentNames environment) {

    /// Makes it, or brings the one that is there up to date.
    void put(CompiledTrigger trigger, Substitutions substitutions) {
        var events = endpoint.events();
        var arn = events.putRule(request ->
                        request.name(trigger.name()).eventPattern(Json.print(substitutions.in(trigger.pattern()))))
                .ruleArn();
        try {
            endpoint.lambda()
                    .addPermission(request -> request.functionName(trigger.function())
                            .statementId(trigger.name())
                            .action("lambda:InvokeFunction")
                            .principal("events.amazonaws.com")
                            .sourceArn(arn));
        } catch (ResourceConflictException e) {
            // It has the permission since an earlier deployment.
        }
        var refused = events.putTargets(request -> request.rule(trigger.name())
                        .targets(target -> target.id(trigger.function()).arn(environment.function(trigger.function()))))
                .failedEntries();
        if (!refused.isEmpty()) {
            throw EventBridgeException.builder()
                    .message("the rule " + trigger.name() + " got no target: "
                            + refused.getFirst().errorMessage())
                    .build();
        }
    }
}
