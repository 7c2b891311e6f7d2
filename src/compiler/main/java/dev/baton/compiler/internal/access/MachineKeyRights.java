package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.pipeline.CompiledRole;
import java.util.ArrayList;
import java.util.List;

/// The rights on the key that state machines are under, of each role for exactly the machines whose definitions, inputs
/// and outputs it has to do with. See [Data at rest encryption in Step
/// Functions](https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html).
///
/// @param machines the names of the pipeline's machine and of its children
/// @param rotations the names of those that rotate secrets
record MachineKeyRights(ResourceNames names, List<String> machines, List<String> rotations) {
    private static final String KEY = "${MachineKey}";
    private static final String CONTEXT = "kms:EncryptionContext:aws:states:stateMachineArn";
    private static final String DECRYPT = "kms:Decrypt";
    private static final String GENERATE = "kms:GenerateDataKey";

    /// The role with what it needs besides.
    CompiledRole in(CompiledRole role) {
        return switch (role.kind()) {
            case STATES -> more(role, running(machines));
            case ROTATION -> more(role, running(List.of(role.name())));
            case START -> more(role, List.of(reading(List.of(machines.getFirst()))));
            case PEOPLE -> more(role, List.of(reading(machines)));
            case DEPLOY -> more(role, deploying());
            case TASK, RUNNER, EXECUTION, SERVICE, PIN, AWAIT, CALLBACK, APPROVAL, ACCESS, SCHEDULE, RULE -> role;
        };
    }

    /// What the boundary has to let through.
    List<PolicyStatement> bounds() {
        return List.of(
                PolicyStatement.allow("KeyOfMachines", List.of(DECRYPT, GENERATE), List.of(KEY))
                        .when("ArnLike", CONTEXT, present()),
                deliverLogs());
    }

    /// Step Functions uses the key as the role itself, not for it: so there is no service that it comes through.
    private static List<PolicyStatement> running(List<String> machines) {
        return List.of(
                PolicyStatement.allow("EncryptExecutions", List.of(DECRYPT, GENERATE), List.of(KEY))
                        .when("StringEquals", CONTEXT, arns(machines)),
                deliverLogs());
    }

    /// What is logged is encrypted on its way to the log group. The `*` is a part of what is told, and no pattern.
    private static PolicyStatement deliverLogs() {
        return PolicyStatement.allow("EncryptLogsOnTheirWay", List.of(GENERATE), List.of(KEY))
                .when(
                        "StringEquals",
                        "kms:EncryptionContext:SourceArn",
                        List.of("arn:${Partition}:logs:${Region}:${AccountId}:*"));
    }

    private static PolicyStatement reading(List<String> machines) {
        return through(PolicyStatement.allow("ReadWhatMachinesHold", List.of(DECRYPT), List.of(KEY)))
                .when("StringEquals", CONTEXT, arns(machines));
    }

    private List<PolicyStatement> deploying() {
        return List.of(
                through(PolicyStatement.allow("SeeTheKeyOfMachines", List.of("kms:DescribeKey"), List.of(KEY))),
                through(PolicyStatement.allow("PutMachinesUnderTheKey", List.of(DECRYPT, GENERATE), List.of(KEY)))
                        .when("ArnLike", CONTEXT, present()));
    }

    /// All machines of the pipeline, whose number of children changes.
    private List<String> present() {
        var arns = new ArrayList<>(
                List.of(ResourceNames.machineArn(names.machine()), ResourceNames.machineArn(names.children())));
        arns.addAll(arns(rotations));
        return arns;
    }

    private static PolicyStatement through(PolicyStatement statement) {
        return statement.when("StringEquals", "kms:ViaService", List.of("states.${Region}.amazonaws.com"));
    }

    private static List<String> arns(List<String> machines) {
        return machines.stream().map(ResourceNames::machineArn).toList();
    }

    private static CompiledRole more(CompiledRole role, List<PolicyStatement> statements) {
        return role.allowed(PolicyStatement.extended(role.policy(), statements));
    }
}
