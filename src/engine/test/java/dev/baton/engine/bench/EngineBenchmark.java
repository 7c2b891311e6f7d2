package dev.baton.engine.bench;

import dev.baton.engine.Engine;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.time.VirtualScheduler;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// How fast the engine is: `main` prints, for each workload, transitions a second with full history, against its
/// target; whether cost is linear; and what an execution that waits keeps in memory. Not a test: it measures the
/// machine too.
///
/// The argument is how many executions are to wait, 0 for none, so that the rest can be measured in a small heap.
/// Run it from the repository's top: `mvn -q -Dfast -pl src/engine -am test-compile`, then this class on the test
/// class path.
public final class EngineBenchmark {
    private static final String MACHINE = "arn:aws:states:us-east-1:111111111111:stateMachine:bench";
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final int SAMPLES = 7;
    private static final Duration SAMPLE = Duration.ofMillis(700);

    private EngineBenchmark() {}

    public static void main(String[] arguments) {
        var waiting = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        report(Workload.chain(false, 1_000), 1_500_000);
        report(Workload.map(false, 1_000), 1_000_000);
        report(Workload.parallel(100, 10), 1_000_000);
        report(Workload.loop(false, 1_000), 700_000);
        report(Workload.five(), 0);
        report(Workload.chain(true, 1_000), 250_000);
        report(Workload.map(true, 1_000), 250_000);
        report(Workload.loop(true, 1_000), 250_000);
        linear(Workload.chain(false, 1_000), Workload.chain(false, 10_000));
        linear(Workload.map(false, 400), Workload.map(false, 4_000));
        linear(Workload.loop(false, 400), Workload.loop(false, 4_000));
        if (waiting > 0) {
            memory(waiting);
        }
    }

    private static void report(Workload workload, int target) {
        run(workload, WARM_UP);
        var rates = new double[SAMPLES];
        var ofProcessor = new double[SAMPLES];
        for (var i = 0; i < SAMPLES; i++) {
            var sample = run(workload, SAMPLE);
            rates[i] = sample.perSecond();
            ofProcessor[i] = sample.perProcessorSecond();
        }
        Arrays.sort(rates);
        Arrays.sort(ofProcessor);
        var median = rates[SAMPLES / 2];
        print(
                "%-32s %,12.0f transitions/s (%,.0f to %,.0f; %,.0f a second of the thread's own)%s",
                workload.name(),
                median,
                rates[0],
                rates[SAMPLES - 1],
                ofProcessor[SAMPLES / 2],
                target == 0 ? "" : String.format(Locale.ROOT, "  %.2f x target", median / target));
    }

    /// Transitions a second of the clock, and a second that the thread had a processor: on a busy machine they
    /// differ.
    private record Rate(double perSecond, double perProcessorSecond) {}

    /// As many executions as fit.
    private static Rate run(Workload workload, Duration duration) {
        var threads = ManagementFactory.getThreadMXBean();
        var start = System.nanoTime();
        var startOfThread = threads.getCurrentThreadCpuTime();
        var end = start + duration.toNanos();
        var executions = 0L;
        while (System.nanoTime() < end) {
            once(workload);
            executions++;
        }
        var transitions = executions * (double) workload.transitions();
        return new Rate(
                transitions * 1e9 / (System.nanoTime() - start),
                transitions * 1e9 / (threads.getCurrentThreadCpuTime() - startOfThread));
    }

    private static void once(Workload workload) {
        var time = new VirtualScheduler(Instant.EPOCH);
        var engine = Engine.builder()
                .scheduler(time)
                .random(new Random(1))
                .taskTokens(() -> "t")
                .build();
        var execution = engine.start(ExecutionRequest.of(workload.machine(), MACHINE, "e", workload.input()));
        time.run();
        if (execution.status() != ExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException(execution.error() + ": " + execution.cause());
        }
    }

    /// Alternates, so that what else the machine does falls on both.
    private static void linear(Workload small, Workload large) {
        var ratios = new double[SAMPLES];
        run(small, SAMPLE);
        run(large, SAMPLE);
        for (var i = 0; i < SAMPLES; i++) {
            var ofSmall = small.transitions() / run(small, SAMPLE).perProcessorSecond();
            var ofLarge = large.transitions() / run(large, SAMPLE).perProcessorSecond();
            ratios[i] = ofLarge / ofSmall;
        }
        Arrays.sort(ratios);
        print(
                "%s -> %s: %.1f x the time for %.1f x the transitions",
                small.name(), large.name(), ratios[SAMPLES / 2], (double) large.transitions() / small.transitions());
    }

    private static void memory(int count) {
        var time = new VirtualScheduler(Instant.EPOCH);
        var engine = Engine.builder()
                .scheduler(time)
                .taskTokens(new Tokens()::next)
                .taskHandler((invocation, completion) -> {})
                .build();
        var waits = Workload.waiting();
        var before = used();
        List<Object> kept = new ArrayList<>();
        for (var i = 0; i < count; i++) {
            kept.add(engine.start(ExecutionRequest.of(waits.machine(), MACHINE, "e" + i, waits.input())));
        }
        time.settle();
        var bytes = used() - before;
        print("%,d executions that wait for a task: %,d MB, %,d bytes each", kept.size(), bytes >> 20, bytes / count);
    }

    private static final class Tokens {
        private long number;

        String next() {
            return Long.toString(++number);
        }
    }

    private static long used() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
