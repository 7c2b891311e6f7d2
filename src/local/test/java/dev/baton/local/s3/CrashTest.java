package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.internal.RecordingDisk;
import dev.baton.local.internal.RecordingDisk.Crash;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a crash at any moment leaves of a store: all that was answered, whole; of what was not, all or nothing.
///
/// `-Dbaton.seed=N` plays the history of that seed, `-Dbaton.histories=N` so many.
class CrashTest {
    private static final int HISTORIES = 1_200;
    private static final int REQUESTS = 12;

    @Test
    void every_crash_leaves_what_was_answered_and_nothing_by_half() throws IOException {
        play(false, 12);
    }

    @Test
    void what_a_full_disk_refused_has_not_happened_after_any_crash_either() throws IOException {
        play(true, 6);
    }

    private static void play(boolean full, int crashesEach) throws IOException {
        var asked = Long.getLong("baton.seed");
        long first = asked == null ? System.nanoTime() : asked;
        int histories = Integer.getInteger("baton.histories", asked == null ? HISTORIES : 1);
        int crashes = 0;
        var threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        for (long seed = first; seed < first + histories; seed++) {
            var random = new SplittableRandom(seed);
            var history = new CrashHistory(random);
            history.go(REQUESTS, full);
            for (int i = 0; i < crashesEach; i++) {
                int after = 1 + random.nextInt(history.disk.operations());
                var crash = random.nextInt(3) == 0 ? Crash.KILLED : Crash.POWER_LOST;
                recover(history, after, crash, random, "baton.seed " + seed + ", " + crash + " after " + after);
                crashes += 2;
            }
        }
        System.out.printf(
                "baton.seed %d: %d histories, %d crashes, %.1f s of the processor%n",
                first, histories, crashes, (threads.getCurrentThreadCpuTime() - began) / 1e9);
    }

    /// Starts after the crash, and again after a crash in or after that start.
    private static void recover(
            CrashHistory history, int after, Crash crash, SplittableRandom random, String seed) throws IOException {
        var possible = possible(history, after);
        var left = history.disk.crashed(after, crash, random);
        int before = left.operations();
        assertThat(possible).as(seed).contains(image(left));
        int during = before + random.nextInt(left.operations() - before + 1);
        var again = image(left.crashed(during, Crash.POWER_LOST, random));
        assertThat(possible).as(seed + ", and again after " + during).contains(again);
    }

    private static String image(RecordingDisk disk) throws IOException {
        return StoreImage.of(new StoreFolder(disk, CrashHistory.FOLDER, false).open().buckets());
    }

    /// What was held when the last request was answered that was, and what came of those that had begun.
    private static List<String> possible(CrashHistory history, int after) {
        var images = new ArrayList<String>();
        for (var held : history.held) {
            if (held.answered() <= after) {
                images.clear();
                images.add(held.image());
            } else if (held.begun() < after) {
                images.add(held.image());
            }
        }
        return images.isEmpty() ? List.of("") : images;
    }
}
