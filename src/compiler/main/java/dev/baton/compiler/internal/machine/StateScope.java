package dev.baton.compiler.internal.machine;

import dev.baton.asl.Operand;
import dev.baton.asl.Transition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The scope of a state: where a state stands, and so how it learns which node it is for and which run.
///
/// Nothing but names travels from state to state: outside of Maps a state's input is empty, inside it is the item.
sealed interface StateScope {

    /// The JSON value or expression for the run.
    Object run();

    /// What a state hands on to what follows.
    Object output(Transition next);

    /// The name by which a state calls a node.
    Object node(int node);

    /// The expression for the item that is meant; nothing where the node itself is.
    default Optional<String> item() {
        return Optional.empty();
    }

    /// Every node for which a state stands that names the given one.
    default List<Integer> nodes(int node) {
        return List.of(node);
    }

    /// The longest time that a state of the given node may take.
    default Operand<Number> timeout(int node, MachinePlan plan) {
        return Operand.of(plan.work(node).timeoutSeconds());
    }

    /// A name of an await that no other one in the run has.
    Object awaiter(String state);

    /// The name that a task's state wants.
    String stateName(StateSpec work);

    /// A state machine's own level.
    ///
    /// @param run the expression for the run
    record Top(String run, MachinePlan plan) implements StateScope {
        @Override
        public Object output(Transition next) {
            return Map.of();
        }

        @Override
        public Object node(int node) {
            return plan.work(node).id();
        }

        @Override
        public Object awaiter(String state) {
            return state;
        }

        @Override
        public String stateName(StateSpec work) {
            return work.id();
        }
    }

    /// Inside a Map: the input is `{"nodes": […]}`, in a distributed one the run too, and where items differ in how
    /// long they may take `{"seconds": […]}`.
    ///
    /// @param run the expression for the run
    /// @param leaves the nodes that the Map's body names, in its order: an item has its own in their places
    /// @param items the nodes of all items
    /// @param timed whether an item says how long each of its nodes may take
    record Item(String run, List<Integer> leaves, List<List<Integer>> items, boolean timed) implements StateScope {
        @Override
        public List<Integer> nodes(int node) {
            var place = leaves.indexOf(node);
            return items.stream().map(item -> item.get(place)).toList();
        }

        @Override
        public Operand<Number> timeout(int node, MachinePlan plan) {
            return timed
                    ? Operand.expression("{% $states.input.seconds[" + leaves.indexOf(node) + "] %}")
                    : StateScope.super.timeout(node, plan);
        }

        /// The last hands on nothing: the outputs of all iterations together are the Map's, and many would be too much.
        @Override
        public Object output(Transition next) {
            return next.equals(Transition.END) ? Map.of() : "{% $states.input %}";
        }

        @Override
        public Object node(int node) {
            return "{% $states.input.nodes[" + leaves.indexOf(node) + "] %}";
        }

        @Override
        public Object awaiter(String state) {
            return "{% '" + state.replace("\\", "\\\\").replace("'", "\\'") + " of ' & $states.input.nodes[0] %}";
        }

        @Override
        public String stateName(StateSpec work) {
            return work.kind();
        }
    }

    /// Inside the Map over what a node expands into: the input is the run and the item.
    ///
    /// @param node how the states name the node that expands
    record Expanded(Object node) implements StateScope {
        @Override
        public Object run() {
            return "{% $states.input.run %}";
        }

        @Override
        public Object output(Transition next) {
            return next.equals(Transition.END) ? Map.of() : "{% $states.input %}";
        }

        @Override
        public Object node(int node) {
            return this.node;
        }

        @Override
        public Optional<String> item() {
            return Optional.of("{% $states.input.item %}");
        }

        @Override
        public Object awaiter(String state) {
            throw new IllegalStateException("an item waits for nothing");
        }

        @Override
        public String stateName(StateSpec work) {
            return work.kind();
        }
    }
}
