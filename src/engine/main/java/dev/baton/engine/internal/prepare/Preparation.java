package dev.baton.engine.internal.prepare;

import dev.baton.asl.Branch;
import dev.baton.asl.ChoiceState;
import dev.baton.asl.DataFlow;
import dev.baton.asl.FailState;
import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.ProcessorConfig;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.StateMachine;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.asl.WaitState;
import dev.baton.engine.internal.map.PreparedItemBatcher;
import dev.baton.engine.internal.map.PreparedItemReader;
import dev.baton.engine.internal.map.PreparedResultWriter;
import dev.baton.engine.internal.prepare.PreparedState.Frame;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

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
        alone.link(next -> new PreparedSucceed(Frame.of(next, language, DataFlow.NONE, Transition.END)));
        return alone;
    }

    private PreparedGraph graph(StateGraph graph) {
        var states = new LinkedHashMap<String, PreparedState>();
        graph.states().forEach((name, state) -> states.put(name, state(name, state)));
        return new PreparedGraph(graph.startAt(), states);
    }

    /// Each record is taken apart, so that a new field does not compile until it is decided here what it does.
    private PreparedState state(String name, State state) {
        var spoken = state.queryLanguage() == null ? language : state.queryLanguage();
        return switch (state) {
            case PassState(var comment, var own, var result, var data, var transition, var unknown) ->
                new PreparedPass(Frame.of(name, spoken, data, transition), result);
            case TaskState(
                    var comment,
                    var own,
                    var resource,
                    var credentials,
                    var timeout,
                    var heartbeat,
                    var data,
                    var retry,
                    var catchers,
                    var transition,
                    var unknown) ->
                new PreparedTask(
                        Frame.of(name, spoken, data, transition, retry, catchers),
                        resource,
                        credentials,
                        timeout,
                        heartbeat);
            case ChoiceState(var comment, var own, var choices, var defaultState, var data, var unknown) ->
                new PreparedChoice(Frame.of(name, spoken, data, Transition.END), choices, defaultState);
            case WaitState(var comment, var own, var until, var data, var transition, var unknown) ->
                new PreparedWait(Frame.of(name, spoken, data, transition), until);
            case SucceedState(var comment, var own, var data, var unknown) ->
                new PreparedSucceed(Frame.of(name, spoken, data, Transition.END));
            case FailState(var comment, var own, var error, var cause, var data, var unknown) ->
                new PreparedFail(Frame.of(name, spoken, data, Transition.END), error, cause);
            case ParallelState(
                    var comment,
                    var own,
                    var branches,
                    var data,
                    var retry,
                    var catchers,
                    var transition,
                    var unknown) ->
                new PreparedParallel(
                        Frame.of(name, spoken, data, transition, retry, catchers),
                        branches.stream().map((Branch branch) -> graph(branch)).toList());
            case MapState map -> map(name, map, spoken);
        };
    }

    private PreparedState map(String name, MapState map, QueryLanguage spoken) {
        return switch (map) {
            case MapState(
                    var comment,
                    var own,
                    var processor,
                    var spelledIterator,
                    var itemReader,
                    var items,
                    var itemsPath,
                    var itemSelector,
                    var itemBatcher,
                    var resultWriter,
                    var maxConcurrency,
                    var toleratedFailurePercentage,
                    var toleratedFailureCount,
                    var label,
                    var data,
                    var retry,
                    var catchers,
                    var transition,
                    var unknown) -> {
                var frame = Frame.of(name, spoken, withoutParameters(data), transition, retry, catchers);
                var selector = itemSelector == null ? data.parameters() : itemSelector;
                var source = new ItemSource(spoken, itemsPath, items, selector);
                var graph = graph(processor);
                if (!processor.isDistributed()) {
                    yield new PreparedInlineMap(frame, graph, source, maxConcurrency);
                }
                var plan = new MapRunPlan(
                        name,
                        label,
                        graph,
                        executionType(processor.processorConfig()),
                        source,
                        itemBatcher == null ? null : PreparedItemBatcher.of(itemBatcher, spoken),
                        resultWriter == null ? null : PreparedResultWriter.of(resultWriter, spoken));
                var reading = itemReader == null ? null : PreparedItemReader.of(itemReader, itemsPath, spoken);
                var tolerated = ToleranceFields.of(toleratedFailureCount, toleratedFailurePercentage);
                yield new PreparedDistributedMap(frame, plan, reading, maxConcurrency, tolerated);
            }
        };
    }

    /// `Parameters` of a Map state is the old word for `ItemSelector`, not what it works on.
    private static DataFlow withoutParameters(DataFlow data) {
        return switch (data) {
            case DataFlow(
                    var inputPath,
                    var parameters,
                    var arguments,
                    var resultSelector,
                    var resultPath,
                    var outputPath,
                    var output,
                    var assign) ->
                new DataFlow(inputPath, null, arguments, resultSelector, resultPath, outputPath, output, assign);
        };
    }

    private static StateMachineType executionType(@Nullable ProcessorConfig config) {
        return switch (config) {
            case null -> StateMachineType.STANDARD;
            case ProcessorConfig(var mode, var type, var unknown) -> type == null ? StateMachineType.STANDARD : type;
        };
    }
}
