package dev.baton.lambda;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.farm.Ledger;
import dev.baton.task.run.PinInvocation;
import dev.baton.task.run.PinResult;
import dev.baton.task.run.TaskInvocation;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What Baton itself costs in a warm invocation of a task that runs: everything but the calls of STS and S3. They
/// are made to a simulated AWS in this process through the SDK's own clients, and their time, marshalling and
/// signatures included, is taken off. What the task itself does, a sum over two lines, and the two signed requests
/// beside STS and S3 stay in.
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
        var sdk = new double[MEASURED];
        var calls = 0L;
        for (var round = 0; round < MEASURED; round++) {
            var measured = measure(WARM + round);
            wall[round] = (measured.wallNanos() - measured.sdkNanos()) / 1e3;
            processor[round] = measured.processorNanos() / 1e3;
            sdk[round] = measured.sdkNanos() / 1e3;
            calls = measured.calls();
        }
        System.out.printf(
                Locale.ROOT,
                "warm invocation, medians of %d: Baton %.0f us, STS and S3 %.0f us in %d calls; processor time of both"
                        + " %.0f us%n",
                MEASURED,
                median(wall),
                median(sdk),
                calls,
                median(processor));
        System.out.printf(Locale.ROOT, "Baton's share of a millisecond: %.2f%n", median(wall) / 1_000);
    }

    private record Measured(long wallNanos, long processorNanos, long sdkNanos, long calls) {}

    private static Measured measure(int round) {
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
        SdkTime.reset();
        var processor = threads.getCurrentThreadCpuTime();
        var wall = System.nanoTime();
        var answer = farm.call("Weighed", event, wires);
        var measured = new Measured(
                System.nanoTime() - wall,
                threads.getCurrentThreadCpuTime() - processor,
                SdkTime.nanos(),
                SdkTime.calls());
        if (!"RAN".equals(answer.get("outcome"))) {
            throw new IllegalStateException(String.valueOf(answer));
        }
        if (measured.calls() == 0) {
            throw new IllegalStateException("the SDK's calls were not seen");
        }
        return measured;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
