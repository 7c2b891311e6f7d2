package dev.baton.task.service;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A runbook of Systems Manager Automation, to its end. Step Functions can start one and hears nothing of its end, so
/// it is asked for. Started again for the same run, Systems Manager answers with the automation that it has; a redrive
/// starts another.
///
/// The answer has `AutomationExecutionId`, `AutomationExecutionStatus` and what the runbook declares as `Outputs`. What
/// a runbook does with all its parts must be told in 256 KiB: Step Functions takes no longer answer.
///
/// @param document the runbook's name; Amazon's own begin with `AWS`
/// @param role the name of the role that the runbook acts with, with its path but without the leading `/`: without one
///     it would act with the rights of the call, which are to start it
/// @param parameters lists of values by name
/// @param identity of the work, by which a repeated call is known: [References#token]
public record SsmAutomation(String document, String role, Map<String, List<String>> parameters, String identity)
        implements ServiceCall {
    private static final String EXECUTION = "AutomationExecutionId";
    private static final String STATUS = "AutomationExecutionStatus";
    private static final String REASON = "FailureMessage";

    /// How far it has come, by the reference of `AutomationExecution`; what is in neither list has failed.
    private static final StatusPoll POLLING = new StatusPoll(
            "aws-sdk:ssm:getAutomationExecution",
            EXECUTION,
            "AutomationExecution",
            List.of(EXECUTION, STATUS, "DocumentName", "DocumentVersion", REASON, "Outputs"),
            STATUS,
            List.of(
                    "Approved",
                    "Cancelling",
                    "ChangeCalendarOverrideApproved",
                    "InProgress",
                    "Pending",
                    "PendingApproval",
                    "PendingChangeCalendarOverride",
                    "RunbookInProgress",
                    "Scheduled",
                    "Waiting"),
            List.of("CompletedWithSuccess", "Success"),
            REASON,
            "aws-sdk:ssm:stopAutomationExecution",
            Map.of("Type", "Cancel"));

    public SsmAutomation {
        if (!document.matches("[A-Za-z0-9_.-]{3,128}")) {
            throw new IllegalArgumentException("a runbook has 3 to 128 letters, digits and _.- , but was " + document);
        }
        ServiceCall.requireName("a role", role);
        if (parameters.containsKey("AutomationAssumeRole")) {
            throw new IllegalArgumentException("the role that a runbook acts with is named as role, not as parameter");
        }
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String integration() {
        return "aws-sdk:ssm:startAutomationExecution";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("ClientToken", token());
        arguments.put("DocumentName", document);
        arguments.put("Parameters", parameters);
        return arguments;
    }

    /// Systems Manager takes UUIDs only. The last three digits are left to the redrive.
    private String token() {
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public Map<String, @Nullable Object> deployed() {
        return new LinkedHashMap<>(Map.of(
                "Parameters",
                "{% $merge([$states.input.call.Parameters, {'AutomationAssumeRole': ['" + roleArn() + "']}]) %}"));
    }

    private String roleArn() {
        return "arn:${Partition}:iam::${AccountId}:role/" + role;
    }

    @Override
    public List<ServiceRight> rights() {
        // No account owns Amazon's own runbooks.
        var owner = document.startsWith("AWS") ? "*" : "${AccountId}";
        var there = "arn:${Partition}:ssm:${Region}:" + owner + ":";
        return List.of(
                ServiceRight.to(
                        List.of("ssm:StartAutomationExecution"),
                        there + "automation-definition/" + document + ":*",
                        there + "document/" + document),
                ServiceRight.to(
                        List.of("ssm:GetAutomationExecution", "ssm:StopAutomationExecution"),
                        ServiceRight.arn("ssm", "automation-execution/*")),
                ServiceRight.to(List.of("iam:PassRole"), roleArn())
                        .when("StringEquals", "iam:PassedToService", "ssm.amazonaws.com"));
    }

    @Override
    public Optional<StatusPoll> polling() {
        return Optional.of(POLLING);
    }
}
