package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRotation;
import dev.baton.compiler.pipeline.CompiledTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.amazon.awscdk.services.sqs.CfnQueuePolicy;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachine;
import software.constructs.Construct;

/// The rules, schedules and notifications that call a pipeline's functions, and the queue for events that could not be
/// delivered. What a function was given and failed at is not there, nor lost: its object still lies where it was, an
/// alarm tells of it, and `baton sweep` starts what waits.
final class TriggerConstructs {
    /// What EventBridge does by itself; it stands here so that it is seen.
    private static final int EVENT_SECONDS = 86_400;

    private static final int EVENT_ATTEMPTS = 185;
    private static final String DEFAULT_BUS = "default";
    private static final int FORTNIGHT_SECONDS = 1_209_600;

    private final Construct scope;
    private final Intrinsics intrinsics;
    private final CfnQueue queue;
    private final List<CfnResource> made = new ArrayList<>();

    TriggerConstructs(
            Construct scope,
            Environment environment,
            CompiledPipeline pipeline,
            Intrinsics intrinsics,
            RoleConstructs roles,
            Map<String, FunctionConstructs.Made> functions,
            Map<String, CfnStateMachine> rotations) {
        this.scope = scope;
        this.intrinsics = intrinsics;
        this.queue = CfnQueue.Builder.create(scope, "DeadLetters")
                .queueName(pipeline.machine().name() + "-dead-letters")
                .sqsManagedSseEnabled(true)
                .messageRetentionPeriod(FORTNIGHT_SECONDS)
                .build();
        Suppression.on(queue, Suppression.IS_DEAD_LETTERS);
        var rules = new ArrayList<CfnRule>();
        for (var trigger : pipeline.triggers()) {
            var function = Objects.requireNonNull(functions.get(trigger.function()));
            rules.add(rule(trigger, DEFAULT_BUS, function));
            if (!environment.eventBus().equals(DEFAULT_BUS) && trigger.hearsCompletions()) {
                rules.add(rule(trigger.ofCompletions(), environment.eventBus(), function));
            }
        }
        if (!pipeline.rotations().isEmpty()) {
            var starting = roles.create(
                    scope, pipeline.role(pipeline.rotations().getFirst().starting()));
            pipeline.rotations()
                    .forEach(rotation -> rules.add(rotation(
                            rotation,
                            environment.eventBus(),
                            Objects.requireNonNull(rotations.get(rotation.name())),
                            starting)));
        }
        var notices = new UploadNotifications(scope, environment, pipeline, functions, queue);
        made.addAll(notices.made());
        made.addAll(ScheduledCalls.create(scope, pipeline, roles, functions, queue));
        policy(rules, notices.topics());
    }

    CfnQueue queue() {
        return queue;
    }

    /// All but the queue.
    List<CfnResource> made() {
        return List.copyOf(made);
    }

    private CfnRule rule(CompiledTrigger trigger, String bus, FunctionConstructs.Made target) {
        var rule = CfnRule.Builder.create(scope, "Rule-" + trigger.name())
                .name(trigger.name())
                .eventBusName(bus.equals(DEFAULT_BUS) ? null : bus)
                .description(trigger.description())
                .state("ENABLED")
                .eventPattern(intrinsics.json(trigger.pattern()))
                .targets(List.of(CfnRule.TargetProperty.builder()
                        .id(trigger.function())
                        .arn(target.function().getAttrArn())
                        .deadLetterConfig(CfnRule.DeadLetterConfigProperty.builder()
                                .arn(queue.getAttrArn())
                                .build())
                        .retryPolicy(CfnRule.RetryPolicyProperty.builder()
                                .maximumEventAgeInSeconds(EVENT_SECONDS)
                                .maximumRetryAttempts(EVENT_ATTEMPTS)
                                .build())
                        .build()))
                .build();
        made.add(rule);
        made.add(CfnPermission.Builder.create(scope, "Permission-" + trigger.name())
                .action("lambda:InvokeFunction")
                .functionName(target.function().getRef())
                .principal("events.amazonaws.com")
                .sourceArn(rule.getAttrArn())
                .build());
        return rule;
    }

    private CfnRule rotation(CompiledRotation rotation, String bus, CfnStateMachine machine, CfnRole starting) {
        var rule = CfnRule.Builder.create(scope, "Rule-" + rotation.name())
                .name(rotation.name())
                .eventBusName(bus.equals(DEFAULT_BUS) ? null : bus)
                .description(rotation.description())
                .state("ENABLED")
                .eventPattern(intrinsics.json(rotation.pattern()))
                .targets(List.of(CfnRule.TargetProperty.builder()
                        .id(CompiledRotation.TARGET)
                        .arn(machine.getAttrArn())
                        .roleArn(starting.getAttrArn())
                        .deadLetterConfig(CfnRule.DeadLetterConfigProperty.builder()
                                .arn(queue.getAttrArn())
                                .build())
                        .retryPolicy(CfnRule.RetryPolicyProperty.builder()
                                .maximumEventAgeInSeconds(EVENT_SECONDS)
                                .maximumRetryAttempts(EVENT_ATTEMPTS)
                                .build())
                        .build()))
                .build();
        made.add(rule);
        return rule;
    }

    private void policy(List<CfnRule> rules, List<String> topics) {
        var statements = new ArrayList<Object>();
        if (!rules.isEmpty()) {
            statements.add(Map.of(
                    "Sid",
                    "KeepWhatRulesCouldNotDeliver",
                    "Effect",
                    "Allow",
                    "Principal",
                    Map.of("Service", "events.amazonaws.com"),
                    "Action",
                    "sqs:SendMessage",
                    "Resource",
                    queue.getAttrArn(),
                    "Condition",
                    Map.of(
                            "ArnEquals",
                            Map.of(
                                    "aws:SourceArn",
                                    rules.stream().map(CfnRule::getAttrArn).toList()))));
        }
        if (!topics.isEmpty()) {
            statements.add(Map.of(
                    "Sid",
                    "KeepWhatTopicsCouldNotDeliver",
                    "Effect",
                    "Allow",
                    "Principal",
                    Map.of("Service", "sns.amazonaws.com"),
                    "Action",
                    "sqs:SendMessage",
                    "Resource",
                    queue.getAttrArn(),
                    "Condition",
                    Map.of("ArnEquals", Map.of("aws:SourceArn", topics))));
        }
        statements.add(Map.of(
                "Sid",
                "OnlyByTls",
                "Effect",
                "Deny",
                "Principal",
                "*",
                "Action",
                "sqs:*",
                "Resource",
                queue.getAttrArn(),
                "Condition",
                Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
        made.add(CfnQueuePolicy.Builder.create(scope, "DeadLettersPolicy")
                .queues(List.of(queue.getRef()))
                .policyDocument(Map.of("Version", "2012-10-17", "Statement", statements))
                .build());
    }
}
