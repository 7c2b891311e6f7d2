package dev.baton.engine.internal.prepare;

import dev.baton.asl.Branch;
import dev.baton.asl.ChoiceState;
import dev.baton.asl.FailState;
import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.StateMachine;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.WaitState;
import java.util.LinkedHashMap;

/// Makes the states of a state machine ready to run.
///
/// To add a state type: a record in `asl`, a class beside this one that extends [PreparedState], a constant in
/// [PreparedState.Kind]; the compiler then names the switches to extend.
public final class Preparation {
    private final QueryLanguage language;

    private Preparation(QueryLanguage language) {
        this.language = language;
    }

    public static PreparedGraph of(StateMachine machine) {
        var language = machine.queryLanguage() == null ? QueryLanguage.JSONPATH : machine.queryLanguage();
        return new Preparation(language).graph(machine);
    }

    /// One state ready to run, of a machine that speaks this language; what comes after it has a name and nothing else.
    public static PreparedState alone(String name, State state, QueryLanguage language) {
        var alone = new Preparation(language).state(name, state);
        alone.link(next -> new PreparedSucceed(next, SucceedState.builder().build(), language));
        return alone;
    }

    private PreparedGraph graph(StateGraph graph) {
        var states = new LinkedHashMap<String, PreparedState>();
        graph.states().forEach((name, state) -> states.put(name, state(name, state)));
        return new PreparedGraph(graph.startAt(), states);
    }

    private PreparedState state(String name, State state) {
        var own = state.queryLanguage();
        var spoken = own == null ? language : own;
        return switch (state) {
            case PassState pass -> new PreparedPass(name, pass, spoken);
            case TaskState task -> new PreparedTask(name, task, spoken);
            case ChoiceState choice -> new PreparedChoice(name, choice, spoken);
            case WaitState wait -> new PreparedWait(name, wait, spoken);
            case SucceedState succeed -> new PreparedSucceed(name, succeed, spoken);
            case FailState fail -> new PreparedFail(name, fail, spoken);
            case ParallelState parallel -> {
                var branches = parallel.branches().stream()
                        .map((Branch branch) -> graph(branch))
                        .toList();
                yield new PreparedParallel(name, parallel, spoken, branches);
            }
            case MapState map ->
                map.isDistributed()
                        ? new PreparedDistributedMap(name, map, spoken, graph(map.processor()))
                        : new PreparedInlineMap(name, map, spoken, graph(map.processor()));
        };
    }
}
