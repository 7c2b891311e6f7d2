package dev.baton.lambda.simulation;

import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;

/// Virtual threads that run on a thread of the simulation's own instead of the JVM's carriers; so do the ones that they
/// start. The JDK has that and does not open it: it takes `--add-opens java.base/java.lang=ALL-UNNAMED`.
final class Fibers {
    private static final String OPTION = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    private Fibers() {}

    /// Whether this JVM was started with the option.
    static boolean areOpen() {
        return Object.class.getModule().isOpen("java.lang", Fibers.class.getModule());
    }

    /// Starts the work on a new fiber.
    static void start(Executor carrier, ClassLoader loader, Runnable work) {
        try {
            var thread = ((Thread.Builder) Holder.BUILDER.newInstance(carrier)).unstarted(work);
            thread.setContextClassLoader(loader);
            thread.start();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Holder {
        static final Constructor<?> BUILDER = builder();

        private static Constructor<?> builder() {
            if (!areOpen()) {
                throw new IllegalStateException("a simulation needs a JVM that was started with " + OPTION);
            }
            try {
                var builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                        .getDeclaredConstructor(Executor.class);
                builder.setAccessible(true);
                return builder;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this JDK makes virtual threads in another way", e);
            }
        }
    }
}
