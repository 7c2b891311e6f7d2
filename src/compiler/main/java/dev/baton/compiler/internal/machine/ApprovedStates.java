package dev.baton.compiler.internal.machine;

import dev.baton.asl.Catcher;
import dev.baton.asl.FailState;
import dev.baton.asl.Operand;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The states of a node that has to be approved before it is done: one that waits for the approval, and the node's own.
/// The first stands behind everything that the node requires: whoever is asked can look at it.
///
/// The approval function keeps the state's token and answers it. A refusal is an error of the state; that nobody says
/// anything in time leads to a state that fails, and nothing goes around it.
///
/// @param work with its approval
/// @param node how the states name the node
/// @param then the node's own states
record ApprovedStates(StateSpec work, StateSpec.ApprovalWait waits, Object node, StateScope scope, StateSequence then)
        implements StateSequence {
    /// The error of an execution in which nobody said anything in time.
    static final String TIMED_OUT = "ApprovalTimedOut";

    @Override
    public String firstName() {
        return "Approve " + scope.stateName(work);
    }

    @Override
    public void write(
            String first, StateNames names, Transition after, boolean tellsResult, SequencedMap<String, State> into) {
        var next = names.take(then.firstName());
        var late = names.take("Nobody approved " + scope.stateName(work));
        into.put(first, approval(next, late));
        then.write(next, names, after, tellsResult, into);
        into.put(late, tooLate());
    }

    private State approval(String next, String late) {
        var asked = new LinkedHashMap<String, @Nullable Object>();
        asked.put("node", node);
        asked.put("by", waits.terms().by());
        asked.put("execution", "{% $states.context.Execution.Id %}");
        asked.put("token", "{% $states.context.Task.Token %}");
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("approval", asked);
        payload.put("run", scope.run());
        return TaskState.builder(MachineWriter.INVOKE_AND_WAIT)
                .comment(comment())
                .arguments(MachineWriter.invocation(waits.function(), payload))
                .timeoutSeconds(waits.seconds())
                .retry(StateRetriers.ofApproval())
                .catchers(
                        List.of(Catcher.builder(List.of("States.Timeout"), late).build()))
                .output(new PayloadTemplate(scope.output(Transition.next(next))))
                .transition(Transition.next(next))
                .build();
    }

    private String comment() {
        var terms = waits.terms();
        return "Goes on when "
                + (terms.quorum() == 1 ? "somebody of " : terms.quorum() + " people of ") + terms.by()
                + " approved within " + terms.within() + ": " + terms.why();
    }

    private State tooLate() {
        var terms = waits.terms();
        return FailState.builder()
                .error(Operand.of(TIMED_OUT))
                .cause(Operand.of("nobody of " + terms.by() + " approved "
                        + work.kind() + " within " + terms.within()
                        + ", which is a refusal; whoever may start the pipeline can start this run again"))
                .build();
    }
}
