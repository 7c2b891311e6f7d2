package dev.baton.lambda.internal.rehearsal;

import dev.baton.lambda.internal.aws.Environment;
import java.util.ArrayList;
import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/// What a function does before a snapshot of it is taken (SnapStart): it rehearses, so that the snapshot holds what the first
/// invocation would have had to wait for. Without a snapshot it would only do the same work earlier:
/// `ColdStartBenchmark` showed no difference.
public final class Priming implements Resource {
    private static final String SNAP_START = "snap-start";
    /// Contexts hold their resources weakly.
    private static final List<Resource> REGISTERED = new ArrayList<>();

    private final Thread rehearsing;

    private Priming(Rehearsal rehearsal) {
        this.rehearsing = Thread.ofPlatform().daemon().name("baton-rehearsal").unstarted(() -> {
            Rehearsal.knock();
            rehearsal.run();
        });
    }

    /// Begins with it where a snapshot is to come.
    public static void begin(Environment environment) {
        if (!SNAP_START.equals(environment.find("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            return;
        }
        var priming = new Priming(new Rehearsal(environment));
        priming.rehearsing.start();
        synchronized (REGISTERED) {
            REGISTERED.add(priming);
        }
        Core.getGlobalContext().register(priming);
    }

    /// The snapshot waits for the rehearsal.
    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) throws InterruptedException {
        rehearsing.join();
    }

    /// Nothing: no connection and no credential was taken into the snapshot.
    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // See above.
    }
}
