package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.events.CfnEventBusPolicy;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.iam.CfnRole;
import software.constructs.Construct;

/// The buses of other accounts that hear of completions here, and the accounts that may tell theirs here: a rule with a
/// role that may do nothing but send them on, and a statement of the bus's own policy.
///
/// A rule here matches what other accounts have sent as well, so what is sent on names this account: two environments
/// that tell each other would otherwise send one event to and fro for ever.
final class BusNeighbours {
    private BusNeighbours() {}

    static void in(Construct scope, Environment environment) {
        environment.completions().from().forEach(account -> admit(scope, environment, account));
        if (!environment.completions().to().isEmpty()) {
            sendOn(scope, environment);
        }
    }

    private static void admit(Construct scope, Environment environment, String account) {
        var bus = environment.eventBus();
        var prefix = environment.prefix();
        CfnEventBusPolicy.Builder.create(scope, "CompletionsFrom" + account)
                .eventBusName(environment.eventBus())
                .statementId(prefix.capital() + "CompletionsFrom" + account)
                .statement(Map.of(
                        "Effect", "Allow",
                        "Principal", Map.of("AWS", Fn.sub("arn:${AWS::Partition}:iam::" + account + ":root")),
                        "Action", "events:PutEvents",
                        "Resource", arn(bus),
                        "Condition",
                                Map.of(
                                        "StringLike", Map.of("events:source", prefix.sources() + "*"),
                                        "StringEquals", Map.of("events:detail-type", "Task Completed"))))
                .build();
    }

    private static void sendOn(Construct scope, Environment environment) {
        var prefix = environment.prefix();
        var to = environment.completions().to();
        var role = CfnRole.Builder.create(scope, "CompletionsRole")
                .path(prefix.rolePath())
                .description("Sends completions on to the buses of other accounts")
                .assumeRolePolicyDocument(Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        List.of(Map.of(
                                "Effect",
                                "Allow",
                                "Principal",
                                Map.of("Service", "events.amazonaws.com"),
                                "Action",
                                "sts:AssumeRole",
                                "Condition",
                                Map.of("StringEquals", Map.of("aws:SourceAccount", Fn.ref("AWS::AccountId")))))))
                .policies(List.of(RoleConstructs.inline(
                        "baton",
                        Map.of(
                                "Version",
                                "2012-10-17",
                                "Statement",
                                List.of(Map.of("Effect", "Allow", "Action", "events:PutEvents", "Resource", to))))))
                .build();
        CfnRule.Builder.create(scope, "CompletionsRule")
                .name(prefix.completions())
                .description("Completions that other accounts hear of")
                .eventBusName(environment.eventBus())
                .state("ENABLED")
                .eventPattern(Map.of(
                        "account", List.of(Fn.ref("AWS::AccountId")),
                        "source", List.of(Map.of("prefix", prefix.sources())),
                        "detail-type", List.of("Task Completed")))
                .targets(to.stream()
                        .map(target -> CfnRule.TargetProperty.builder()
                                .id("bus-" + to.indexOf(target))
                                .arn(target)
                                .roleArn(role.getAttrArn())
                                .build())
                        .toList())
                .build();
    }

    private static String arn(String bus) {
        return Fn.sub("arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/" + bus);
    }
}
