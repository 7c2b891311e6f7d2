package dev.baton.lambda.internal.rehearsal;

import dev.baton.lambda.internal.aws.Environment;
import java.util.ArrayList;
import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/// What a function does in its start: rehearses beside it, so that both processors of Lambda's start are used; and, before
/// a snapshot of it is taken (SnapStart), sees to it that all of that is done.
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

    /// Begins with it where the environment is a Lambda process's own; functions that share a JVM need none.
    public static void begin(Environment environment) {
        var type = environment.find("AWS_LAMBDA_INITIALIZATION_TYPE");
        if (type == null || environment.find("AWS_REGION") == null) {
            return;
        }
        var priming = new Priming(new Rehearsal(environment));
        priming.rehearsing.start();
        if (type.equals(SNAP_START)) {
            synchronized (REGISTERED) {
                REGISTERED.add(priming);
            }
            Core.getGlobalContext().register(priming);
        }
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
