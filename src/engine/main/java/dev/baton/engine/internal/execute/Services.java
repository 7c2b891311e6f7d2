package dev.baton.engine.internal.execute;

import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectWriter;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.execution.MapRunAccess;
import dev.baton.engine.journal.Journal;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.time.Scheduler;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The services that all executions of an engine share.
///
/// @param mapRunBytes how much memory children of a Map Run may hold that succeeded
/// @param listener null where nobody listens
/// @param journal null where nothing outlives the process
public record Services(
        Scheduler scheduler,
        TaskHandler handler,
        ObjectReader reader,
        ObjectWriter writer,
        MapRunStarter mapRunStarter,
        MapRunAccess mapRuns,
        long mapRunBytes,
        Executor blocking,
        @Nullable ExecutionListener listener,
        @Nullable Journal journal,
        Registry registry,
        RandomSeeds seeds) {}
