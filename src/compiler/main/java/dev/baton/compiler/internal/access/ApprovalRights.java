package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.run.StateKeys;
import java.util.ArrayList;
import java.util.List;

/// The rights of the function that takes decisions about approvals. Beside the callback function it is the only one
/// that completes tasks by token.
record ApprovalRights(String pipeline, ResourceNames names, String machine) {
    /// @param seen what shows which versions inputs have now
    List<PolicyStatement> statements(List<PolicyStatement> seen) {
        var statements = new ArrayList<PolicyStatement>();
        statements.add(PolicyStatement.allow(
                "KeepApprovals",
                List.of("s3:GetObject", "s3:PutObject"),
                List.of(StateObjects.arn(StateObjects.approvals(pipeline)))));
        statements.add(PolicyStatement.allow(
                "SeeWhatIsAsked",
                List.of("s3:GetObject"),
                List.of(
                        StateObjects.arn(StateObjects.pins(pipeline)),
                        StateObjects.arn(StateObjects.runs(pipeline) + "/done/*"))));
        statements.add(PolicyStatement.allow("ListRuns", List.of("s3:ListBucket"), List.of(StateObjects.BUCKET))
                .when(
                        "StringLike",
                        "s3:prefix",
                        List.of(
                                StateKeys.access(pipeline) + "*",
                                StateKeys.POLICIES + "*",
                                StateObjects.runs(pipeline),
                                StateObjects.starts(pipeline))));
        statements.add(PolicyStatement.allow(
                "SeeWhoStarted", List.of("s3:GetObject"), List.of(StateObjects.arn(StateObjects.starts(pipeline)))));
        statements.addAll(GovernedRights.statements(pipeline));
        statements.addAll(bounds());
        statements.addAll(seen);
        statements.add(PolicyStatement.allow("CompleteByToken", OwnRoles.BY_TOKEN, List.of("*")));
        statements.addAll(KeyRights.statements(List.of(CompiledBucket.STATE), List.of(CompiledBucket.STATE)));
        return statements;
    }

    /// Those that no other function of the pipeline needs.
    List<PolicyStatement> bounds() {
        return List.of(
                PolicyStatement.allow(
                        "SeeWhoWaits", List.of("states:ListExecutions"), List.of(ResourceNames.machineArn(machine))),
                PolicyStatement.allow(
                                "TellOfApprovals",
                                List.of("events:PutEvents"),
                                List.of("arn:${Partition}:events:${Region}:${AccountId}:event-bus/${EventBus}"))
                        .when("StringEquals", "events:source", List.of(names.source()))
                        .when("StringEquals", "events:detail-type", List.of("Approval Requested")));
    }
}
