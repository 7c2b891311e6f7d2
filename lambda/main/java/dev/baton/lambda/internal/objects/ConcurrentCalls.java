package dev.baton.lambda.internal.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.MDC;

/// Asks for many things at a time, a bounded number of them at once. Their logs are about the same as the asker's.
public final class ConcurrentCalls {
    private static final int AT_ONCE = 32;

    private ConcurrentCalls() {}

    /// The results in the order of the questions; the first failure in that order is thrown.
    public static <A, B> List<B> map(List<A> questions, Function<A, B> ask) {
        return map(questions, AT_ONCE, ask);
    }

    /// [#map] with another bound.
    ///
    /// @param atOnce how many questions are asked at a time, at least 1
    public static <A, B> List<B> map(List<A> questions, int atOnce, Function<A, B> ask) {
        if (questions.size() < 2) {
            return questions.stream().map(ask).toList();
        }
        var room = new Semaphore(atOnce);
        var about = MDC.getCopyOfContextMap();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<B>>();
            for (var question : questions) {
                Callable<B> one = () -> {
                    room.acquire();
                    try {
                        if (about != null) {
                            MDC.setContextMap(about);
                        }
                        return ask.apply(question);
                    } finally {
                        room.release();
                    }
                };
                asked.add(threads.submit(one));
            }
            return results(asked);
        }
    }

    private static <B> List<B> results(List<Future<B>> asked) {
        try {
            var results = new ArrayList<B>();
            for (var one : asked) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            asked.forEach(one -> one.cancel(true));
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            asked.forEach(one -> one.cancel(true));
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
