package dev.baton.compiler.order;

import dev.baton.asl.ChoiceState;
import dev.baton.asl.FailState;
import dev.baton.asl.MapState;
import dev.baton.asl.Operand;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.StateMachine;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.WaitState;
import dev.baton.compiler.order.OrderBreach.Unclear;
import dev.baton.compiler.order.TaskEffect.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads definitions as what follows what: a state comes after those that every way to it passes, what a Parallel leads
/// to after all its branches, what a Map leads to after all its iterations, each of which has moments of its own, what
/// starts a machine ends after it, and what waits goes on after what it awaits.
final class MachineReader {
    private static final int NONE = NodeVocabulary.NONE;
    private static final String THE_ITEM = "{% $states.context.Map.Item.Value";
    /// What hands on the input of an iteration, in which its nodes are named.
    private static final List<String> HANDED_ON =
            List.of("{% $states.input %}", "{% $merge([$states.input, ", "{% $sift($states.input, ");

    private final GivenGraph given;
    private final SequencedMap<String, StateMachine> machines;
    private final NodeVocabulary vocabulary;
    private final NodeStates whereabouts;
    private final MomentOrder moments;
    private final List<OrderBreach> unclear = new ArrayList<>();
    private final Deque<Started> open = new ArrayDeque<>();
    private final Set<String> started = new HashSet<>();
    /// By node: the iteration that runs it, or null.
    private final @Nullable Iteration[] iterations;

    private final List<Crossing> awaits = new ArrayList<>();
    private String machine = "";

    /// A machine that is started.
    ///
    /// @param begin the moment before it
    /// @param end the moment after it
    private record Started(String name, int begin, int end) {}

    /// One of the many of a Map.
    private record Iteration(MapState map, int number) {}

    /// An await inside an iteration.
    private record Crossing(Iteration from, int awaited, String machine, String state) {}

    /// The surroundings of a graph of states.
    ///
    /// @param iteration of the Map around it, or null
    private record Place(NodeVocabulary words, @Nullable Iteration iteration) {}

    /// @param machines by name; the first is the graph's own
    MachineReader(GivenGraph given, SequencedMap<String, StateMachine> machines) {
        this.given = given;
        this.machines = machines;
        this.vocabulary = new NodeVocabulary(given.places(), List.of());
        this.whereabouts = new NodeStates(given.size());
        // Of each node, its start and its end.
        this.moments = new MomentOrder(2 * given.size());
        this.iterations = new Iteration[given.size()];
    }

    static int start(int node) {
        return 2 * node;
    }

    static int end(int node) {
        return 2 * node + 1;
    }

    MomentOrder moments() {
        return moments;
    }

    NodeStates whereabouts() {
        return whereabouts;
    }

    /// What no proof can rest on.
    List<OrderBreach> unclear() {
        return unclear;
    }

    /// Reads all machines, beginning with the first.
    void read() {
        for (var node = 0; node < iterations.length; node++) {
            moments.after(end(node), start(node));
        }
        var first = machines.firstEntry();
        machine = first.getKey();
        var whole = ControlFlow.ofMachine(first.getValue(), this::works);
        graph(whole, new Place(vocabulary, null), moments.add());
        for (var next = open.poll(); next != null; next = open.poll()) {
            machine = next.name();
            var definition = machines.get(machine);
            if (definition != null) {
                moments.after(next.end(), graph(ControlFlow.of(definition), new Place(vocabulary, null), next.begin()));
            }
        }
        for (var crossing : awaits) {
            var other = iterations[crossing.awaited()];
            if (other != null && other.map() == crossing.from().map() && !other.equals(crossing.from())) {
                unclear.add(new Unclear(
                        crossing.machine(), crossing.state(), "it awaits another iteration, which may not have begun"));
            }
        }
    }

    private boolean works(State state) {
        return !state.graphs().isEmpty()
                || (state instanceof TaskState task
                        && !(TaskEffect.of(task, vocabulary) instanceof TaskEffect.Nameless));
    }

    /// @param begin the moment before it
    /// @return the moment after it
    private int graph(ControlFlow flow, Place place, int begin) {
        var after = new int[flow.size()];
        // Of which node some state did the first part and none the last.
        var undone = new int[flow.size()];
        for (var i = 0; i < flow.size(); i++) {
            var dominator = flow.dominator(i);
            var before = dominator < 0 ? begin : after[dominator];
            var step = new Step(flow, i, place, before, dominator < 0 ? NONE : undone[dominator]);
            if (!onlyFails(flow, flow.state(i), place)) {
                step.unclear("it goes on after an error");
            }
            after[i] = after(step, flow.state(i));
            undone[i] = step.undone;
        }
        if (flow.last() < 0) {
            unclear.add(new Unclear(machine, flow.size() == 0 ? "" : flow.name(0), "what begins here never ends"));
            return begin;
        }
        return after[flow.last()];
    }

    /// Whether no catcher leads anywhere but to the end of an execution that fails. What waits for nodes or does their
    /// work has none at all.
    private static boolean onlyFails(ControlFlow flow, State state, Place place) {
        return state.catchers().isEmpty()
                || (state instanceof TaskState task
                        && TaskEffect.of(task, place.words()) instanceof TaskEffect.Consent
                        && state.catchers().stream().allMatch(catcher -> flow.fails(catcher.next())));
    }

    /// A state on its way.
    private final class Step {
        private final ControlFlow flow;
        private final int at;
        private final Place place;
        private final int before;
        private final String in = machine;
        private int undone;

        Step(ControlFlow flow, int at, Place place, int before, int undone) {
            this.flow = flow;
            this.at = at;
            this.place = place;
            this.before = before;
            this.undone = undone;
        }

        void unclear(String what) {
            unclear.add(new Unclear(machine, flow.name(at), what));
        }

        /// For how many seconds the approval of a node is to be waited for, or null where none is demanded.
        @Nullable
        Long demanded(int node) {
            return given.approvals().get(node);
        }

        /// Whether it may do more than a part of a node that some state has begun.
        boolean isFree() {
            if (undone != NONE) {
                unclear("it stands between the states of one node");
            }
            return undone == NONE;
        }

        @Override
        public String toString() {
            return flow.name(at) + " of " + in;
        }
    }

    private int after(Step step, State state) {
        return switch (state) {
            case TaskState task -> {
                handsOn(step, task);
                var meaning = TaskEffect.of(task, step.place.words());
                if (meaning instanceof TaskEffect.Consent(var node)) {
                    patience(step, node, task);
                }
                yield task(step, meaning);
            }
            case ParallelState parallel -> parallel(step, parallel);
            case MapState map when map.itemReader() != null -> expansion(step, map);
            case MapState map -> map(step, map);
            case PassState pass -> step.before;
            case ChoiceState choice -> step.before;
            case WaitState wait -> step.before;
            case SucceedState succeed -> step.before;
            case FailState fail -> step.before;
        };
    }

    /// In an iteration nodes are named by its input, which therefore all states but the last must hand on.
    private void handsOn(Step step, State state) {
        if (step.place.iteration() != null
                && !step.flow.isEnd(step.at)
                && !(state.data().output() instanceof PayloadTemplate(String text)
                        && HANDED_ON.stream().anyMatch(text::startsWith))) {
            step.unclear("what follows it in the iteration does not learn for which nodes");
        }
    }

    private int task(Step step, TaskEffect meaning) {
        return switch (meaning) {
            case TaskEffect.Work(var node, var stage) -> work(step, node, stage);
            case TaskEffect.Wait(var awaited, var begins) -> wait(step, awaited, begins);
            case TaskEffect.Consent(var node) -> consent(step, node);
            case TaskEffect.Start(var name) -> machine(step, name);
            case TaskEffect.Nameless nameless -> step.before;
            case TaskEffect.Unknown(var why) -> {
                step.unclear(why);
                yield step.before;
            }
        };
    }

    private int work(Step step, int node, Stage stage) {
        return switch (stage) {
            case TASK -> {
                if (step.isFree()) {
                    begin(step, node);
                    finish(step, node);
                }
                yield end(node);
            }
            case OPENING -> {
                if (step.isFree()) {
                    begin(step, node);
                    step.undone = node;
                }
                yield start(node);
            }
            case CLOSING -> {
                if (step.undone == node) {
                    moments.after(end(node), step.before);
                    finish(step, node);
                    step.undone = NONE;
                } else {
                    step.unclear("it ends a node that no state before it began");
                }
                yield end(node);
            }
            case ITEM -> {
                step.unclear("it does an item outside of the Map over the items");
                yield step.before;
            }
        };
    }

    private void begin(Step step, int node) {
        whereabouts.begin(node, step.flow.isOnce(step.at), step);
        iterations[node] = step.place.iteration();
        moments.after(start(node), step.before);
    }

    private void finish(Step step, int node) {
        whereabouts.end(node, step.flow.isOnce(step.at), step);
    }

    private int wait(Step step, List<Integer> awaited, int begins) {
        if (!step.isFree()) {
            return step.before;
        }
        if (step.place.iteration() != null) {
            for (var node : awaited) {
                awaits.add(new Crossing(step.place.iteration(), node, machine, step.flow.name(step.at)));
            }
        }
        if (begins != NONE) {
            begin(step, begins);
            finish(step, begins);
            awaited.forEach(node -> moments.after(start(begins), end(node)));
            return end(begins);
        }
        var released = moments.add();
        moments.after(released, step.before);
        awaited.forEach(node -> moments.after(released, end(node)));
        return released;
    }

    /// An approval is a node of its own, between what its node requires and the node.
    private int consent(Step step, int node) {
        var approval = given.approval(node);
        if (approval < 0) {
            step.unclear("it waits for an approval that nobody demands");
            return step.before;
        }
        if (step.isFree()) {
            begin(step, approval);
            finish(step, approval);
        }
        return end(approval);
    }

    private static void patience(Step step, int node, TaskState task) {
        var seconds = step.demanded(node);
        var waits = task.timeout();
        if (seconds != null && !(waits instanceof Operand.Given<Number>(var value) && value.longValue() == seconds)) {
            step.unclear("it does not wait for its approval for just " + seconds + " seconds");
        }
    }

    private int machine(Step step, String name) {
        if (!step.isFree()) {
            return step.before;
        }
        if (!machines.containsKey(name)
                || machines.firstEntry().getKey().equals(name)
                || !started.add(name)
                || step.flow.isRepeated(step.at)
                || step.place.iteration() != null) {
            step.unclear("it starts " + name + ", which is another's, the graph's own or started already");
            return step.before;
        }
        if (!step.flow.isOnce(step.at)) {
            step.unclear("some way leaves it out");
        }
        var end = moments.add();
        open.add(new Started(name, step.before, end));
        return end;
    }

    /// Whether a state with graphs of its own stands where every execution passes once.
    private static boolean isPassed(Step step) {
        if (!step.flow.isOnce(step.at)) {
            step.unclear("some way leaves it out, or passes it again");
        }
        return step.isFree();
    }

    private int parallel(Step step, ParallelState parallel) {
        if (!isPassed(step)) {
            return step.before;
        }
        handsOn(step, parallel);
        if (step.place.iteration() != null && parallel.data().arguments() != null) {
            step.unclear("its branches do not learn for which nodes");
        }
        var joined = moments.add();
        moments.after(joined, step.before);
        for (var branch : parallel.branches()) {
            moments.after(joined, graph(flow(branch), step.place, step.before));
        }
        return joined;
    }

    private ControlFlow flow(StateGraph graph) {
        return ControlFlow.of(graph);
    }

    /// A Map over nodes.
    private int map(Step step, MapState map) {
        if (!isPassed(step)) {
            return step.before;
        }
        var items = items(map);
        if (items == null || step.place.iteration() != null) {
            step.unclear("it does not say for which nodes its iterations are");
            return step.before;
        }
        if (map.toleratedFailureCount() != null
                || map.toleratedFailurePercentage() != null
                || map.itemBatcher() != null) {
            step.unclear("it goes on when an iteration has failed");
        }
        var flow = flow(map.processor());
        var joined = moments.add();
        moments.after(joined, step.before);
        for (var number = 0; number < items.size(); number++) {
            var inside = new Place(vocabulary.in(items.get(number)), new Iteration(map, number));
            moments.after(joined, graph(flow, inside, step.before));
        }
        return joined;
    }

    /// By iteration, the ids of its nodes.
    private static @Nullable List<List<String>> items(MapState map) {
        if (!(map.items() instanceof PayloadTemplate(List<?> list))
                || !(map.itemSelector() instanceof PayloadTemplate(Map<?, ?> selected))
                || !(selected.get("nodes") instanceof String selector)
                || !selector.startsWith(THE_ITEM)) {
            return null;
        }
        var member = selector.substring(THE_ITEM.length());
        var items = new ArrayList<List<String>>();
        for (var item : list) {
            var ids = switch (member) {
                case " %}" -> item;
                case ".nodes %}" -> item instanceof Map<?, ?> fields ? fields.get("nodes") : null;
                default -> null;
            };
            if (!(ids instanceof List<?> names)) {
                return null;
            }
            items.add(names.stream().map(String::valueOf).toList());
        }
        return items;
    }

    /// The Map over the items of a node that expands when it runs: it ends between the first part and the last.
    private int expansion(Step step, MapState map) {
        if (step.undone == NONE) {
            step.unclear("it runs items of which no state has made the list");
        }
        var strange = map.processor().allStates().anyMatch(state -> switch (state) {
            case TaskState task -> !isItemOf(step.undone, TaskEffect.of(task, step.place.words()));
            case ParallelState parallel -> true;
            case MapState inner -> true;
            case PassState pass -> false;
            case ChoiceState choice -> false;
            case WaitState wait -> false;
            case SucceedState succeed -> false;
            case FailState fail -> false;
        });
        if (strange) {
            step.unclear("it does more than the items of its node");
        }
        return step.before;
    }

    private static boolean isItemOf(int node, TaskEffect meaning) {
        return switch (meaning) {
            case TaskEffect.Work(var named, var stage) -> named == node && stage == Stage.ITEM;
            case TaskEffect.Nameless nameless -> true;
            case TaskEffect.Wait wait -> false;
            case TaskEffect.Consent consent -> false;
            case TaskEffect.Start start -> false;
            case TaskEffect.Unknown unknown -> false;
        };
    }
}
