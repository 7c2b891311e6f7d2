package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.run.StateKeys;
import java.util.ArrayList;
import java.util.List;

/// The role with which Step Functions acts: it invokes this pipeline's functions and runs its child machines.
record StatesRole(
        String pipeline,
        List<TaskClass> classes,
        ResourceNames names,
        boolean awaits,
        boolean approves,
        List<String> machines,
        List<String> mapping) {
    /// What it takes to let executions be logged. See [Logging to CloudWatch
    /// Logs](https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html): these actions know no resources.
    static final List<String> LOG_DELIVERY = List.of(
            "logs:CreateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:DescribeLogGroups",
            "logs:DescribeResourcePolicies",
            "logs:GetLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:UpdateLogDelivery");
    /// What it takes to send traces to X-Ray.
    static final List<String> TRACES = List.of(
            "xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments");

    CompiledRole role() {
        var statements = new ArrayList<PolicyStatement>();
        var functions = new ArrayList<String>();
        // `:*` are the versions; an unqualified name does not match it, and none is invoked.
        classes.forEach(type -> functions.add(ResourceNames.functionArn(names.function(type.type())) + ":*"));
        functions.add(ResourceNames.functionArn(names.own("pin")) + ":*");
        if (awaits) {
            functions.add(ResourceNames.functionArn(names.own("await")) + ":*");
        }
        if (approves) {
            functions.add(ResourceNames.functionArn(names.own("approval")) + ":*");
        }
        statements.add(PolicyStatement.allow("InvokeFunctions", List.of("lambda:InvokeFunction"), functions));
        var children = machines.subList(1, machines.size());
        statements.add(PolicyStatement.allow(
                "StartChildren",
                List.of("states:StartExecution"),
                children.stream().map(ResourceNames::machineArn).toList()));
        statements.add(PolicyStatement.allow(
                "SeeChildren",
                List.of("states:DescribeExecution", "states:StopExecution"),
                children.stream()
                        .map(child -> ResourceNames.executionArn(child) + ":*")
                        .toList()));
        if (!children.isEmpty()) {
            statements.add(hearOfChildren());
        }
        statements.addAll(new ContainerRights(names, classes).running());
        statements.addAll(new ServiceRights(names, classes, machines).calling());
        // A distributed Map starts executions of the very machine that it stands in; they are named
        // `<machine>/<label>:<id>`.
        statements.add(PolicyStatement.allow(
                "StartIterations",
                List.of("states:StartExecution"),
                mapping.stream().map(ResourceNames::machineArn).toList()));
        statements.add(PolicyStatement.allow(
                "SeeIterations",
                List.of("states:DescribeExecution", "states:StopExecution"),
                mapping.stream()
                        .map(machine -> ResourceNames.executionArn(machine) + ":*")
                        .toList()));
        statements.add(PolicyStatement.allow(
                "RedriveIterations",
                List.of("states:RedriveExecution"),
                mapping.stream()
                        .map(machine -> ResourceNames.executionArn(machine) + "/*:*")
                        .toList()));
        items(statements);
        // Two statements on "*", because these actions know no resources; apart, so that one sees it.
        statements.add(PolicyStatement.allow("LogExecutions", LOG_DELIVERY, List.of("*")));
        statements.add(PolicyStatement.allow("TraceExecutions", TRACES, List.of("*")));
        var trust = PolicyStatement.allow("RunByStepFunctions", List.of("sts:AssumeRole"), List.of())
                .when(
                        "ArnLike",
                        "aws:SourceArn",
                        machines.stream().map(ResourceNames::machineArn).toList())
                .when("StringEquals", "aws:SourceAccount", List.of("${AccountId}"));
        return new CompiledRole(
                names.own("states"),
                names.rolePath(),
                Kind.STATES,
                PolicyStatement.trust("Service", "states.amazonaws.com", List.of(trust)),
                PolicyStatement.policy(statements),
                names.boundaryArn());
    }

    static PolicyStatement hearOfChildren() {
        return PolicyStatement.allow(
                "HearOfChildren",
                List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"),
                List.of("arn:${Partition}:events:${Region}:${AccountId}:rule/"
                        + "StepFunctionsGetEventsForStepFunctionsExecutionRule"));
    }

    /// What a Map over items that are found at run time reads and writes: the list, and what became of each.
    private void items(List<PolicyStatement> statements) {
        var expanding = classes.stream().filter(TaskClass::expands).toList();
        statements.add(PolicyStatement.allow(
                "ReadItems",
                List.of("s3:GetObject"),
                expanding.stream()
                        .map(type -> StateObjects.arn(StateKeys.itemsPattern(pipeline, type.type())))
                        .toList()));
        statements.add(PolicyStatement.allow(
                "WriteItemResults",
                List.of("s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"),
                expanding.stream()
                        .map(type -> StateObjects.arn(StateKeys.itemResultsPattern(pipeline, type.type())))
                        .toList()));
        if (!expanding.isEmpty()) {
            var state = List.of(CompiledBucket.STATE);
            statements.addAll(KeyRights.statements(state, state));
        }
    }
}
