package dev.baton.compiler.internal.machine;

import dev.baton.asl.ChoiceRule;
import dev.baton.asl.ChoiceState;
import dev.baton.asl.Condition;
import dev.baton.asl.MapState;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.State;
import dev.baton.asl.StateMachine;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.compiler.pipeline.Proof;
import dev.baton.compiler.structure.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Makes state machines of a tree: the pipeline's own, and children where one would be too large.
public final class MachineCompiler {
    private static final String RUN = "{% $run %}";
    private static final String PIN_RESULT = "{% $states.result.Payload %}";
    private static final String RUN_OF_INPUT = "{% $states.context.Execution.Input.run %}";
    private static final long PIN_SECONDS = 300;

    private final MachinePlan plan;
    private final IntFunction<String> childName;
    private final IntFunction<String> childVersionArn;
    private final List<Written> children = new ArrayList<>();

    /// @param childName the name of a child machine, counted from 1
    /// @param childVersionArn the ARN of the version that is started: a running execution keeps its children's code too
    public MachineCompiler(MachinePlan plan, IntFunction<String> childName, IntFunction<String> childVersionArn) {
        this.plan = plan;
        this.childName = childName;
        this.childVersionArn = childVersionArn;
    }

    /// The state machines by their names, in their order.
    public static SequencedMap<String, StateMachine> definitions(List<Written> machines) {
        var definitions = new LinkedHashMap<String, StateMachine>();
        machines.forEach(written -> definitions.put(written.name(), written.machine()));
        return definitions;
    }

    /// A state machine with its proof.
    public record Written(String name, StateMachine machine, Proof proof) {
        /// The versions of functions, ARNs with `${…}`, that its states begin only when other branches have finished.
        public List<String> begun() {
            return machine.allStates()
                    .flatMap(state -> MachineWriter.begun(state).stream())
                    .distinct()
                    .sorted()
                    .toList();
        }

        /// Whether it starts executions of itself.
        public boolean mapsDistributed() {
            return machine.allStates().anyMatch(state -> state instanceof MapState map && map.isDistributed());
        }
    }

    /// The beginning of a pipeline's machine.
    ///
    /// @param comment what the pipeline is for
    /// @param pinFunction the version of the function that pins, an ARN with `${…}`
    public record Opening(String comment, String pinFunction) {}

    /// The machine of a pipeline, and after it its children in the order of their numbers: none starts one that stands
    /// before it.
    public List<Written> pipeline(String name, Tree tree, Opening opening) {
        var fitted = new MachineSplitter(plan).fit(new AwaitMerger(plan).of(tree));
        var names = new StateNames();
        var states = new LinkedHashMap<String, State>();
        var pin = names.take("Pin");
        var question = names.take("Is it outdated?");
        var outdated = names.take("Outdated");
        var rest = new LinkedHashMap<String, State>();
        var first = writer(names, fitted).writeToEnd(fitted, new StateScope.Top(RUN, plan), rest);
        states.put(pin, pin(opening, question));
        states.put(
                question,
                ChoiceState.builder()
                        .comment(
                                "A newer version of an input arrived before this execution could begin: its own run does the work")
                        .choices(List.of(
                                ChoiceRule.of(new Condition.Expression("{% $states.input.outdated %}"), outdated)))
                        .defaultState(first)
                        .output(new PayloadTemplate(Map.of()))
                        .build());
        states.putAll(rest);
        states.put(outdated, SucceedState.builder().build());
        return all(name, machine(opening.comment(), pin, states));
    }

    /// The machine of a bare graph: its run comes with the execution's input.
    public List<Written> bare(String name, Tree tree) {
        var fitted = new MachineSplitter(plan).fit(new AwaitMerger(plan).of(tree));
        return all(name, inner(fitted, "The graph " + name));
    }

    private List<Written> all(String name, StateMachine machine) {
        var all = new ArrayList<Written>();
        all.add(new Written(name, machine, Proofs.of(machine)));
        all.addAll(children);
        return all;
    }

    private StateMachine inner(Tree tree, String comment) {
        var names = new StateNames();
        var states = new LinkedHashMap<String, State>();
        var first = writer(names, tree).write(tree, new StateScope.Top(RUN_OF_INPUT, plan), Transition.END, states);
        return machine(comment, first, states);
    }

    /// A writer for a tree whose children are written before it, and numbered in the order of the tree.
    private MachineWriter writer(StateNames names, Tree tree) {
        var arns = new ArrayList<String>();
        for (var child : childrenOf(tree)) {
            var number = children.size() + 1;
            var place = children.size();
            var name = childName.apply(number);
            arns.add(childVersionArn.apply(number));
            // Its place is taken before its own children take theirs.
            children.add(place, new Written(name, empty(), new Proof(0, 0, 0, 0)));
            var machine = inner(child.body(), "A part that would make the whole too large for one state machine");
            children.set(place, new Written(name, machine, Proofs.of(machine)));
        }
        return new MachineWriter(plan, names, arns);
    }

    private static StateMachine empty() {
        return machine("", "", new LinkedHashMap<>());
    }

    private static List<Tree.Child> childrenOf(Tree tree) {
        return switch (tree) {
            case Tree.Child child -> List.of(child);
            case Tree.Sequence sequence ->
                sequence.parts().stream()
                        .flatMap(part -> childrenOf(part).stream())
                        .toList();
            case Tree.Fork fork ->
                fork.branches().stream()
                        .flatMap(branch -> childrenOf(branch).stream())
                        .toList();
            case Tree.Leaf leaf -> List.of();
            case Tree.Await await -> List.of();
            case Tree.Fold fold -> List.of();
        };
    }

    private static StateMachine machine(String comment, String first, SequencedMap<String, State> states) {
        return StateMachine.builder(first)
                .comment(comment)
                .queryLanguage(QueryLanguage.JSONATA)
                .states(states)
                .build();
    }

    private static State pin(Opening opening, String next) {
        var execution = new LinkedHashMap<String, @Nullable Object>();
        execution.put("id", "{% $states.context.Execution.Id %}");
        execution.put("name", "{% $states.context.Execution.Name %}");
        execution.put("startTime", "{% $states.context.Execution.StartTime %}");
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("execution", execution);
        payload.put("input", "{% $states.input %}");
        return TaskState.builder("arn:${Partition}:states:::lambda:invoke")
                .comment("Checks the input and fixes which version of every external input this run reads")
                .arguments(MachineWriter.invocation(opening.pinFunction(), payload))
                .timeoutSeconds(PIN_SECONDS)
                .retry(StateRetriers.ofPin())
                .assign(new PayloadTemplate(Map.of("run", PIN_RESULT)))
                .output(new PayloadTemplate(PIN_RESULT))
                .next(next)
                .build();
    }
}
