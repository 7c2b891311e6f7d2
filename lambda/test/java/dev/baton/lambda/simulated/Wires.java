package dev.baton.lambda.simulated;

import java.time.Instant;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/// What a handler sends with, and the place where it dies: between two requests, or after a request was carried out
/// and before its answer came. Once dead it stays dead: a killed process does not tidy up.
public final class Wires implements SdkHttpClient {
    private final SimulatedAws aws;
    private int sent;
    private int dieAt = Integer.MAX_VALUE;
    private boolean answerLost;
    private int pauseAt = Integer.MAX_VALUE;
    private Runnable meanwhile = () -> {};
    private boolean dead;
    private long nanosAway;

    public Wires(SimulatedAws aws) {
        this.aws = aws;
    }

    /// The time at the other end.
    public Instant now() {
        return aws.now();
    }

    /// Dies at a request.
    ///
    /// @param request counted from 1
    /// @param carriedOut whether the request is carried out all the same
    public Wires dyingAt(int request, boolean carriedOut) {
        dieAt = request;
        answerLost = carriedOut;
        return this;
    }

    /// Something else happens just before a request.
    public Wires pausingAt(int request, Runnable other) {
        pauseAt = request;
        meanwhile = other;
        return this;
    }

    /// How many requests were sent.
    public int sent() {
        return sent;
    }

    /// How long requests were at the other end, in nanoseconds.
    public synchronized long nanosAway() {
        return nanosAway;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return send(request);
            }

            @Override
            public void abort() {
                // Nothing is under way outside of call().
            }
        };
    }

    private HttpExecuteResponse send(HttpExecuteRequest request) {
        var number = next();
        if (number == pauseAt) {
            meanwhile.run();
        }
        if (number == dieAt && !answerLost) {
            throw die();
        }
        var began = System.nanoTime();
        var response = aws.send(request);
        away(System.nanoTime() - began);
        if (number == dieAt) {
            throw die();
        }
        return response;
    }

    private synchronized void away(long nanos) {
        nanosAway += nanos;
    }

    private synchronized int next() {
        if (dead) {
            throw new Killed();
        }
        return ++sent;
    }

    private synchronized Killed die() {
        dead = true;
        return new Killed();
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    /// The end of a process, which nobody catches.
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("killed", null, false, false);
        }
    }
}
