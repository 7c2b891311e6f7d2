package dev.baton.lambda.internal;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A value that is made when it is first asked for, once. Who waits for it to be made, or for a request that makes it,
/// holds no monitor: before Java 24 a virtual thread would keep its carrier.
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> make;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile T value;

    @SuppressWarnings("NullAway.Init")
    public Lazy(Supplier<T> make) {
        this.make = make;
    }

    @Override
    public T get() {
        var made = value;
        if (made == null) {
            lock.lock();
            try {
                made = value;
                if (made == null) {
                    made = make.get();
                    value = made;
                }
            } finally {
                lock.unlock();
            }
        }
        return made;
    }
}
