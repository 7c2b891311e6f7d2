package dev.baton.local.delivery;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.delivery.DeliveryJournal.Memo;
import dev.baton.local.delivery.DeliveryJournal.UnderWay;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The attempts at deliveries: each is made when it is due, again where it failed and its courier says so, and is given
/// up at last.
///
/// @param <D> what is delivered, and to whom
public final class DeliveryAttempts<D> implements AutoCloseable {
    /// In bytes of the heap.
    private static final long MOST_UNDER_WAY = 256 << 20;

    private final Scheduler scheduler;
    private final Courier<D> courier;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong size = new AtomicLong();
    private volatile @Nullable DeliveryJournal<D> journal;

    /// A service that brings its deliveries to their receivers.
    public interface Courier<D> {
        /// Makes one attempt. What is thrown is as good as [Attempt#failed].
        void send(D delivery, Attempt attempt);

        /// How long to wait before the next attempt, or null where there is none.
        ///
        /// @param attempt the number of the one that failed, from 1
        /// @param age how long ago the delivery was accepted
        @Nullable
        Duration pause(D delivery, int attempt, Duration age, AwsError error);

        /// Hears of a delivery that is not tried again.
        void givenUp(D delivery, String code, String message, int attempts);

        /// About what a delivery takes on the heap.
        long size(D delivery);
    }

    /// One attempt at a delivery, of which the end is told once, now or later.
    public interface Attempt {
        void done();

        void failed(AwsError error);
    }

    /// A delivery that is to be made.
    ///
    /// @param delay of its first attempt
    public record Due<D>(D delivery, Duration delay) {}

    public DeliveryAttempts(Scheduler scheduler, Courier<D> courier) {
        this.scheduler = scheduler;
        this.courier = courier;
    }

    /// Keeps what is under way from now on.
    public void keep(DeliveryJournal<D> kept) {
        journal = kept;
    }

    /// Goes on with what was under way when the process before ended.
    public void resume() {
        var kept = journal;
        if (kept != null) {
            kept.open().forEach(delivery -> {
                taken(delivery);
                schedule(delivery);
            });
        }
    }

    public int pending() {
        return pending.get();
    }

    /// Makes deliveries. They are on the disk, where that is kept, when this returns.
    public void make(List<Due<D>> all) {
        begin(all, null).forEach(this::schedule);
    }

    /// Makes deliveries one after the other before this returns, but for attempts that follow a failed one.
    ///
    /// @param memo what is to be known of them; it is on the disk with them, and never before them
    public void makeInOrder(List<Due<D>> all, Memo memo) {
        begin(all, memo).forEach(this::attempt);
    }

    /// Keeps what is to be known. It is on the disk, where that is kept, when this returns.
    public void note(Memo memo) {
        begin(List.of(), memo);
    }

    private List<UnderWay<D>> begin(List<Due<D>> all, @Nullable Memo memo) {
        var received = scheduler.now();
        var begun = new ArrayList<UnderWay<D>>();
        for (var each : all) {
            var delivery = begin(each.delivery(), received, received.plus(each.delay()));
            if (delivery != null) {
                begun.add(delivery);
            }
        }
        var kept = journal;
        if (kept != null && memo != null) {
            kept.note(memo, received);
        }
        if (kept != null && (memo != null || !begun.isEmpty())) {
            kept.await();
        }
        return begun;
    }

    private @Nullable UnderWay<D> begin(D delivery, Instant received, Instant next) {
        if (size.get() > MOST_UNDER_WAY) {
            courier.givenUp(delivery, "TOO_MANY_EVENTS", "More than 256 MB of events are under way.", 0);
            return null;
        }
        var kept = journal;
        var begun =
                kept == null ? new UnderWay<>(0, delivery, received, 1, next) : kept.begin(delivery, received, next);
        taken(begun);
        return begun;
    }

    private void taken(UnderWay<D> delivery) {
        pending.incrementAndGet();
        size.addAndGet(courier.size(delivery.delivery()));
    }

    private void schedule(UnderWay<D> delivery) {
        scheduler.at(delivery.next(), () -> attempt(delivery));
    }

    private void attempt(UnderWay<D> delivery) {
        try {
            courier.send(delivery.delivery(), new Attempt() {
                @Override
                public void done() {
                    end(delivery);
                }

                @Override
                public void failed(AwsError error) {
                    again(delivery, error);
                }
            });
        } catch (AccessDenied e) {
            giveUp(delivery, "NO_PERMISSIONS", String.valueOf(e.getMessage()));
        } catch (AwsError e) {
            again(delivery, e);
        } catch (RuntimeException | Error e) {
            giveUp(delivery, "SDK_CLIENT_ERROR", String.valueOf(e.getMessage()));
        }
    }

    private void again(UnderWay<D> delivery, AwsError error) {
        var now = scheduler.now();
        var age = Duration.between(delivery.received(), now);
        var pause = courier.pause(delivery.delivery(), delivery.attempt(), age, error);
        if (pause == null) {
            giveUp(delivery, error.code(), error.message());
            return;
        }
        var next = now.plus(pause);
        var kept = journal;
        schedule(
                kept == null
                        ? new UnderWay<>(0, delivery.delivery(), delivery.received(), delivery.attempt() + 1, next)
                        : kept.again(delivery, next));
    }

    private void giveUp(UnderWay<D> delivery, String code, String message) {
        courier.givenUp(delivery.delivery(), code, message, delivery.attempt());
        end(delivery);
    }

    private void end(UnderWay<D> delivery) {
        var kept = journal;
        if (kept != null) {
            kept.end(delivery);
        }
        size.addAndGet(-courier.size(delivery.delivery()));
        pending.decrementAndGet();
    }

    @Override
    public void close() {
        var kept = journal;
        if (kept != null) {
            kept.close();
        }
    }
}
