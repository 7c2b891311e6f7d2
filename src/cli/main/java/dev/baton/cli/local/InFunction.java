package dev.baton.cli.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.compiler.artefact.RuntimeExit;
import dev.baton.local.lambda.FunctionExit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function in this process that finds, where the AWS SDK looks by default, what it would find in Lambda: the
/// credentials of its own role, its Region and where AWS is. Never those of the person whose machine it is: a task with
/// a client of its own making is refused here as it will be in an account, and reaches no real account from here.
///
/// A process has one environment, and its functions have many. The SDK asks for system properties first, so those
/// answer by thread; threads that a function starts see what it sees.
final class InFunction implements RequestStreamHandler {
    private static final Map<String, String> PROPERTIES = Map.of(
            "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
            "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
            "AWS_SESSION_TOKEN", "aws.sessionToken",
            "AWS_REGION", "aws.region",
            "AWS_ENDPOINT_URL", "aws.endpointUrl");

    private static final InheritableThreadLocal<@Nullable Map<String, String>> SEEN = new InheritableThreadLocal<>();

    private final Seen seen;
    private final RequestStreamHandler handler;

    /// The surroundings of a function.
    ///
    /// @param classes where its pipeline is: on Lambda's class path, here perhaps in jars of somebody's own
    private record Seen(Map<String, String> properties, ClassLoader classes) {
        /// Has this thread find it, until it is given back what it found before.
        Before enter() {
            var thread = Thread.currentThread();
            var before = new Before(SEEN.get(), thread.getContextClassLoader());
            SEEN.set(properties);
            thread.setContextClassLoader(classes);
            return before;
        }
    }

    /// The surroundings that a thread had before.
    private record Before(
            @Nullable Map<String, String> properties,
            @Nullable ClassLoader classes) {
        void restore() {
            SEEN.set(properties);
            Thread.currentThread().setContextClassLoader(classes);
        }
    }

    /// @param environment what Lambda would put in the environment of the function's process
    /// @param classes where its pipeline is
    InFunction(Map<String, String> environment, ClassLoader classes, Supplier<RequestStreamHandler> handler) {
        this.seen = new Seen(properties(environment), classes);
        var before = seen.enter();
        try {
            this.handler = handler.get();
        } finally {
            before.restore();
        }
    }

    /// A container's program that finds the same.
    static IntSupplier program(Map<String, String> environment, ClassLoader classes, Supplier<IntSupplier> program) {
        var seen = new Seen(properties(environment), classes);
        return () -> {
            var before = seen.enter();
            try {
                return program.get().getAsInt();
            } catch (RuntimeExit e) {
                return e.status();
            } finally {
                before.restore();
            }
        };
    }

    private static Map<String, String> properties(Map<String, String> environment) {
        ByThread.install();
        var properties = new LinkedHashMap<String, String>();
        PROPERTIES.forEach((variable, property) -> {
            var value = environment.get(variable);
            if (value != null) {
                properties.put(property, value);
            }
        });
        return properties;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var before = seen.enter();
        try {
            handler.handleRequest(in, out, context);
        } catch (RuntimeExit e) {
            throw new FunctionExit(e.status(), e);
        } finally {
            before.restore();
        }
    }

    /// The properties of this process, in which each function sees its own.
    private static final class ByThread extends Properties {
        private static final long serialVersionUID = 1;

        static synchronized void install() {
            var known = System.getProperties();
            if (!(known instanceof ByThread)) {
                var byThread = new ByThread();
                byThread.putAll(known);
                System.setProperties(byThread);
            }
        }

        @Override
        public @Nullable String getProperty(String name) {
            var seen = SEEN.get();
            var own = seen == null ? null : seen.get(name);
            return own == null ? super.getProperty(name) : own;
        }

        @Override
        public String getProperty(String name, String otherwise) {
            var value = getProperty(name);
            return value == null ? otherwise : value;
        }

        @Override
        public synchronized boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public synchronized int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
