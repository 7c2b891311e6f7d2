package dev.baton.engine.internal.state;

import dev.baton.asl.DataFlow;
import dev.baton.asl.MapState;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.internal.query.ContextObject;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import dev.baton.engine.internal.query.StateDataFlow;
import dev.baton.engine.internal.run.Catchers;
import dev.baton.engine.internal.run.MapFork;
import dev.baton.engine.internal.run.PreparedGraph;
import dev.baton.engine.internal.run.PreparedState;
import dev.baton.engine.internal.run.Retriers;
import dev.baton.engine.internal.run.StateThread;
import java.util.List;
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
    public void run(StateThread strand) {
        var effective = flow().effectiveInput(strand.surroundings(), strand.input());
        var at = strand.evaluation(effective);
        var items = source.items(at, effective);
        var most = concurrency(maxConcurrency, at);
        strand.record(EventType.MapStateStarted, new EventDetails.MapStateStarted(items.size()));
        MapFork.start(strand, name(), processor, new Iterations(at, items), most);
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

    private final class Iterations implements MapFork.Items {
        private final FieldScope at;
        private final List<?> items;

        Iterations(FieldScope at, List<?> items) {
            this.at = at;
            this.items = items;
        }

        @Override
        public int count() {
            return items.size();
        }

        @Override
        public @Nullable Object value(int index) {
            return items.get(index);
        }

        @Override
        public @Nullable Object input(int index, ContextObject context) {
            return source.selected(at, context, items.get(index));
        }
    }
}
