package dev.baton.lambda.internal;

import java.util.function.Supplier;

/// A value that is made when it is first asked for, once.
public final class Once<T> implements Supplier<T> {
    private final Supplier<T> make;
    private volatile T value;

    @SuppressWarnings("NullAway.Init")
    public Once(Supplier<T> make) {
        this.make = make;
    }

    @Override
    public T get() {
        var made = value;
        if (made == null) {
            synchronized (this) {
                made = value;
                if (made == null) {
                    made = make.get();
                    value = made;
                }
            }
        }
        return made;
    }
}
