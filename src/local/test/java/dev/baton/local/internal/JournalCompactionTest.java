package dev.baton.local.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.internal.RecordingDisk.Crash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// A journal that is begun anew while others append: a crash at any moment leaves all that was awaited and is of use.
class JournalCompactionTest {
    private static final Path FILE = Path.of("/data/journal");
    private static final int HISTORIES = 150;

    /// How many records were answered for after so many operations of the disk.
    private record Answered(int operations, int records) {}

    /// One life of a journal, in which each second record is of no use at some time.
    private static final class History {
        private final RecordingDisk disk = new RecordingDisk();
        private final RecordFile journal;
        private final List<Answered> answered = new ArrayList<>();
        private int appended;
        private int useless;

        History() throws IOException {
            journal = new RecordFile(disk, FILE, false);
            journal.replay(record -> {});
        }

        void append(boolean awaited) throws IOException {
            var ticket = journal.append(("[" + appended++ + "]").getBytes(StandardCharsets.UTF_8));
            if (awaited) {
                journal.await(ticket);
                answered.add(new Answered(disk.operations(), appended));
            }
        }

        /// Others append while it is decided what is of use.
        void compact(SplittableRandom random) throws IOException {
            var before = appended;
            journal.compact(() -> {
                for (var i = random.nextInt(4); i > 0; i--) {
                    try {
                        append(random.nextBoolean());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
                useless = before;
                return isUseful(before);
            });
        }
    }

    /// Knows nothing of records that are appended later: they must not be asked about.
    private static Predicate<byte[]> isUseful(int before) {
        return record -> {
            var number = number(record);
            return number % 2 == 0 && number < before;
        };
    }

    private static int number(byte[] record) {
        var text = new String(record, StandardCharsets.UTF_8);
        return Integer.parseInt(text.substring(1, text.length() - 1));
    }

    private static List<Integer> told(RecordingDisk disk) throws IOException {
        var told = new ArrayList<Integer>();
        try (var journal = new RecordFile(disk, FILE, false)) {
            journal.replay(record -> told.add(number(record)));
        }
        return told;
    }

    @Test
    void every_crash_leaves_what_was_awaited_and_is_of_use() throws IOException {
        var seed = Long.getLong("baton.seed", System.nanoTime());
        for (var i = 0; i < HISTORIES; i++) {
            var random = new SplittableRandom(seed + i);
            var history = new History();
            for (var step = 0; step < 25; step++) {
                if (random.nextInt(6) == 0) {
                    history.compact(random);
                } else {
                    history.append(random.nextBoolean());
                }
            }
            history.journal.await(history.journal.appended());
            check(history, random, "baton.seed " + (seed + i));
        }
    }

    private static void check(History history, SplittableRandom random, String seed) throws IOException {
        var inTheEnd = told(history.disk.crashed(history.disk.operations(), Crash.POWER_LOST, random));
        assertThat(inTheEnd).as(seed).isSorted().doesNotHaveDuplicates();
        assertThat(inTheEnd.stream().filter(number -> number % 2 == 1 && number < history.useless))
                .as(seed + ": what is of no use is gone")
                .isEmpty();
        for (var i = 0; i < 12; i++) {
            var after = 1 + random.nextInt(history.disk.operations());
            var crash = random.nextInt(3) == 0 ? Crash.KILLED : Crash.POWER_LOST;
            var known = history.answered.stream()
                    .filter(each -> each.operations() <= after)
                    .mapToInt(Answered::records)
                    .max()
                    .orElse(0);
            var told = told(history.disk.crashed(after, crash, random));
            var where = seed + ", " + crash + " after " + after;
            assertThat(told).as(where).isSorted().doesNotHaveDuplicates();
            assertThat(told).as(where).containsAll(evenBelow(known));
        }
    }

    private static List<Integer> evenBelow(int end) {
        var even = new ArrayList<Integer>();
        for (var number = 0; number < end; number += 2) {
            even.add(number);
        }
        return even;
    }

    @Test
    void a_journal_that_was_closed_takes_nobodys_place() throws IOException {
        var history = new History();
        history.append(true);
        assertThat(catching(() -> history.journal.compact(() -> {
                    history.journal.close();
                    return record -> false;
                })))
                .isNotNull();
        assertThat(told(history.disk)).containsExactly(0);
        assertThat(history.disk.contents().keySet())
                .as("what was begun is taken away")
                .containsExactly(FILE);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static IOException catching(Work work) {
        try {
            work.run();
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
