package dev.baton.engine.internal.prepare;

import dev.baton.asl.Operand;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import org.jspecify.annotations.Nullable;

/// A Map state ready to run whose iterations are part of the execution.
final class PreparedInlineMap extends PreparedState {
    private final PreparedGraph processor;
    private final ItemSource source;
    private final @Nullable NumberField maxConcurrency;

    PreparedInlineMap(
            Frame frame, PreparedGraph processor, ItemSource source, @Nullable Operand<Number> maxConcurrency) {
        super(Kind.MAP, frame);
        this.processor = processor;
        this.source = source;
        this.maxConcurrency = NumberField.of(maxConcurrency, "MaxConcurrency");
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
