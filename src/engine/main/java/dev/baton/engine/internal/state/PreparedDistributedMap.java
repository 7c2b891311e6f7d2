package dev.baton.engine.internal.state;

import dev.baton.asl.MapState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.StateMachineType;
import dev.baton.engine.ExecutionType;
import dev.baton.engine.PreparedMachine;
import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.internal.map.MapItems;
import dev.baton.engine.internal.map.MapRunExecution;
import dev.baton.engine.internal.map.MapRunPlan;
import dev.baton.engine.internal.map.PreparedItemBatcher;
import dev.baton.engine.internal.map.PreparedItemReader;
import dev.baton.engine.internal.map.PreparedResultWriter;
import dev.baton.engine.internal.query.NumberField;
import dev.baton.engine.internal.query.StateDataFlow;
import dev.baton.engine.internal.run.Catchers;
import dev.baton.engine.internal.run.PreparedGraph;
import dev.baton.engine.internal.run.PreparedState;
import dev.baton.engine.internal.run.Retriers;
import dev.baton.engine.internal.run.StateThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Map state ready to run whose iterations are executions of their own.
final class PreparedDistributedMap extends PreparedState {
    private final ItemSource source;
    private final @Nullable PreparedItemReader reading;
    private final @Nullable NumberField maxConcurrency;
    private final ToleranceFields tolerated;
    private final MapRunPlan plan;

    PreparedDistributedMap(String name, MapState state, QueryLanguage language, PreparedGraph processor) {
        super(
                name,
                Kind.MAP,
                StateDataFlow.of(language, PreparedInlineMap.withoutParameters(state.data())),
                state.transition(),
                new Retriers(state.retry()),
                new Catchers(language, state.catchers()));
        this.source = new ItemSource(state, language);
        this.reading = state.itemReader() == null
                ? null
                : new PreparedItemReader(state.itemReader(), state.itemsPath(), language);
        this.maxConcurrency = NumberField.of(state.maxConcurrency(), "MaxConcurrency");
        this.tolerated = ToleranceFields.of(state);
        this.plan = new MapRunPlan(
                name,
                state.label(),
                PreparedMachine.ofGraph(processor),
                executionType(state),
                source::selected,
                state.itemBatcher() == null ? null : new PreparedItemBatcher(state.itemBatcher(), language),
                state.resultWriter() == null ? null : new PreparedResultWriter(state.resultWriter(), language));
    }

    private static ExecutionType executionType(MapState state) {
        var config = state.processor().processorConfig();
        return config != null && config.executionType() == StateMachineType.EXPRESS
                ? ExecutionType.EXPRESS
                : ExecutionType.STANDARD;
    }

    @Override
    public void run(StateThread strand) {
        var effective = flow().effectiveInput(strand.surroundings(), strand.input());
        var at = strand.evaluation(effective);
        var items = reading == null ? source.distributedItems(at, effective) : MapItems.ofState(List.of());
        strand.record(EventType.MapStateStarted, new EventDetails.MapStateStarted(items.size()));
        var most = PreparedInlineMap.concurrency(maxConcurrency, at);
        var tolerance = tolerated.at(at);
        if (reading == null) {
            MapRunExecution.start(strand, plan, at, items, most, tolerance);
        } else {
            var from = reading.source(at, strand.run().request().roleArn());
            MapRunExecution.start(strand, plan, at, from, most, tolerance);
        }
    }
}
