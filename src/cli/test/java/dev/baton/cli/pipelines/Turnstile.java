package dev.baton.cli.pipelines;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// Where tasks that are loaded from somewhere else wait for a test, or break when it wants that.
public final class Turnstile {
    /// Who waits at a closed gate, by the name of the gate.
    public static final LinkedBlockingQueue<String> ARRIVED = new LinkedBlockingQueue<>();

    /// Closed gates; one that is not here is open.
    public static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

    /// What breaks.
    public static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

    private Turnstile() {}

    /// Waits until the gate opens.
    public static void pass(String gate) {
        var closed = GATES.get(gate);
        if (closed != null) {
            ARRIVED.add(gate);
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// @throws IllegalStateException when the test wants it
    public static void bear(String what) {
        if (BROKEN.contains(what)) {
            throw new IllegalStateException(what + " broke");
        }
    }
}
