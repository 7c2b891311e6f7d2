package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.run.RoleSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The trust policy of a task's role, who may assume the role of a task: the function of its class, saying for which
/// task and execution.
final class TaskTrust {
    private TaskTrust() {}

    /// @param governed whether policies about people hold
    static Map<String, @Nullable Object> of(String pipeline, ResourceNames names, TaskClass type, boolean governed) {
        var task = type.type().getSimpleName();
        var assume = PolicyStatement.allow("BecomeTheTask", List.of("sts:AssumeRole"), List.of())
                .when("StringEquals", "aws:RequestTag/" + RoleSession.PIPELINE_TAG, List.of(pipeline))
                .when("StringEquals", "aws:RequestTag/" + RoleSession.TASK_TAG, List.of(RoleSession.tagValue(task)))
                .when("Null", "aws:RequestTag/" + RoleSession.EXECUTION_TAG, List.of("false"))
                .when("StringLike", "sts:RoleSessionName", List.of(RoleSession.namePattern(task)));
        var keys = new ArrayList<>(List.of(RoleSession.EXECUTION_TAG, RoleSession.PIPELINE_TAG, RoleSession.TASK_TAG));
        var tag = PolicyStatement.allow("SayWhichTask", List.of("sts:TagSession"), List.of());
        if (type.declarations().owner().isPresent()) {
            keys.add(RoleSession.OWNER_TAG);
            assume = assume.when(
                    "StringEquals",
                    "aws:RequestTag/" + RoleSession.OWNER_TAG,
                    List.of(type.declarations().owner().get()));
        }
        if (governed) {
            // Where policies about people hold, a run says who started it and which code it runs; and so do sessions
            // that the task's own begins.
            keys.add(RoleSession.REQUESTER_TAG);
            keys.add(RoleSession.REVISION_TAG);
            tag = tag.when("ForAllValues:StringEquals", "sts:TransitiveTagKeys", RoleSession.TRANSITIVE_TAGS);
        }
        tag = tag.when("ForAllValues:StringEquals", "aws:TagKeys", keys);
        var source = PolicyStatement.allow("SayForWhom", List.of("sts:SetSourceIdentity"), List.of())
                .when("StringLike", "sts:SourceIdentity", List.of(RoleSession.sourceIdentityPattern(pipeline)));
        // Naming the runner as the principal would make its own policy needless, and would name nobody any more when
        // the runner is made anew. So the account is the principal, and who exactly is a condition: both sides have to
        // agree.
        var runner = List.of(names.roleArn(names.runnerRole(type.type())));
        return PolicyStatement.trust(
                "AWS",
                "arn:${Partition}:iam::${AccountId}:root",
                Stream.of(assume, tag, source)
                        .map(statement -> statement.when("ArnEquals", "aws:PrincipalArn", runner))
                        .toList());
    }
}
