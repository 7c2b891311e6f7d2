package dev.baton.compiler.internal.machine;

import dev.baton.asl.Branch;
import dev.baton.asl.ItemProcessor;
import dev.baton.asl.MapState;
import dev.baton.asl.Operand;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.ProcessorConfig;
import dev.baton.asl.State;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.compiler.structure.Tree;
import dev.baton.name.Arn;
import dev.baton.run.TaskInvocation.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Writes the trees of one state machine as states.
///
/// What passes between states is of constant size: a Parallel hands on `{}`, not its branches' outputs.
final class MachineWriter {
    /// The most iterations that an inline Map runs at the same time.
    static final int MOST_INLINE = 40;

    static final String INVOKE = "arn:${Partition}:states:::lambda:invoke";
    /// What a function returned.
    static final String RESULT = "{% $states.result.Payload %}";

    static final String INVOKE_AND_WAIT = INVOKE + ".waitForTaskToken";
    private static final String START_AND_WAIT = "arn:${Partition}:states:::states:startExecution.sync:2";

    private final MachinePlan plan;
    private final StateNames names;
    private final List<String> children;

    /// @param children the ARNs of the versions of machines that the [Tree.Child] parts become, in the order of the
    ///     tree; used up
    MachineWriter(MachinePlan plan, StateNames names, List<String> children) {
        this.plan = plan;
        this.names = names;
        this.children = new ArrayList<>(children);
    }

    /// Appends the states of a tree.
    ///
    /// @return the name of the first, empty if there is none
    String write(Tree tree, StateScope scope, Transition after, SequencedMap<String, State> into) {
        return write(tree, scope, after, into, false);
    }

    /// [#write] for what ends the machine: its last state hands on what the task's function returned.
    String writeToEnd(Tree tree, StateScope scope, SequencedMap<String, State> into) {
        return write(tree, scope, Transition.END, into, true);
    }

    private String write(
            Tree tree, StateScope scope, Transition after, SequencedMap<String, State> into, boolean tellsResult) {
        var parts = tree.parts();
        var named = new ArrayList<String>(parts.size());
        for (var i = 0; i < parts.size(); i++) {
            named.add(names.take(wanted(parts, i, scope)));
        }
        for (var i = 0; i < parts.size(); i++) {
            var last = i == parts.size() - 1;
            var next = last ? after : Transition.next(named.get(i + 1));
            var part = parts.get(i);
            var several = part instanceof Tree.Leaf leaf ? several(leaf.node(), scope) : null;
            if (several != null) {
                several.write(named.get(i), names, next, tellsResult && last, into);
            } else {
                into.put(named.get(i), state(part, named.get(i), scope, next, tellsResult && last));
            }
        }
        return named.isEmpty() ? "" : named.getFirst();
    }

    private String wanted(List<Tree> parts, int i, StateScope scope) {
        return switch (parts.get(i)) {
            case Tree.Leaf leaf -> firstName(leaf.node(), scope);
            case Tree.Await await ->
                "Await " + (i + 1 < parts.size() ? "for " + following(parts, i, scope) : "of " + listed(await.nodes()));
            case Tree.Fork fork -> beside(parts, i, scope);
            case Tree.Fold fold -> "Each " + plan.work(fold.body().lowest()).kind();
            case Tree.Child child -> "Part with " + scope.stateName(plan.work(child.lowest()));
            case Tree.Sequence sequence -> throw new IllegalArgumentException("a sequence in a sequence");
        };
    }

    /// A node as the states that it becomes, or null where it is one.
    private @Nullable StateSequence several(int node, StateScope scope) {
        var work = plan.work(node);
        if (work.approval() == null) {
            return severalOf(work, node, scope);
        }
        var own = severalOf(work, node, scope);
        return new ApprovedStates(
                work,
                work.approval(),
                scope.node(node),
                scope,
                own == null
                        ? new SingleState(scope.stateName(work), (next, tells) -> task(node, scope, next, tells))
                        : own);
    }

    private static @Nullable StateSequence severalOf(StateSpec work, int node, StateScope scope) {
        if (work.expansion() != null) {
            return new FanOut(work, work.expansion(), scope.node(node), scope);
        }
        return work.place() == null ? null : new DelegatedStates(work, work.place(), scope.node(node), scope);
    }

    private String firstName(int node, StateScope scope) {
        var several = several(node, scope);
        return several == null ? scope.stateName(plan.work(node)) : several.firstName();
    }

    private String following(List<Tree> parts, int i, StateScope scope) {
        var next = parts.get(i + 1);
        var name = scope.stateName(plan.work(next.lowest()));
        return next instanceof Tree.Leaf ? name : name + " and others";
    }

    /// A fork is called after what it leads to, else after what it follows: both stay when a branch comes or goes.
    private String beside(List<Tree> parts, int i, StateScope scope) {
        for (var next = i + 1; next < parts.size(); next++) {
            if (parts.get(next) instanceof Tree.Leaf leaf) {
                return "Before " + scope.stateName(plan.work(leaf.node()));
            }
        }
        for (var previous = i - 1; previous >= 0; previous--) {
            if (parts.get(previous) instanceof Tree.Leaf leaf) {
                return "After " + scope.stateName(plan.work(leaf.node()));
            }
        }
        return "Beside " + scope.stateName(plan.work(parts.get(i).lowest()));
    }

    private State state(Tree part, String name, StateScope scope, Transition next, boolean tellsResult) {
        return switch (part) {
            case Tree.Leaf leaf when leaf.awaited().isEmpty() -> task(leaf.node(), scope, next, tellsResult);
            case Tree.Leaf leaf -> awaitingTask(leaf, scope, next, tellsResult);
            case Tree.Await await -> await(await, name, scope, next);
            case Tree.Fork fork -> parallel(fork, scope, next);
            case Tree.Fold fold -> map(fold, scope, next);
            case Tree.Child child -> child(scope, next);
            case Tree.Sequence sequence -> throw new IllegalArgumentException("a sequence in a sequence");
        };
    }

    private State task(int node, StateScope scope, Transition next, boolean tellsResult) {
        var work = plan.work(node);
        return TaskState.builder(INVOKE)
                .comment(work.comment())
                .arguments(invocation(work.function(), TaskPayload.of(scope.node(node), scope, Part.TASK)))
                .timeout(scope.timeout(node, plan))
                .retry(StateRetriers.of(work))
                .output(new PayloadTemplate(tellsResult ? RESULT : scope.output(next)))
                .transition(next)
                .build();
    }

    /// A task that the await function begins when other branches have come so far; what becomes of it comes back with
    /// the token.
    private State awaitingTask(Tree.Leaf leaf, StateScope scope, Transition next, boolean tellsResult) {
        var work = plan.work(leaf.node());
        var patience = plan.patience(
                all(leaf.awaited(), scope),
                scope.nodes(leaf.node()).stream().map(plan::work).toList());
        var begun = new LinkedHashMap<String, @Nullable Object>();
        begun.put("function", work.function());
        var event = TaskPayload.of(scope.node(leaf.node()), scope, Part.TASK);
        // Who begins it knows which attempt it is: the state's count is that of its waits too.
        event.remove("attempt");
        begun.put("event", event);
        // A node is unique in a run, and stands in one state of it.
        var payload = awaited(scope.node(leaf.node()), leaf.awaited(), scope);
        payload.put("begin", begun);
        return TaskState.builder(INVOKE_AND_WAIT)
                .comment(work.comment() + ". Runs " + functionName(work.function())
                        + " as soon as another branch has finished " + listed(leaf.awaited()))
                .arguments(invocation(plan.awaitFunction(), payload))
                .timeoutSeconds(patience.timeoutSeconds())
                .retry(StateRetriers.ofAwaiting(work, patience.attempts()))
                .output(new PayloadTemplate(tellsResult ? "{% $states.result %}" : scope.output(next)))
                .transition(next)
                .build();
    }

    private static String functionName(String arn) {
        // arn:partition:lambda:region:account:function:name:version
        return Arn.parse(arn).name();
    }

    /// The function's version that a state begins only when other branches have come so far, if it is such a state.
    static Optional<String> begun(State state) {
        return state instanceof TaskState task
                        && task.resource().equals(INVOKE_AND_WAIT)
                        && task.data().arguments() instanceof PayloadTemplate(Map<?, ?> arguments)
                        && arguments.get("Payload") instanceof Map<?, ?> payload
                        && payload.get("begin") instanceof Map<?, ?> begun
                        && begun.get("function") instanceof String function
                ? Optional.of(function)
                : Optional.empty();
    }

    private SequencedMap<String, @Nullable Object> awaited(Object awaiter, List<Integer> nodes, StateScope scope) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("awaiter", awaiter);
        told.put("nodes", nodes.stream().map(scope::node).toList());
        told.put("token", "{% $states.context.Task.Token %}");
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("await", told);
        payload.put("run", scope.run());
        return payload;
    }

    private State await(Tree.Await await, String name, StateScope scope, Transition next) {
        var patience = plan.patience(all(await.nodes(), scope));
        return TaskState.builder(INVOKE_AND_WAIT)
                .comment("Goes on when another branch has finished " + listed(await.nodes()))
                .arguments(invocation(plan.awaitFunction(), awaited(scope.awaiter(name), await.nodes(), scope)))
                .timeoutSeconds(patience.timeoutSeconds())
                .retry(StateRetriers.ofAwait(patience.attempts()))
                .output(new PayloadTemplate(scope.output(next)))
                .transition(next)
                .build();
    }

    private static List<Integer> all(List<Integer> nodes, StateScope scope) {
        return nodes.stream().flatMap(node -> scope.nodes(node).stream()).toList();
    }

    private String listed(List<Integer> nodes) {
        var ids = nodes.stream().map(node -> plan.work(node).id()).toList();
        return ids.size() <= 4
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, 3)) + " and " + (ids.size() - 3) + " more";
    }

    private State parallel(Tree.Fork fork, StateScope scope, Transition next) {
        var branches = new ArrayList<Branch>(fork.branches().size());
        for (var branch : fork.branches()) {
            var states = new LinkedHashMap<String, State>();
            var first = write(branch, scope, Transition.END, states, false);
            branches.add(Branch.of(first, states));
        }
        return ParallelState.builder(branches)
                .output(new PayloadTemplate(scope.output(next)))
                .transition(next)
                .build();
    }

    private State map(Tree.Fold fold, StateScope scope, Transition next) {
        var distributed = fold.items().size() > MOST_INLINE;
        var items = new ArrayList<@Nullable Object>();
        var timed = plan.differInTime(fold);
        for (var item : fold.items()) {
            items.add(timed ? timed(item) : ids(item));
        }
        var selected = new LinkedHashMap<String, @Nullable Object>();
        if (distributed) {
            // A child execution sees no variables of its parent.
            selected.put("run", scope.run());
        }
        selected.put("nodes", "{% $states.context.Map.Item.Value" + (timed ? ".nodes %}" : " %}"));
        if (timed) {
            selected.put("seconds", "{% $states.context.Map.Item.Value.seconds %}");
        }
        var states = new LinkedHashMap<String, State>();
        var inside = new StateScope.Item(
                distributed ? "{% $states.input.run %}" : String.valueOf(scope.run()),
                leaves(fold.body()),
                fold.items(),
                timed);
        var first = write(fold.body(), inside, Transition.END, states);
        var config = distributed ? ProcessorConfig.distributed(StateMachineType.STANDARD) : ProcessorConfig.INLINE;
        var like = plan.work(fold.body().lowest());
        return MapState.builder(ItemProcessor.of(config, first, states))
                .comment(like.comment())
                .items(new PayloadTemplate(items))
                .itemSelector(new PayloadTemplate(selected))
                .maxConcurrency(
                        distributed && like.crowd() != null
                                ? concurrency(like.crowd().concurrency())
                                : null)
                .output(new PayloadTemplate(scope.output(next)))
                .transition(next)
                .build();
    }

    private List<String> ids(List<Integer> item) {
        return item.stream().map(node -> plan.work(node).id()).toList();
    }

    /// An item that says how long each of its nodes may take.
    private Map<String, @Nullable Object> timed(List<Integer> item) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("nodes", ids(item));
        told.put(
                "seconds",
                item.stream().map(node -> plan.work(node).timeoutSeconds()).toList());
        return told;
    }

    /// A number that the environment says: a definition is JSON before the name in it is replaced, too.
    static Operand<Number> concurrency(String name) {
        return Operand.expression("{% $number('${" + name + "}') %}");
    }

    private static List<Integer> leaves(Tree body) {
        var leaves = new ArrayList<Integer>();
        body.forEachLeaf(leaves::add);
        return leaves;
    }

    private State child(StateScope scope, Transition next) {
        var input = new LinkedHashMap<String, @Nullable Object>();
        input.put("run", scope.run());
        input.put("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID", "{% $states.context.Execution.Id %}");
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("StateMachineArn", children.removeFirst());
        arguments.put("Input", input);
        return TaskState.builder(START_AND_WAIT)
                .arguments(new PayloadTemplate(arguments))
                .timeoutSeconds(plan.totalSeconds())
                .output(new PayloadTemplate(scope.output(next)))
                .transition(next)
                .build();
    }

    static PayloadTemplate invocation(String function, SequencedMap<String, @Nullable Object> payload) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("FunctionName", function);
        arguments.put("Payload", payload);
        return new PayloadTemplate(arguments);
    }
}
