package dev.baton.lambda.internal.rehearsal;

import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A rehearsal of the calls to AWS, done once on a second thread while the first makes the graph, which touches nothing
/// of the SDK: most of a cold start is loading classes, and Lambda lends functions a second processor while they start.
///
/// Where a snapshot is to come (SnapStart), the snapshot waits for it, so that it holds what the first invocation would
/// have had to wait for.
public final class ClientWarmup implements Resource {
    private static final String SNAP_START = "snap-start";
    /// Contexts hold their resources weakly.
    private static final List<Resource> REGISTERED = new ArrayList<>();
    /// The logging is ready before the second thread begins: SLF4J has only substitutes for those who come while
    /// another thread sets it up.
    private static final Logger LOG = LoggerFactory.getLogger(ClientWarmup.class);

    private final Thread rehearsing;

    private ClientWarmup(Thread rehearsing) {
        this.rehearsing = rehearsing;
    }

    /// Begins with it, before anything else is done with the function's variables.
    public static void begin(Map<String, String> variables) {
        var snapshot = SNAP_START.equals(variables.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
        var loaded = hasArchive(variables.get("JAVA_TOOL_OPTIONS"));
        var thread = Thread.ofPlatform().daemon().name("baton-rehearsal").start(() -> {
            LOG.trace("rehearsing");
            if (loaded) {
                ServiceClients.shared();
            } else {
                new Rehearsal(variables.getOrDefault("AWS_REGION", "us-east-1")).run();
            }
            if (snapshot) {
                Rehearsal.knock(new FunctionEnvironment(variables));
            }
        });
        if (snapshot) {
            register(new ClientWarmup(thread));
        }
    }

    /// Whether the JVM was started with an archive of loaded classes: there is nothing to rehearse then, and only the
    /// HTTP client is made meanwhile.
    private static boolean hasArchive(@Nullable String options) {
        return options != null && (options.contains("-XX:AOTCache=") || options.contains("-XX:SharedArchiveFile="));
    }

    private static void register(ClientWarmup priming) {
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
