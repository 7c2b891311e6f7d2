package dev.baton.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// The clock on the wall.
class RealSchedulerTest {
    @Test
    void work_is_done_now_or_when_it_is_due_unless_it_is_cancelled() throws InterruptedException {
        try (var scheduler = new RealScheduler()) {
            var done = new CountDownLatch(2);
            var cancelled = new AtomicBoolean();
            scheduler.at(scheduler.now().plusMillis(200), () -> cancelled.set(true)).cancel();
            scheduler.execute(done::countDown);
            scheduler.at(scheduler.now().plusMillis(300), done::countDown);
            assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(cancelled).isFalse();
        }
    }

    @Test
    void after_the_end_what_comes_is_forgotten_like_what_lay_ahead() {
        var scheduler = new RealScheduler();
        var ran = new AtomicBoolean();
        scheduler.at(scheduler.now().plus(Duration.ofDays(1)), () -> ran.set(true));
        scheduler.close();
        assertThatCode(() -> scheduler.execute(() -> ran.set(true))).doesNotThrowAnyException();
        assertThatCode(() -> scheduler.at(scheduler.now(), () -> ran.set(true)).cancel())
                .doesNotThrowAnyException();
        assertThat(ran).isFalse();
    }
}
