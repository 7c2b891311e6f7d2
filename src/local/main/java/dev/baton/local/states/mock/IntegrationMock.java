package dev.baton.local.states.mock;

import dev.baton.diagnostic.Location;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.name.Arn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A mock: the Task states that it answers for, and its answers, each for one call and the last for all that follow.
///
/// @param place where it is written
/// @param machine the names of the machines; null for all
/// @param state the names of the states; null for all
/// @param resource the ARNs of what the states call; null for all
/// @param parameters what must be among the parameters of the call; null for anything
/// @param answers at least one
public record IntegrationMock(
        Location place,
        @Nullable NamePattern machine,
        @Nullable NamePattern state,
        @Nullable NamePattern resource,
        @Nullable Object parameters,
        List<MockReply> answers) {
    public IntegrationMock {
        answers = List.copyOf(answers);
    }

    boolean fits(TaskStateInvocation invocation) {
        return (machine == null || machine.fits(machineName(invocation.executionArn())))
                && (state == null || state.fits(invocation.state()))
                && (resource == null || resource.fits(invocation.resource().arn()))
                && (parameters == null || isAmong(parameters, invocation.parameters()));
    }

    /// Whether it may answer for a state that calls this.
    boolean mayAnswer(String resourceArn) {
        return resource == null || resource.fits(resourceArn);
    }

    /// The answer to a call.
    ///
    /// @param call counted from 0
    public MockReply answer(int call) {
        return answers.get(index(call));
    }

    int index(int call) {
        return Math.min(call, answers.size() - 1);
    }

    /// `arn:…:execution:MACHINE:NAME`, `…:express:MACHINE:NAME:ID`; of a child of a Map Run
    /// `…:execution:MACHINE/LABEL:ID`.
    static String machineName(String executionArn) {
        var resource = Objects.requireNonNull(Arn.find(executionArn)).resource().split("[:/]", 3);
        return resource[1];
    }

    /// An object is among one that has its members, each among its own; anything else is among its like alone.
    private static boolean isAmong(@Nullable Object part, @Nullable Object whole) {
        if (part instanceof Map<?, ?> members && whole instanceof Map<?, ?> object) {
            return members.entrySet().stream()
                    .allMatch(member -> object.containsKey(member.getKey())
                            && isAmong(member.getValue(), object.get(member.getKey())));
        }
        return Objects.equals(part, whole);
    }
}
