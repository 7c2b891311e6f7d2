package dev.baton.local.sqs;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.sqs.QueueEntry.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The messages of one queue, and the receivers that wait for them. A receiver that waits is an entry in a list: it
/// holds no thread of this queue's, and one alarm of the scheduler.
///
/// What passes with time is looked at when somebody asks; the scheduler wakes a queue only while receivers wait.
final class MessageQueue {
    private static final int MOST_IN_FLIGHT = 120_000;
    private static final Comparator<QueueEntry> BY_MOMENT =
            Comparator.comparing((QueueEntry entry) -> entry.visibleAt).thenComparing(entry -> entry.order);

    private final long number;
    private final String arn;
    private final boolean fifo;
    private final Scheduler scheduler;
    private final MessageJournal journal;
    private final BiFunction<String, MessageQueue, @Nullable MessageQueue> deadLetterQueue;
    /// By message id, in the order in which they came.
    private final Map<String, QueueEntry> entries = new LinkedHashMap<>();
    /// By message id: given up, and in no other queue yet.
    private final Map<String, QueueEntry> underWay = new HashMap<>();
    private final AvailableMessages available;
    /// Delayed or in flight, by the moment at which they become visible.
    private final TreeSet<QueueEntry> hidden = new TreeSet<>(BY_MOMENT);
    private final Deque<WaitingReceiver> waiting = new ArrayDeque<>();
    private final SentBefore sentBefore = new SentBefore();
    private final ReceiveAttempts attempts = new ReceiveAttempts();
    private volatile QueueAttributes attributes;
    private Scheduler.@Nullable Alarm alarm;
    private long lastOrder;
    private long lastSequence;
    private int inFlight;
    private boolean deleted;

    /// A receiver for whom there was nothing yet.
    private record WaitingReceiver(
            int most, Duration visibility, CompletableFuture<List<ReceivedMessage>> answer, Scheduler.Alarm end) {}

    /// What a receiver asks for.
    ///
    /// @param visibility how long the messages stay hidden
    /// @param patience how long it waits for the first
    /// @param attempt what tells that it is the same request again; null for none
    record Receiving(
            int most,
            Duration visibility,
            Duration patience,
            @Nullable String attempt) {}

    /// How many messages a queue has.
    record Counts(int available, int inFlight, int delayed) {}

    /// @param number tells it from others of the same name, before and after
    /// @param deadLetterQueue finds the queue of an ARN that may take dead letters of this one
    MessageQueue(
            long number,
            String arn,
            QueueAttributes attributes,
            Scheduler scheduler,
            MessageJournal journal,
            BiFunction<String, MessageQueue, @Nullable MessageQueue> deadLetterQueue) {
        this.number = number;
        this.arn = arn;
        this.fifo = attributes.isFifo();
        this.attributes = attributes;
        this.scheduler = scheduler;
        this.journal = journal;
        this.deadLetterQueue = deadLetterQueue;
        this.available = fifo ? new GroupOrder() : new StandardOrder();
    }

    long number() {
        return number;
    }

    String arn() {
        return arn;
    }

    boolean isFifo() {
        return fifo;
    }

    QueueAttributes attributes() {
        return attributes;
    }

    void attributes(QueueAttributes changed) {
        attributes = changed;
    }

    /// Takes a message, unless a FIFO queue has had it within the last five minutes.
    ///
    /// @return the message that is there, or was
    QueueMessage send(NewMessage given, String id, String senderId) {
        // What a FIFO queue tells duplicates by where it is told to look at the content.
        var content = fifo && given.deduplicationId() == null
                ? given.in(given.groupId(), MessageDigests.sha256(given.body()))
                : given;
        QueueMessage message;
        List<Runnable> after;
        synchronized (this) {
            var now = scheduler.now();
            var key = duplicateKey(content);
            var before = key == null ? null : sentBefore.find(key, now);
            if (before != null) {
                return new QueueMessage(before.messageId(), content, senderId, now, before.sequence(), null);
            }
            message = new QueueMessage(id, content, senderId, now, nextSequence(now), null);
            if (key != null) {
                sentBefore.add(key, message, now);
            }
            var seconds = content.delaySeconds();
            var delay = seconds == null ? attributes.delay() : Duration.ofSeconds(seconds);
            put(message, now.plus(delay), 0, null);
            after = serve();
        }
        after.forEach(Runnable::run);
        return message;
    }

    private long nextSequence(Instant now) {
        if (!fifo) {
            return 0;
        }
        // Grows over restarts, too, since time does.
        lastSequence = Math.max(lastSequence + 1, now.toEpochMilli() * 1_000_000);
        return lastSequence;
    }

    private @Nullable String duplicateKey(NewMessage content) {
        if (!fifo) {
            return null;
        }
        var id = content.deduplicationId();
        return attributes.comparesInGroups() ? content.groupId() + " " + id : id;
    }

    /// Takes a message that another queue had.
    ///
    /// @return whether this queue is still there
    private boolean move(QueueMessage message, int receiveCount, @Nullable Instant firstReceived) {
        List<Runnable> after;
        synchronized (this) {
            if (deleted) {
                return false;
            }
            var now = scheduler.now();
            var moved = fifo
                    ? new QueueMessage(
                            message.id(),
                            message.content(),
                            message.senderId(),
                            now,
                            nextSequence(now),
                            message.source())
                    : message;
            put(moved, now, receiveCount, firstReceived);
            after = serve();
        }
        after.forEach(Runnable::run);
        return true;
    }

    private void put(QueueMessage message, Instant visibleAt, int receiveCount, @Nullable Instant firstReceived) {
        var entry = new QueueEntry(message, ++lastOrder, visibleAt);
        entry.receiveCount = receiveCount;
        entry.firstReceived = firstReceived;
        journal.put(number, entry);
        entries.put(message.id(), entry);
        hidden.add(entry);
    }

    /// Takes up what was kept, without telling anybody.
    synchronized void restore(MessageJournal.Kept kept) {
        var message = kept.message();
        var entry = new QueueEntry(message, ++lastOrder, kept.visibleAt());
        entry.receiveCount = kept.receiveCount();
        entry.firstReceived = kept.firstReceived();
        if (kept.inFlight()) {
            entry.phase = Phase.IN_FLIGHT;
            inFlight++;
            available.take(entry);
        }
        entries.put(message.id(), entry);
        hidden.add(entry);
        lastSequence = Math.max(lastSequence, message.sequence());
    }

    /// Takes up that a FIFO queue has had a message.
    synchronized void restoreSent(QueueMessage message) {
        var key = duplicateKey(message.content());
        if (key != null) {
            sentBefore.add(key, message, message.sent());
        }
        lastSequence = Math.max(lastSequence, message.sequence());
    }

    /// Whether a message is here, or on its way to another queue that does not have it yet.
    synchronized boolean has(String messageId) {
        return entries.containsKey(messageId) || underWay.containsKey(messageId);
    }

    /// Messages, as soon as there are any; none where the wait ends first. Who waits no longer cancels the answer.
    CompletableFuture<List<ReceivedMessage>> receive(Receiving receiving) {
        var answer = new CompletableFuture<List<ReceivedMessage>>();
        List<Runnable> after;
        synchronized (this) {
            if (deleted) {
                throw SqsErrors.noQueue();
            }
            var now = scheduler.now();
            var attempt = receiving.attempt();
            var again = attempt == null ? null : attempts.find(attempt, now, this::isCurrent);
            if (again != null) {
                again.forEach(received -> hide(received.message().id(), now.plus(receiving.visibility())));
                return CompletableFuture.completedFuture(again);
            }
            after = new ArrayList<>();
            pass(now);
            var taken = take(receiving.most(), receiving.visibility(), now, after);
            if (!taken.isEmpty() && attempt != null) {
                attempts.add(attempt, taken, now);
            }
            if (!taken.isEmpty() || receiving.patience().isZero()) {
                after.add(() -> answer.complete(taken));
            } else {
                await(receiving, answer, now);
            }
        }
        after.forEach(Runnable::run);
        return answer;
    }

    private void await(Receiving receiving, CompletableFuture<List<ReceivedMessage>> answer, Instant now) {
        var end = scheduler.at(now.plus(receiving.patience()), () -> giveUp(answer));
        answer.whenComplete((messages, e) -> {
            if (answer.isCancelled()) {
                end.cancel();
                giveUp(answer);
            }
        });
        waiting.addLast(new WaitingReceiver(receiving.most(), receiving.visibility(), answer, end));
        arm();
    }

    private void giveUp(CompletableFuture<List<ReceivedMessage>> answer) {
        synchronized (this) {
            waiting.removeIf(receiver -> receiver.answer() == answer);
        }
        answer.complete(List.of());
    }

    /// Time has passed: what was hidden long enough is visible, and what is too old is gone.
    private void pass(Instant now) {
        while (!hidden.isEmpty() && !hidden.first().visibleAt.isAfter(now)) {
            show(hidden.first());
        }
        var oldest = now.minus(attributes.retention());
        while (!entries.isEmpty()) {
            var first = entries.values().iterator().next();
            if (!first.message.sent().isBefore(oldest)) {
                break;
            }
            drop(first);
            journal.delete(first.message);
        }
    }

    private void show(QueueEntry entry) {
        hidden.remove(entry);
        if (entry.phase == Phase.IN_FLIGHT) {
            inFlight--;
            available.release(entry);
        }
        entry.phase = Phase.AVAILABLE;
        available.add(entry);
    }

    private void drop(QueueEntry entry) {
        entries.remove(entry.message.id());
        switch (entry.phase) {
            case AVAILABLE -> available.remove(entry);
            case HIDDEN -> hidden.remove(entry);
            case IN_FLIGHT -> {
                hidden.remove(entry);
                inFlight--;
                available.release(entry);
            }
        }
    }

    /// @param after what is to be done when the lock is given back
    private List<ReceivedMessage> take(int most, Duration visibility, Instant now, List<Runnable> after) {
        var taken = new ArrayList<ReceivedMessage>();
        var next = available.first();
        while (next != null && taken.size() < most) {
            if (next.message.sent().isBefore(now.minus(attributes.retention()))) {
                drop(next);
                journal.delete(next.message);
                next = available.first();
            } else if (isDead(next, after)) {
                next = available.first();
            } else if (inFlight >= MOST_IN_FLIGHT) {
                break;
            } else {
                taken.add(take(next, now.plus(visibility), now));
                next = available.firstBeside(next);
            }
        }
        return taken;
    }

    private ReceivedMessage take(QueueEntry entry, Instant visibleAt, Instant now) {
        available.take(entry);
        entry.phase = Phase.IN_FLIGHT;
        inFlight++;
        entry.receiveCount++;
        entry.visibleAt = visibleAt;
        var first = entry.firstReceived == null ? now : entry.firstReceived;
        entry.firstReceived = first;
        hidden.add(entry);
        journal.receive(number, entry);
        var handle = new ReceiptHandle(number, entry.message.id(), entry.receiveCount);
        return new ReceivedMessage(entry.message, handle.text(), entry.receiveCount, first);
    }

    private boolean isDead(QueueEntry entry, List<Runnable> after) {
        var redrive = attributes.redrive();
        if (redrive == null || entry.receiveCount < redrive.maxReceiveCount()) {
            return false;
        }
        var target = deadLetterQueue.apply(redrive.targetArn(), this);
        if (target == null || target == this) {
            return false;
        }
        giveUp(entry);
        after.add(() -> bring(
                entry, () -> target.move(entry.message.deadLetterOf(arn), entry.receiveCount, entry.firstReceived)));
        return true;
    }

    private void giveUp(QueueEntry entry) {
        drop(entry);
        underWay.put(entry.message.id(), entry);
    }

    /// @param move tells whether another queue has taken the message
    private boolean bring(QueueEntry entry, BooleanSupplier move) {
        if (!move.getAsBoolean()) {
            takeBack(entry);
            return false;
        }
        synchronized (this) {
            underWay.remove(entry.message.id(), entry);
        }
        return true;
    }

    /// Gives those who wait what there is for them.
    private List<Runnable> serve() {
        var after = new ArrayList<Runnable>();
        if (!waiting.isEmpty()) {
            var now = scheduler.now();
            pass(now);
            while (!waiting.isEmpty()) {
                var receiver = waiting.getFirst();
                var taken = take(receiver.most(), receiver.visibility(), now, after);
                if (taken.isEmpty()) {
                    break;
                }
                waiting.removeFirst();
                receiver.end().cancel();
                after.add(() -> receiver.answer().complete(taken));
            }
            arm();
        }
        return after;
    }

    /// Wakes at the moment at which the next message becomes visible, while anybody waits for one.
    private void arm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        if (!waiting.isEmpty() && !hidden.isEmpty()) {
            alarm = scheduler.at(hidden.first().visibleAt, this::wake);
        }
    }

    private void wake() {
        List<Runnable> after;
        synchronized (this) {
            after = serve();
        }
        after.forEach(Runnable::run);
    }

    private boolean isCurrent(ReceivedMessage received) {
        var entry = entries.get(received.message().id());
        return entry != null && entry.phase == Phase.IN_FLIGHT && entry.receiveCount == received.receiveCount();
    }

    private void hide(String messageId, Instant until) {
        var entry = entries.get(messageId);
        if (entry != null) {
            hidden.remove(entry);
            entry.visibleAt = until;
            hidden.add(entry);
            journal.receive(number, entry);
        }
    }

    /// Deletes a message that was received. Nothing happens where it is gone or was received again since.
    void delete(String text) {
        var handle = handle(text);
        List<Runnable> after;
        synchronized (this) {
            pass(scheduler.now());
            var entry = entries.get(handle.messageId());
            if (entry == null) {
                return;
            }
            var current = entry.receiveCount == handle.receipt();
            if (fifo && (!current || entry.phase != Phase.IN_FLIGHT)) {
                throw SqsErrors.expiredHandle(text);
            }
            if (!current) {
                return;
            }
            drop(entry);
            journal.delete(entry.message);
            after = serve();
        }
        after.forEach(Runnable::run);
    }

    /// Hides a message that is in flight for so long from now.
    void changeVisibility(String text, Duration visibility) {
        var handle = handle(text);
        List<Runnable> after;
        synchronized (this) {
            var now = scheduler.now();
            pass(now);
            var entry = entries.get(handle.messageId());
            if (entry == null || entry.phase != Phase.IN_FLIGHT || entry.receiveCount != handle.receipt()) {
                throw SqsErrors.notInFlight(text);
            }
            hide(handle.messageId(), now.plus(visibility));
            after = serve();
            arm();
        }
        after.forEach(Runnable::run);
    }

    private ReceiptHandle handle(String text) {
        var handle = ReceiptHandle.parse(text);
        if (handle.queue() != number) {
            throw SqsErrors.invalidHandle(text);
        }
        return handle;
    }

    /// Takes up to so many messages away, for [#move] or [#takeBack]; none that is in flight.
    synchronized List<QueueEntry> takeAway(int most) {
        var away = new ArrayList<QueueEntry>();
        pass(scheduler.now());
        for (var next = available.first(); next != null && away.size() < most; next = available.first()) {
            giveUp(next);
            away.add(next);
        }
        return away;
    }

    /// Brings a message that was taken away into another queue, where it is as if it had never been received.
    ///
    /// @return whether that queue is still there; else the message stays in this one
    boolean move(QueueEntry away, MessageQueue target) {
        var message = away.message;
        var moved = new QueueMessage(
                message.id(), message.content(), message.senderId(), message.sent(), message.sequence(), null);
        return bring(away, () -> target.move(moved, 0, null));
    }

    /// Has a message again that was taken away, in its place, unless it was purged meanwhile.
    void takeBack(QueueEntry away) {
        List<Runnable> after;
        synchronized (this) {
            if (deleted || !underWay.remove(away.message.id(), away)) {
                return;
            }
            entries.put(away.message.id(), away);
            available.add(away);
            after = serve();
        }
        after.forEach(Runnable::run);
    }

    synchronized Counts counts() {
        pass(scheduler.now());
        return new Counts(entries.size() - hidden.size(), inFlight, hidden.size() - inFlight);
    }

    synchronized void purge() {
        List.copyOf(entries.values()).forEach(this::drop);
        underWay.clear();
        journal.purge(number);
    }

    /// Ends it: those who wait are told that it is gone.
    void close() {
        List<WaitingReceiver> told;
        synchronized (this) {
            deleted = true;
            told = List.copyOf(waiting);
            waiting.clear();
            arm();
        }
        told.forEach(receiver -> {
            receiver.end().cancel();
            receiver.answer().completeExceptionally(SqsErrors.noQueue());
        });
    }

    /// How many receivers wait.
    synchronized int waiting() {
        return waiting.size();
    }
}
