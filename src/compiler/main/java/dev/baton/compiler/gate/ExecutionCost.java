package dev.baton.compiler.gate;

import dev.baton.asl.StateType;
import dev.baton.asl.text.GraphText;
import dev.baton.asl.text.StateText;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The cost of an execution, what an execution costs at worst: the transitions on its most expensive way, with every
/// retry used up.
///
/// @param transitions without those of the items of Maps; what is in a loop counts once
/// @param perItem the Maps whose number of items is not known from the definition
/// @param loop states that an execution can go round, so that there is no worst case; null where there is none
public record ExecutionCost(
        long transitions, List<PerItem> perItem, @Nullable String loop) {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final int DEFAULT_ATTEMPTS = 3;
    private static final int PLACES = 9;

    public ExecutionCost {
        perItem = List.copyOf(perItem);
    }

    /// One item of a Map.
    ///
    /// @param map the name of its state
    /// @param line where it stands, counted from 1
    /// @param column the same
    /// @param pointer the same as a JSON Pointer (RFC 6901)
    public record PerItem(String map, int line, int column, String pointer, long transitions) {
        public BigDecimal dollars(BigDecimal perThousand) {
            return ExecutionCost.dollars(transitions, perThousand);
        }
    }

    /// @param perThousand dollars for 1,000 transitions
    public BigDecimal dollars(BigDecimal perThousand) {
        return dollars(transitions, perThousand);
    }

    /// On one line, for people.
    public String told(BigDecimal perThousand) {
        var told = new StringBuilder();
        told.append(loop == null ? "at most " : "no worst case, for it may go round " + loop + "; once round ")
                .append(transitions)
                .append(" transitions, $")
                .append(shown(dollars(perThousand)));
        for (var map : perItem) {
            told.append("; for each item of ")
                    .append(map.map())
                    .append(" ")
                    .append(map.transitions())
                    .append(", $")
                    .append(shown(map.dollars(perThousand)));
        }
        return told.toString();
    }

    static String shown(BigDecimal dollars) {
        return dollars.setScale(PLACES, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static BigDecimal dollars(long transitions, BigDecimal perThousand) {
        return perThousand.multiply(BigDecimal.valueOf(transitions)).divide(THOUSAND, PLACES, RoundingMode.HALF_UP);
    }

    static ExecutionCost of(GraphText machine) {
        var count = new Count();
        // An execution's start is a transition too.
        var transitions = Count.add(1, count.graph(machine));
        count.perItem.sort((a, b) -> Integer.compare(a.line(), b.line()));
        return new ExecutionCost(transitions, count.perItem, count.loop);
    }

    private static final class Count {
        private final List<PerItem> perItem = new ArrayList<>();
        private @Nullable String loop;

        long graph(GraphText machine) {
            var first = machine.first();
            return first == null ? 0 : new Ways(machine).from(first.name());
        }

        /// What one visit of a state comes to, all retries of what is in it included.
        private long state(StateText state) {
            var once = 1L;
            var known = items(state);
            for (var inside : state.graphs()) {
                var each = graph(inside);
                if (state.type() != StateType.MAP) {
                    once = add(once, each);
                } else if (!state.startsExpress()) {
                    // EXPRESS is paid by requests and duration, not by transitions. Each item of a distributed Map is
                    // an execution of its own, with a start.
                    var item = state.isDistributed() ? add(1, each) : each;
                    if (known < 0) {
                        var place = state.place();
                        perItem.add(new PerItem(state.name(), place.line(), place.column(), place.pointer(), item));
                    } else {
                        once = add(once, multiply(known, item));
                    }
                }
            }
            return multiply(once, add(1, attempts(state.fields())));
        }

        /// The most expensive way through a graph. Deep graphs are walked without recursion.
        private final class Ways {
            private final GraphText machine;
            private final Map<String, Long> worst = new HashMap<>();
            private final Map<String, Step> onWay = new LinkedHashMap<>();
            private final Deque<Step> way = new ArrayDeque<>();

            Ways(GraphText machine) {
                this.machine = machine;
            }

            long from(String first) {
                enter(first);
                while (!way.isEmpty()) {
                    var step = way.getLast();
                    if (step.open.hasNext()) {
                        go(step, step.open.next());
                    } else {
                        way.removeLast();
                        onWay.remove(step.name);
                        worst.put(step.name, add(state(step.state), step.most));
                        if (!way.isEmpty()) {
                            way.getLast().most = Math.max(way.getLast().most, worst(step.name));
                        }
                    }
                }
                return worst(first);
            }

            private void go(Step from, String to) {
                if (onWay.containsKey(to)) {
                    if (loop == null) {
                        var names = new ArrayList<>(onWay.keySet());
                        loop = String.join(" -> ", names.subList(names.indexOf(to), names.size())) + " -> " + to;
                    }
                } else if (worst.containsKey(to)) {
                    from.most = Math.max(from.most, worst(to));
                } else {
                    enter(to);
                }
            }

            private void enter(String name) {
                var state = machine.states().get(name);
                if (state != null) {
                    var step = new Step(
                            name,
                            state,
                            state.targets().stream()
                                    .map(StateText.Target::state)
                                    .iterator());
                    onWay.put(name, step);
                    way.addLast(step);
                }
            }

            private long worst(String name) {
                return worst.getOrDefault(name, 0L);
            }
        }

        /// A state on the way, and what may follow it.
        private static final class Step {
            private final String name;
            private final StateText state;
            private final Iterator<String> open;
            private long most;

            Step(String name, StateText state, Iterator<String> open) {
                this.name = name;
                this.state = state;
                this.open = open;
            }
        }

        /// All retriers together may try so often again.
        private static long attempts(ObjectNode node) {
            var attempts = 0L;
            if (node.get("Retry") instanceof ArrayNode retriers) {
                for (var each : retriers.elements()) {
                    if (each instanceof ObjectNode retrier) {
                        attempts = add(attempts, Math.max(0, number(retrier, "MaxAttempts", DEFAULT_ATTEMPTS)));
                    }
                }
            }
            return attempts;
        }

        /// The most items that a Map has, -1 where that is not known.
        private static long items(StateText state) {
            if (state.fields().get("Items") instanceof ArrayNode items) {
                return items.elements().size();
            }
            var reader = state.fields().get("ItemReader");
            return reader instanceof ObjectNode object && object.get("ReaderConfig") instanceof ObjectNode config
                    ? number(config, "MaxItems", -1)
                    : -1;
        }

        /// -1 is for what is not known, so nothing less counts.
        private static long number(ObjectNode node, String name, long otherwise) {
            return node.get(name) instanceof ScalarNode scalar && scalar.value() instanceof Number number
                    ? Math.max(-1, number.longValue())
                    : otherwise;
        }

        /// Beyond all that could be paid it does not matter any more.
        private static long add(long one, long other) {
            return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
        }

        private static long multiply(long one, long other) {
            return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
        }
    }
}
