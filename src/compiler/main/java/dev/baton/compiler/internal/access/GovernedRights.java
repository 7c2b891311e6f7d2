package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.run.StateKeys;
import java.util.List;

/// The rights of functions that ask the policies about people: to see the policies and which rights people have for a
/// while, and to add evidence of what was decided, which none of them can read, change or take away.
final class GovernedRights {
    private GovernedRights() {}

    /// What their boundary must let them, beside what it lets all functions.
    static List<PolicyStatement> bounds(String pipeline) {
        return List.of(
                PolicyStatement.allow(
                        "SeePolicies",
                        List.of("s3:GetObject"),
                        List.of(
                                StateObjects.arn(StateKeys.POLICIES + "*"),
                                StateObjects.arn(StateObjects.starts(pipeline)),
                                StateObjects.arn(StateKeys.access(pipeline) + "*"))),
                PolicyStatement.allow(
                        "AddEvidence", List.of("s3:PutObject"), List.of(StateObjects.arn(StateKeys.EVIDENCE + "*"))));
    }

    /// What each of them may do.
    static List<PolicyStatement> statements(String pipeline) {
        return List.of(
                PolicyStatement.allow(
                        "SeePolicies",
                        List.of("s3:GetObject"),
                        List.of(
                                StateObjects.arn(StateKeys.POLICIES + "*"),
                                StateObjects.arn(StateKeys.access(pipeline) + "*"))),
                PolicyStatement.allow(
                        "AddEvidence", List.of("s3:PutObject"), List.of(StateObjects.arn(StateKeys.EVIDENCE + "*"))));
    }

    /// What else the start function may, which does for people what they may not do themselves.
    ///
    /// @param machine the name of the pipeline's own machine
    static PolicyStatement changes(String machine) {
        return PolicyStatement.allow(
                "ChangeExecutions",
                List.of("states:RedriveExecution", "states:StopExecution"),
                List.of(ResourceNames.executionArn(machine) + ":*"));
    }
}
