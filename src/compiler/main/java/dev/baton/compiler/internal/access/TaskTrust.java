package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.Names;
import dev.baton.compiler.internal.TaskClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who may assume the role of a task: the function of its class, saying for which task and execution.
final class TaskTrust {
    /// How much of a task's name a session's name holds; the function cuts it the same way.
    private static final int SESSION_TASK_LENGTH = 40;

    private static final int SOURCE_PIPELINE_LENGTH = 47;
    private static final String EXECUTION_HASH = "????????????????";

    private TaskTrust() {}

    static Map<String, @Nullable Object> of(String pipeline, Names names, TaskClass type) {
        var task = type.type().getSimpleName();
        var assume = Statement.allow("BecomeTheTask", List.of("sts:AssumeRole"), List.of())
                .when("StringEquals", "aws:RequestTag/baton:pipeline", List.of(pipeline))
                .when("StringEquals", "aws:RequestTag/baton:task", List.of(task))
                .when("Null", "aws:RequestTag/baton:execution", List.of("false"))
                .when(
                        "StringLike",
                        "sts:RoleSessionName",
                        List.of(EXECUTION_HASH + "." + cut(task, SESSION_TASK_LENGTH) + ".*"));
        var keys = new ArrayList<>(List.of("baton:execution", "baton:pipeline", "baton:task"));
        var tag = Statement.allow("SayWhichTask", List.of("sts:TagSession"), List.of());
        if (type.declarations().owner().isPresent()) {
            keys.add("baton:owner");
            assume = assume.when(
                    "StringEquals", "aws:RequestTag/baton:owner", List.of(type.declarations().owner().get()));
        }
        tag = tag.when("ForAllValues:StringEquals", "aws:TagKeys", keys);
        var source = Statement.allow("SayForWhom", List.of("sts:SetSourceIdentity"), List.of())
                .when(
                        "StringLike",
                        "sts:SourceIdentity",
                        List.of(cut(pipeline, SOURCE_PIPELINE_LENGTH) + "." + EXECUTION_HASH));
        return Statement.trust(
                "AWS", names.roleArn(names.runnerRole(type.type())), List.of(assume, tag, source));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
