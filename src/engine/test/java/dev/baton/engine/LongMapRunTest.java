package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Map Runs over more items than there is memory for: neither they nor their children are all there at any time.
class LongMapRunTest {
    private static final String PASS = "\"P\":{\"Type\":\"Pass\",\"End\":true}";
    private static final String WRITING = ",\"ResultWriter\":{\"Resource\":\"arn:aws:states:::s3:putObject\","
            + "\"WriterConfig\":{\"OutputType\":\"JSONL\",\"Transformation\":\"COMPACT\"},"
            + "\"Parameters\":{\"Bucket\":\"b\",\"Prefix\":\"out\"}}";

    /// So few children are known that the others have to be forgotten.
    private static final int BYTES = 200_000;

    private static PreparedMachine machine(String type, String more) {
        return Machines.jsonPath("\"M\":{\"Type\":\"Map\",\"Label\":\"L\",\"MaxConcurrency\":50,\"ItemReader\":{"
                + "\"Resource\":\"arn:aws:states:::s3:getObject\",\"ReaderConfig\":" + type
                + ",\"Parameters\":{\"Bucket\":\"b\",\"Key\":\"k\"}},"
                + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"
                + "\"StartAt\":\"P\",\"States\":{" + PASS + "}}" + more + ",\"End\":true}");
    }

    /// Text that is made while it is read.
    private static final class Lines extends InputStream implements ObjectReader {
        private final int count;
        private final IntFunction<String> line;
        private final AtomicInteger made = new AtomicInteger();
        private byte[] current = new byte[0];
        private int at;

        Lines(int count, IntFunction<String> line) {
            this.count = count;
            this.line = line;
        }

        @Override
        public int read() {
            if (at == current.length) {
                if (made.get() == count) {
                    return -1;
                }
                current = line.apply(made.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return current[at++];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            var next = read();
            if (next < 0) {
                return -1;
            }
            into[offset] = (byte) next;
            return 1;
        }

        @Override
        public byte[] read(ObjectRequest request) {
            throw new AssertionError("the whole object is asked for");
        }

        @Override
        public InputStream open(ObjectRequest request) {
            return this;
        }

        @Override
        public List<Map<String, @Nullable Object>> list(ObjectRequest request) {
            return List.of();
        }
    }

    private static Machines machines(Lines lines, StoredObjects written, ExecutionListener listener) {
        return Machines.with(
                Engine.builder()
                        .objectReader(lines)
                        .objectWriter(written)
                        .listener(listener)
                        .mapRunBytes(BYTES),
                1);
    }

    private static void isRead(int count, IntFunction<String> line, String config) {
        var lines = new Lines(count, line);
        var written = new StoredObjects();
        var closed = new AtomicInteger();
        var ahead = new AtomicInteger();
        var machines = machines(lines, written, new ExecutionListener() {
            @Override
            public void statusChanged(Execution execution) {
                if (execution.mapRunArn() != null && execution.status().isClosed()) {
                    ahead.accumulateAndGet(lines.made.get() - closed.incrementAndGet(), Math::max);
                }
            }
        });
        var execution = machines.run(machine(config, WRITING), "{}");

        assertThat(execution.status()).as(execution.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(closed.get()).isEqualTo(20_000);
        assertThat(ahead.get()).as("lines that were read and not run yet").isBetween(1, 9_000);
        var mapRun = machines.engine.mapRuns(execution.arn()).getFirst();
        assertThat(mapRun.executions()).hasSizeBetween(1, 200);
        assertThat(mapRun.itemCounts().succeeded()).isEqualTo(20_000);
        assertThat(mapRun.itemCounts().total()).isEqualTo(20_000);
        assertThat(mapRun.itemCounts().pending()).isZero();
        assertThat(written.keys().stream()
                        .filter(key -> key.contains("SUCCEEDED"))
                        .flatMap(key -> written.text(key).lines())
                        .mapToLong(result -> Long.parseLong(
                                String.valueOf(Json.parseObject(result).get("n"))))
                        .sorted())
                .as("every item has its result, once")
                .containsExactlyElementsOf(LongStream.range(0, 20_000).boxed().toList());
    }

    @Test
    void lines_are_read_as_children_can_be_started_and_results_are_written_meanwhile() {
        // Long enough for a second file of results.
        isRead(20_000, i -> "{\"n\":" + i + ",\"text\":\"" + "x".repeat(450) + "\"}\n", "{\"InputType\":\"JSONL\"}");
    }

    @Test
    void rows_are_read_as_children_can_be_started() {
        isRead(
                20_001,
                i -> i == 0 ? "n,text\n" : i - 1 + ",\"a\nb\"\n",
                "{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"}");
    }

    @Test
    void an_array_is_read_as_children_can_be_started() {
        isRead(20_001, i -> i == 20_000 ? "]" : (i == 0 ? "[" : ",") + "{\"n\":" + i + "}", "{\"InputType\":\"JSON\"}");
    }

    @Test
    void results_of_children_that_are_forgotten_are_the_states_in_order_as_far_as_one_may_be_so_long() {
        var written = new StoredObjects();
        var machine = machine("{\"InputType\":\"JSONL\"}", "");
        var brief = machines(new Lines(2_000, i -> i + "\n"), written, new ExecutionListener() {})
                .run(machine, "{}");
        var tooLong = machines(
                        new Lines(2_000, i -> "\"" + "x".repeat(200) + "\"\n"), written, new ExecutionListener() {})
                .run(machine, "{}");

        assertThat(brief.output()).isEqualTo(LongStream.range(0, 2_000).boxed().toList());
        assertThat(tooLong.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(Machines.told(tooLong)).anyMatch(event -> event.contains("MapRunSucceeded"));
    }

    @Test
    void a_reading_goes_on_in_another_process_where_it_stood() {
        var journal = new ArrayList<JournalEntry>();
        var asked = new ArrayDeque<Runnable>();
        var machine = machine("{\"InputType\":\"JSONL\"}", "");
        var time = new VirtualScheduler(Machines.START);
        var before = engine(time, new Lines(12_000, i -> i + "\n"))
                .journal(journal::add)
                .blocking(asked::add)
                .build();
        var started = before.start(ExecutionRequest.of(
                machine, "arn:aws:states:us-east-1:111111111111:stateMachine:machine", "e", Map.of()));
        time.run();
        asked.remove().run();
        time.run();
        assertThat(asked).as("the next lines are asked for").hasSize(1);
        assertThat(before.mapRuns(started.arn()).getFirst().itemCounts().succeeded())
                .isBetween(1_000L, 6_000L);

        var again = engine(time, new Lines(12_000, i -> i + "\n"))
                .journal(entry -> {})
                .build();
        var execution = again.restore(journal);
        again.resume();
        time.run();

        assertThat(execution.output())
                .as(execution.cause())
                .isEqualTo(LongStream.range(0, 12_000).boxed().toList());
    }

    private static Engine.Builder engine(VirtualScheduler time, Lines lines) {
        return Engine.builder()
                .scheduler(time)
                .random(new Random(1))
                .objectReader(lines)
                .mapRunBytes(BYTES);
    }
}
