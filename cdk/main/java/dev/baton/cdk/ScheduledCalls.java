package dev.baton.cdk;

import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledSchedule;
import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.constructs.Construct;

/// The schedules that call a pipeline's start function, to the minute: no window in which Scheduler may choose.
final class ScheduledCalls {
    private ScheduledCalls() {}

    /// @param deadLetters for ticks that could not be delivered
    static List<CfnResource> create(
            Construct scope,
            CompiledPipeline pipeline,
            RoleConstructs roles,
            Map<String, FunctionConstructs.Made> functions,
            CfnQueue deadLetters) {
        // What is redriven later is planned by the start function, with this role too.
        var scheduling = pipeline.roles().stream()
                .filter(each -> each.kind() == CompiledRole.Kind.SCHEDULE)
                .findFirst();
        if (scheduling.isEmpty()) {
            return List.of();
        }
        var role = roles.create(scope, scheduling.get());
        return pipeline.schedules().stream()
                .map(schedule -> (CfnResource) schedule(
                        scope, schedule, role, Objects.requireNonNull(functions.get(schedule.function())), deadLetters))
                .toList();
    }

    private static CfnSchedule schedule(
            Construct scope,
            CompiledSchedule schedule,
            CfnRole role,
            FunctionConstructs.Made target,
            CfnQueue deadLetters) {
        return CfnSchedule.Builder.create(scope, "Schedule-" + schedule.name())
                .name(schedule.name())
                .description("Ticks at which " + schedule.function() + " is called")
                .state("ENABLED")
                .scheduleExpression(schedule.expression())
                .scheduleExpressionTimezone(schedule.zone())
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(target.function().getAttrArn())
                        .roleArn(role.getAttrArn())
                        .input(Json.print(schedule.input()))
                        .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                .arn(deadLetters.getAttrArn())
                                .build())
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumEventAgeInSeconds(CompiledSchedule.MAX_AGE_SECONDS)
                                .maximumRetryAttempts(CompiledSchedule.MAX_ATTEMPTS)
                                .build())
                        .build())
                .build();
    }
}
