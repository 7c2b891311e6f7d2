package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.service.ApiInput;
import dev.baton.local.sqs.Queues;
import dev.baton.local.sqs.ReceivedMessage;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The reader of one mapping: receives batches with the function's role, calls the function, and deletes what it has
/// done. What failed becomes visible again when its queue says so.
///
/// While it waits it is a virtual thread, and each batch that a function works on is another.
final class QueueReader {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final int MOST_RECEIVED = 10;
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    private final Lambda lambda;
    private final Queues queues;
    private final EventSourceMapping mapping;
    private final MessageFilter filter;
    private final Semaphore free;
    private final Thread thread;
    private volatile boolean stopped;
    private @Nullable String trouble;

    QueueReader(Lambda lambda, Queues queues, EventSourceMapping mapping) {
        this.lambda = lambda;
        this.queues = queues;
        this.mapping = mapping;
        this.filter = new MessageFilter(mapping.filters());
        this.free = new Semaphore(mapping.batchesAtOnce());
        this.thread = Thread.ofVirtual().name("event-source-" + mapping.id()).unstarted(this::read);
    }

    void start() {
        thread.start();
    }

    /// Reads no more; what a function is at work on goes on.
    void stop() {
        stopped = true;
        thread.interrupt();
    }

    private void read() {
        try {
            while (!stopped) {
                free.acquire();
                var batch = batchOrNone();
                if (batch.isEmpty()) {
                    free.release();
                } else {
                    Thread.ofVirtual().name("event-source-batch").start(() -> work(batch));
                }
            }
        } catch (InterruptedException e) {
            // It is stopped.
        }
    }

    private List<ReceivedMessage> batchOrNone() throws InterruptedException {
        try {
            var batch = batch();
            trouble = null;
            return batch;
        } catch (ServiceRefusal e) {
            tell(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            tell(String.valueOf(e.getCause()));
        }
        var over = new CompletableFuture<@Nullable Void>();
        lambda.scheduler().at(lambda.now().plus(AFTER_TROUBLE), () -> over.complete(null));
        try {
            over.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return List.of();
    }

    /// Once for each trouble: it is met again every few seconds.
    private void tell(String met) {
        if (!stopped && !met.equals(trouble)) {
            trouble = met;
            LOG.log(
                    Logger.Level.WARNING,
                    () -> "the event source " + mapping.queueArn() + " of " + mapping.functionArn()
                            + " cannot be read: " + met);
        }
    }

    private List<ReceivedMessage> batch() throws InterruptedException, ExecutionException {
        var batch = new ArrayList<>(receive(mapping.batchSize(), WAIT));
        if (!batch.isEmpty()) {
            var end = lambda.now().plus(mapping.window());
            var left = mapping.window();
            while (batch.size() < mapping.batchSize() && left.isPositive() && !stopped) {
                batch.addAll(receive(mapping.batchSize() - batch.size(), left));
                left = Duration.between(lambda.now(), end);
            }
        }
        return batch;
    }

    private List<ReceivedMessage> receive(int most, Duration wait) throws InterruptedException, ExecutionException {
        var answer = queues.receive(role(), mapping.queueArn(), Math.min(most, MOST_RECEIVED), wait);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            // It must not take what another may.
            answer.cancel(false);
            throw e;
        }
    }

    private Caller role() {
        return lambda.role(mapping.function());
    }

    private void work(List<ReceivedMessage> batch) {
        try {
            var done = new ArrayList<ReceivedMessage>();
            var left = new ArrayList<ReceivedMessage>();
            var records = new ArrayList<@Nullable Object>();
            for (var message : batch) {
                var record = record(message);
                if (filter.matches(record)) {
                    left.add(message);
                    records.add(record);
                } else {
                    done.add(message);
                }
            }
            if (!left.isEmpty()) {
                var failed = failed(lambda.runFor(mapping.function(), Json.bytes(Map.of("Records", records))), left);
                left.removeIf(message -> failed.contains(message.message().id()));
                done.addAll(left);
            }
            if (!done.isEmpty()) {
                queues.delete(role(), mapping.queueArn(), done);
            }
        } catch (RuntimeException e) {
            tell(String.valueOf(e.getMessage()));
        } finally {
            free.release();
        }
    }

    /// The ids of the messages that shall come again.
    private Set<String> failed(InvocationResult result, List<ReceivedMessage> batch) {
        var all = new HashSet<String>();
        batch.forEach(message -> all.add(message.message().id()));
        if (result.failed()) {
            return all;
        }
        return mapping.reportsFailures() ? reported(result.payload(), all) : Set.of();
    }

    /// An answer that cannot be understood, or names what was not in the batch, fails all of it.
    private static Set<String> reported(byte[] payload, Set<String> all) {
        Object answer;
        try {
            answer = Json.parse(payload);
        } catch (JsonException e) {
            return all;
        }
        if (answer == null || answer instanceof String text && text.isEmpty()) {
            return Set.of();
        }
        if (!(answer instanceof Map<?, ?>)) {
            return all;
        }
        var failed = new HashSet<String>();
        for (var failure : ApiInput.of(answer).objects("batchItemFailures")) {
            failed.add(failure.text("itemIdentifier", ""));
        }
        return all.containsAll(failed) ? failed : all;
    }

    private Map<String, @Nullable Object> record(ReceivedMessage received) {
        var attributes = new LinkedHashMap<String, @Nullable Object>();
        received.message().content().attributes().forEach((name, attribute) -> {
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put(attribute.isBinary() ? "binaryValue" : "stringValue", attribute.value());
            one.put("stringListValues", List.of());
            one.put("binaryListValues", List.of());
            one.put("dataType", attribute.type());
            attributes.put(name, one);
        });
        var record = new LinkedHashMap<String, @Nullable Object>();
        record.put("messageId", received.message().id());
        record.put("receiptHandle", received.receiptHandle());
        record.put("body", received.message().content().body());
        record.put("attributes", received.attributes());
        record.put("messageAttributes", attributes);
        record.put("md5OfBody", received.md5OfBody());
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", mapping.queueArn());
        record.put("awsRegion", lambda.account().region());
        return record;
    }
}
