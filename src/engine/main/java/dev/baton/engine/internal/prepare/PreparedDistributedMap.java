package dev.baton.engine.internal.prepare;

import dev.baton.asl.MapState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.StateMachineType;
import dev.baton.engine.internal.map.MapItems;
import dev.baton.engine.internal.map.PreparedItemBatcher;
import dev.baton.engine.internal.map.PreparedItemReader;
import dev.baton.engine.internal.map.PreparedResultWriter;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import dev.baton.engine.internal.query.StateDataFlow;
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
                processor,
                executionType(state),
                source,
                state.itemBatcher() == null ? null : new PreparedItemBatcher(state.itemBatcher(), language),
                state.resultWriter() == null ? null : new PreparedResultWriter(state.resultWriter(), language));
    }

    private static StateMachineType executionType(MapState state) {
        var config = state.processor().processorConfig();
        return config == null || config.executionType() == null ? StateMachineType.STANDARD : config.executionType();
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var effective = flow().effectiveInput(here, runner.input());
        var at = new FieldScope(here, effective);
        var items = reading == null ? source.distributedItems(at, effective) : MapItems.ofState(List.of());
        runner.mapStarted(items.size());
        var most = PreparedInlineMap.concurrency(maxConcurrency, at);
        var tolerance = tolerated.at(at);
        var from = reading == null ? null : reading.source(at, runner.roleArn());
        runner.startMapRun(plan, new StateRunner.MapRunStart(at, items, from, most, tolerance));
    }
}
