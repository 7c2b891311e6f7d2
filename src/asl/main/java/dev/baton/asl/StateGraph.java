package dev.baton.asl;

import java.util.SequencedMap;
import java.util.stream.Stream;

/// States with the one to start at: a state machine, a branch of a Parallel, or what a Map does with each item.
/// It is also the scope of variables: an inner graph reads those of the outer and assigns only its own.
public sealed interface StateGraph permits StateMachine, Branch, ItemProcessor {

    String startAt();

    /// By name, in the order of the text. Not to be changed.
    SequencedMap<String, State> states();

    /// Every state of this graph, each before those of the graphs inside it.
    default Stream<State> allStates() {
        return states().values().stream()
                .flatMap(state ->
                        Stream.concat(Stream.of(state), state.graphs().stream().flatMap(StateGraph::allStates)));
    }
}
