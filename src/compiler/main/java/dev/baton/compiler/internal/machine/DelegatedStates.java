package dev.baton.compiler.internal.machine;

import dev.baton.asl.ChoiceRule;
import dev.baton.asl.ChoiceState;
import dev.baton.asl.Condition;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.run.TaskInvocation.Part;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Writes a node whose work is done elsewhere than in the function of its class as four states or more: the function is
/// asked whether the work is due; if it is, what does the work is called; then the function is asked what came of it.
/// The last state releases who waits, as every function's does.
final class DelegatedStates implements StateSequence {
    private final StateSpec work;
    private final Object node;
    private final StateScope scope;
    private final Elsewhere elsewhere;

    /// @param node how the states name the node
    DelegatedStates(StateSpec work, StateSpec.Place place, Object node, StateScope scope) {
        this.work = work;
        this.node = node;
        this.scope = scope;
        this.elsewhere = switch (place) {
            case StateSpec.Container container -> new InContainer(work, container, node, scope);
            case StateSpec.Service service -> new ByService(work, service, scope);
        };
    }

    /// The worker: a service or a container.
    sealed interface Elsewhere permits ByService, InContainer {

        /// What stands before the node in the name of the first state.
        String beginning();

        /// What the function is asked first. Its output says whether the work is `due`.
        Question before();

        /// What stands before the node in the name of the first state that [#write] appends.
        String doing();

        /// Appends the states that have the work done.
        ///
        /// @param first the name that the first of them got
        /// @param named how the node is called
        /// @param last the state that follows
        void write(String first, String named, String last, StateNames names, SequencedMap<String, State> into);

        /// What the function is asked last.
        Question after(Transition next, boolean tellsResult);
    }

    /// A question to the function.
    ///
    /// @param further what it is told besides
    /// @param output of the state
    record Question(Part part, String comment, Map<String, @Nullable Object> further, PayloadTemplate output) {
        Question(Part part, String comment, PayloadTemplate output) {
            this(part, comment, Map.of(), output);
        }
    }

    @Override
    public String firstName() {
        return elsewhere.beginning() + " " + scope.stateName(work);
    }

    @Override
    public void write(
            String first, StateNames names, Transition after, boolean tellsResult, SequencedMap<String, State> into) {
        var named = scope.stateName(work);
        var question = names.take("Is it due? " + named);
        var doing = names.take(elsewhere.doing() + " " + named);
        var last = names.take(named);
        into.put(first, ask(elsewhere.before(), Transition.next(question)));
        into.put(
                question,
                ChoiceState.builder()
                        .choices(List.of(ChoiceRule.of(new Condition.Expression("{% $states.input.due %}"), doing)))
                        .defaultState(last)
                        .build());
        elsewhere.write(doing, named, last, names, into);
        into.put(last, ask(elsewhere.after(after, tellsResult), after));
    }

    private State ask(Question question, Transition next) {
        var payload = TaskPayload.of(node, scope, question.part());
        payload.putAll(question.further());
        var asking = work.asking();
        return TaskState.builder(MachineWriter.INVOKE)
                .comment(question.comment())
                .arguments(MachineWriter.invocation(work.function(), payload))
                .timeoutSeconds(asking.timeoutSeconds())
                .retry(StateRetriers.of(asking))
                .output(question.output())
                .transition(next)
                .build();
    }
}
