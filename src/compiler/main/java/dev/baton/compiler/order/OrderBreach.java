package dev.baton.compiler.order;

import java.util.List;

/// A promise that the machines of a graph do not keep, or of which it cannot be proven that they do.
public sealed interface OrderBreach {

    /// An edge that is broken: an execution is possible in which the node starts before the required one has ended.
    record Early(String node, String required) implements OrderBreach {}

    /// A node that is not run exactly once in every execution that succeeds.
    ///
    /// @param how many times instead, and by which states
    record NotOnce(String node, String how) implements OrderBreach {}

    /// Nodes each of which starts only when the next has ended, the last when the first has: none ever does.
    record Circle(List<String> nodes) implements OrderBreach {
        public Circle {
            nodes = List.copyOf(nodes);
        }
    }

    /// A state that says what no proof can rest on.
    record Unclear(String machine, String state, String what) implements OrderBreach {}
}
