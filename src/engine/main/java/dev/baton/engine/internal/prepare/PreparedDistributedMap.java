package dev.baton.engine.internal.prepare;

import dev.baton.asl.Operand;
import dev.baton.engine.internal.map.MapItems;
import dev.baton.engine.internal.map.PreparedItemReader;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Map state ready to run whose iterations are executions of their own.
final class PreparedDistributedMap extends PreparedState {
    private final @Nullable PreparedItemReader reading;
    private final @Nullable NumberField maxConcurrency;
    private final ToleranceFields tolerated;
    private final MapRunPlan plan;

    PreparedDistributedMap(
            Frame frame,
            MapRunPlan plan,
            @Nullable PreparedItemReader reading,
            @Nullable Operand<Number> maxConcurrency,
            ToleranceFields tolerated) {
        super(Kind.MAP, frame);
        this.plan = plan;
        this.reading = reading;
        this.maxConcurrency = NumberField.of(maxConcurrency, "MaxConcurrency");
        this.tolerated = tolerated;
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var effective = flow().effectiveInput(here, runner.input());
        var at = new FieldScope(here, effective);
        var items = reading == null ? plan.selection().distributedItems(at, effective) : MapItems.ofState(List.of());
        runner.mapStarted(items.size());
        var most = PreparedInlineMap.concurrency(maxConcurrency, at);
        var tolerance = tolerated.at(at);
        var from = reading == null ? null : reading.source(at, runner.roleArn());
        runner.startMapRun(plan, new StateRunner.MapRunStart(at, items, from, most, tolerance));
    }
}
