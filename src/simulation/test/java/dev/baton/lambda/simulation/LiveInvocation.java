package dev.baton.lambda.simulation;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.simulated.DirectS3;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/// One invocation of a function while it runs: a process with fibers of its own that stands still at each of its
/// requests until the timeline lets it go on, and that may be killed there.
final class LiveInvocation {
    /// As often as the SDK tries.
    private static final int S3_ATTEMPTS = 4;

    private static final InheritableThreadLocal<LiveInvocation> CURRENT = new InheritableThreadLocal<>();
    /// [Schedules] holds that everything happens as it does with the SDK's own client.
    private static final S3Client DIRECT = new DirectS3((method, subject, query, headers, body) -> {
        var reply = DirectSts.send(new Wire(method, "s3", subject, query, headers, body), S3_ATTEMPTS);
        return new DirectS3.Answer(reply.status(), reply.headers(), reply.body());
    });

    private final World world;
    private final Deployable.Function function;
    private final RequestStreamHandler handler;
    private final String label;
    private final String run;
    private final Set<Thread> standing = new LinkedHashSet<>();
    private final long identity;
    private @Nullable Consumer<Ending> whenEnded;
    private boolean jittery;
    private long skewMillis;
    private int killedAt = -1;
    private boolean killedAfter;
    private int heldAt = -1;
    private long heldMillis;
    private int requests;
    private final int since;
    private boolean dead;
    private String task = "";

    /// How an invocation ended.
    ///
    /// @param error null where it answered
    /// @param payload the answer, or what says of the error what it is
    record Ending(@Nullable String error, Map<String, @Nullable Object> payload) {}

    /// The end of a process, which nobody catches.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /// @param label unique in the world
    /// @param run whose it is, empty where it is of none
    LiveInvocation(World world, Deployable.Function function, RequestStreamHandler handler, String label, String run) {
        this.world = world;
        this.function = function;
        this.handler = handler;
        this.label = label;
        this.run = run;
        this.identity = label.hashCode() * 0x9e3779b97f4a7c15L;
        this.since = world.objects().writes();
    }

    /// The invocation on whose behalf a thread works.
    static LiveInvocation current() {
        return CURRENT.get();
    }

    /// What functions take for the time.
    static Instant time() {
        var current = CURRENT.get();
        return current.world.timeline().now().plusMillis(current.skewMillis);
    }

    /// Clients that send by the invocation that uses them, whichever that is: the SDK's where its world has a wire.
    static ServiceClients clients(FunctionEnvironment environment) {
        return new ServiceClients(environment, () -> WIRES, VirtualPatience.INSTANCE) {
            @Override
            public S3Client s3() {
                return CURRENT.get().world.hasWire() ? super.s3() : DIRECT;
            }

            @Override
            public StsClient sts() {
                return CURRENT.get().world.hasWire() ? super.sts() : DirectSts.INSTANCE;
            }
        };
    }

    String label() {
        return label;
    }

    String run() {
        return run;
    }

    /// The number of the last write to S3 before it began.
    int since() {
        return since;
    }

    World world() {
        return world;
    }

    Deployable.Function function() {
        return function;
    }

    /// The task whose work it has begun, empty where it has not.
    String task() {
        return task;
    }

    /// Requests take different times.
    void isJittery() {
        jittery = true;
    }

    void isSkewedBy(long millis) {
        skewMillis = millis;
    }

    /// @param request counted from 1
    /// @param carriedOut whether the request is carried out all the same
    void diesAt(int request, boolean carriedOut) {
        killedAt = request;
        killedAfter = carriedOut;
    }

    /// @param request counted from 1: before it, much else may happen
    void isHeldAt(int request, long millis) {
        heldAt = request;
        heldMillis = millis;
    }

    /// Runs it; whatever it does happens on the timeline.
    void start(byte[] payload, Consumer<Ending> ended) {
        whenEnded = ended;
        var timeout = world.timeline().after(function.timeoutSeconds() * 1_000L, () -> kill("Sandbox.Timedout"));
        Fibers.start(world.timeline(), world.deployable().loader(), () -> {
            CURRENT.set(this);
            try {
                var out = new ByteArrayOutputStream();
                handler.handleRequest(new ByteArrayInputStream(payload), out, null);
                end(new Ending(null, Json.parseObject(out.toByteArray())));
            } catch (Killed e) {
                end(failed("Runtime.ExitError", "killed"));
            } catch (Throwable e) {
                end(failed(e.getClass().getName(), String.valueOf(e.getMessage())));
            } finally {
                timeout.cancel();
                CURRENT.remove();
            }
        });
    }

    private static Ending failed(String error, String message) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("errorType", error);
        payload.put("errorMessage", message);
        return new Ending(error, payload);
    }

    /// Whether it has answered or died, and does nothing any more.
    boolean hasEnded() {
        return whenEnded == null;
    }

    private void end(Ending ending) {
        var told = whenEnded;
        if (told != null) {
            whenEnded = null;
            told.accept(ending);
        }
    }

    private void kill(String how) {
        dead = true;
        standing.forEach(LockSupport::unpark);
        end(failed(how, "after " + function.timeoutSeconds() + " s"));
    }

    /// A task begins with its work.
    void begins(String name, String inRun) {
        task = name;
        world.ledger().begun(this, inRun);
    }

    /// The work takes its time.
    void works() {
        stand(world.faults().work(this));
    }

    /// Stands still.
    void stand(long millis) {
        try {
            pause(millis);
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(long millis) throws InterruptedIOException {
        if (dead) {
            throw new Killed();
        }
        var thread = Thread.currentThread();
        var due = new boolean[1];
        world.timeline().after(millis, () -> {
            due[0] = true;
            LockSupport.unpark(thread);
        });
        standing.add(thread);
        while (!due[0] && !dead && !thread.isInterrupted()) {
            LockSupport.park(this);
        }
        standing.remove(thread);
        if (dead) {
            throw new Killed();
        }
        if (thread.isInterrupted()) {
            throw new InterruptedIOException("nobody waits for the answer any more");
        }
    }

    Reply exchange(Wire wire) throws IOException {
        if (dead) {
            throw new Killed();
        }
        var number = ++requests;
        var fault = world.faults().of(this, number, wire);
        pause(fault.stall() + latency(number) + (number == heldAt ? heldMillis : 0));
        if (number == killedAt && !killedAfter) {
            throw die();
        }
        var reply = fault.instead() == null ? world.handle(wire, this) : fault.instead();
        world.tell(this, number, wire, reply);
        if (jittery && world.decisions().pick(identity + number * 2L + 1, 4) == 0) {
            pause(latency(number + 1_000));
        }
        if (number == killedAt) {
            throw die();
        }
        if (fault.isLost()) {
            throw new IOException("the connection was closed");
        }
        return reply;
    }

    private Killed die() {
        dead = true;
        standing.forEach(LockSupport::unpark);
        return new Killed();
    }

    /// In milliseconds.
    private long latency(int number) {
        if (!jittery) {
            return 5;
        }
        var drawn = world.decisions().pick(identity + number * 2L, 64);
        return drawn < 48 ? 1 + drawn : drawn < 62 ? drawn * 5L : 1_500;
    }

    /// Waits in virtual time, however long it was asked to: the SDK's own delays are random.
    void waitToTryAgain() throws InterruptedException {
        try {
            pause(20 + world.decisions().pick(identity ^ requests * 31L, 400));
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        }
    }

    private static final SdkHttpClient WIRES = new SdkHttpClient() {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    return CURRENT.get().exchange(new Wire(request)).response();
                }

                @Override
                public void abort() {
                    // Nothing is under way outside of call().
                }
            };
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };
}
