package dev.baton.lambda;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.farm.Ledger;
import dev.baton.run.PinInvocation;
import dev.baton.run.PinResult;
import dev.baton.run.TaskInvocation;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What Baton itself costs in a warm invocation of a task that runs: everything but the answers of STS and S3, which a
/// simulated AWS in this process gives. Making, signing and reading the requests stays in, and so does what the task
/// itself does, a sum over two lines.
///
/// `.ci/bench dev.baton.lambda.WarmBenchmark`
public final class WarmBenchmark {
    private static final int WARM = 3_000;
    private static final int MEASURED = 2_001;
    private static final String EXECUTION = "arn:aws:states:eu-central-1:123456789012:execution:baton-farm:";

    private WarmBenchmark() {}

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.OFF);
        for (var round = 0; round < WARM; round++) {
            measure(round);
        }
        var wall = new double[MEASURED];
        var processor = new double[MEASURED];
        var away = new double[MEASURED];
        var requests = 0;
        for (var round = 0; round < MEASURED; round++) {
            var measured = measure(WARM + round);
            wall[round] = (measured.wallNanos() - measured.nanosAway()) / 1e3;
            processor[round] = measured.processorNanos() / 1e3;
            away[round] = measured.nanosAway() / 1e3;
            requests = measured.requests();
        }
        System.out.printf(
                Locale.ROOT,
                "warm invocation, medians of %d: Baton %.0f us, the simulated AWS %.0f us for %d requests; processor"
                        + " time of both %.0f us%n",
                MEASURED,
                median(wall),
                median(away),
                requests,
                median(processor));
        System.out.printf(Locale.ROOT, "Baton's share of a millisecond: %.2f%n", median(wall) / 1_000);
    }

    record Measured(long wallNanos, long processorNanos, long nanosAway, int requests) {}

    static Measured measure(int round) {
        var farm = new Farm();
        Ledger.clear();
        farm.upload(Field.NORTH, 2012, "1\n2\n");
        farm.upload(Field.SOUTH, 2012, "10\n");
        var name = "run" + round;
        var pin = new PinInvocation(
                EXECUTION + name,
                name,
                Instant.parse("2026-11-22T05:00:00Z"),
                Json.parse("{\"parameters\":{\"year\":2012}}"));
        var run = PinResult.of(farm.call("pin", pin.toJson())).run();
        Map<String, ?> event = new TaskInvocation(farm.node("Weighed NORTH").id(), run, EXECUTION + name, 0).toJson();
        var wires = farm.wires();
        var threads = ManagementFactory.getThreadMXBean();
        var processor = threads.getCurrentThreadCpuTime();
        var wall = System.nanoTime();
        var answer = farm.call("Weighed", event, wires);
        var measured = new Measured(
                System.nanoTime() - wall,
                threads.getCurrentThreadCpuTime() - processor,
                wires.nanosAway(),
                wires.sent());
        if (!"RAN".equals(answer.get("outcome"))) {
            throw new IllegalStateException(String.valueOf(answer));
        }
        if (measured.requests() == 0) {
            throw new IllegalStateException("the requests were not seen");
        }
        return measured;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
