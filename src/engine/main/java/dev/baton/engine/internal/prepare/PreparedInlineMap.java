package dev.baton.engine.internal.prepare;

import dev.baton.asl.DataFlow;
import dev.baton.asl.MapState;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import dev.baton.engine.internal.query.StateDataFlow;
import org.jspecify.annotations.Nullable;

/// A Map state ready to run whose iterations are part of the execution.
final class PreparedInlineMap extends PreparedState {
    private final PreparedGraph processor;
    private final ItemSource source;
    private final @Nullable NumberField maxConcurrency;

    PreparedInlineMap(String name, MapState state, QueryLanguage language, PreparedGraph processor) {
        super(
                name,
                Kind.MAP,
                StateDataFlow.of(language, withoutParameters(state.data())),
                state.transition(),
                new Retriers(state.retry()),
                new Catchers(language, state.catchers()));
        this.processor = processor;
        this.source = new ItemSource(state, language);
        this.maxConcurrency = NumberField.of(state.maxConcurrency(), "MaxConcurrency");
    }

    /// `Parameters` of a Map state is the old word for `ItemSelector`, not what it works on.
    static DataFlow withoutParameters(DataFlow data) {
        return new DataFlow(
                data.inputPath(),
                null,
                data.arguments(),
                data.resultSelector(),
                data.resultPath(),
                data.outputPath(),
                data.output(),
                data.assign());
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var effective = flow().effectiveInput(here, runner.input());
        var at = new FieldScope(here, effective);
        var items = source.items(at, effective);
        var most = concurrency(maxConcurrency, at);
        runner.mapStarted(items.size());
        runner.iterate(new StateRunner.Iterations(name(), processor, items, source, at, most));
    }

    static long concurrency(@Nullable NumberField maxConcurrency, FieldScope at) {
        if (maxConcurrency == null) {
            return 0;
        }
        var most = maxConcurrency.integer(at);
        if (most < 0) {
            throw maxConcurrency.outOfRange("MaxConcurrency cannot be negative.");
        }
        return most;
    }
}
