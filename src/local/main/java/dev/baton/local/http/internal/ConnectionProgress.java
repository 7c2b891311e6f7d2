package dev.baton.local.http.internal;

/// The moment at which a connection last moved, and what it is waiting for; read by the one thread that ends stalled
/// connections.
final class ConnectionProgress {
    private volatile long since = System.nanoTime();
    private volatile Waiting waiting = Waiting.REQUEST;

    /// The waits of a connection, with the seconds that each may last.
    enum Waiting {
        /// The next request on a kept connection. SDKs keep theirs for a minute; ending earlier would race with them.
        REQUEST(180),
        /// The rest of a head, all of it.
        HEAD(20),
        /// More of a body, or that more of an answer is taken.
        BODY(60),
        /// Ourselves.
        ANSWER(Long.MAX_VALUE / 1_000_000_000);

        private final long nanos;

        Waiting(long seconds) {
            this.nanos = seconds * 1_000_000_000;
        }
    }

    void now(Waiting what) {
        waiting = what;
        since = System.nanoTime();
    }

    void made() {
        // A head sent byte by byte must not renew its time.
        if (waiting != Waiting.HEAD) {
            since = System.nanoTime();
        }
    }

    boolean isStalled(long nanoTime) {
        return nanoTime - since > waiting.nanos;
    }
}
