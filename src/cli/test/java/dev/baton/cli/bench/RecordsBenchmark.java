package dev.baton.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.baton.cli.Call;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Copies;
import dev.baton.compiler.Compiler;
import dev.baton.task.Pipeline;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The cost of profiles: a run of 100 tasks, each of which writes 366 rows of six columns, with them and without, in
/// turns, on an embedded AWS in this process. Medians over the rounds; processor time, which a busy machine distorts
/// less, is that of the whole process, the embedded AWS included.
///
/// `.ci/bench dev.baton.cli.bench.RecordsBenchmark`, with the number of rounds behind it, else 15.
public final class RecordsBenchmark {
    private static final int ROUNDS = 15;
    private static final int WARM_UP = 3;
    private static final int FIRST_YEAR = 1000;
    private static final int LOOK_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private RecordsBenchmark() {}

    /// How long a run took.
    private record Taken(long wallNanos, long processorNanos) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f ms (%.0f)", wallNanos / 1e6, processorNanos / 1e6);
        }
    }

    /// Prints medians and their ratio.
    public static void main(String[] arguments) throws Exception {
        var rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        Call.silenceLogs();
        System.setProperty(Copies.PROPERTY, "true");
        try (var cloud = new LocalCloud(0, null)) {
            cloud.deploy(Compiler.compile(Copies.COUNTED));
            cloud.deploy(Compiler.compile(Copies.PLAIN));
            var with = new Taken[rounds];
            var without = new Taken[rounds];
            for (var round = -WARM_UP; round < rounds; round++) {
                var first = run(cloud, round % 2 == 0 ? Copies.COUNTED : Copies.PLAIN, FIRST_YEAR + round + WARM_UP);
                var second = run(cloud, round % 2 == 0 ? Copies.PLAIN : Copies.COUNTED, FIRST_YEAR + round + WARM_UP);
                if (round >= 0) {
                    with[round] = round % 2 == 0 ? first : second;
                    without[round] = round % 2 == 0 ? second : first;
                    System.out.println("round " + round + ": with " + with[round] + ", without " + without[round]);
                }
            }
            print(
                    "wall time",
                    Arrays.stream(with).mapToLong(Taken::wallNanos).toArray(),
                    Arrays.stream(without).mapToLong(Taken::wallNanos).toArray());
            print(
                    "processor time",
                    Arrays.stream(with).mapToLong(Taken::processorNanos).toArray(),
                    Arrays.stream(without).mapToLong(Taken::processorNanos).toArray());
        }
    }

    private static Taken run(LocalCloud cloud, Pipeline pipeline, int year) throws InterruptedException {
        var aws = cloud.endpoint();
        var machine = DeployedPipeline.of(aws, pipeline.name()).machine();
        var before = executions(aws, machine).size();
        var begun = System.nanoTime();
        var processor = MACHINE.getProcessCpuTime();
        aws.s3()
                .putObject(
                        request -> request.bucket("lake").key("landing/" + pipeline.name() + "/" + year + ".csv"),
                        RequestBody.fromString(table(year)));
        var patience = begun + PATIENCE.toNanos();
        while (System.nanoTime() < patience) {
            var executions = executions(aws, machine);
            if (executions.size() > before && executions.getFirst().status() == ExecutionStatus.SUCCEEDED) {
                var took = Duration.between(
                        executions.getFirst().startDate(), executions.getFirst().stopDate());
                return new Taken(took.toNanos(), MACHINE.getProcessCpuTime() - processor);
            }
            if (executions.size() > before && executions.getFirst().status() != ExecutionStatus.RUNNING) {
                throw new IllegalStateException("the run ended: "
                        + aws.states()
                                .describeExecution(request -> request.executionArn(
                                        executions.getFirst().executionArn())));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException("the upload of " + year + " has started nothing that ends within " + PATIENCE);
    }

    private static List<ExecutionListItem> executions(Endpoint aws, String machine) {
        return aws.states()
                .listExecutions(request -> request.stateMachineArn(machine))
                .executions();
    }

    private static String table(int round) {
        return IntStream.range(0, 366)
                .mapToObj(row -> "2012-01-01," + (row * 7 + round) % 500 / 10.0 + "," + row % 40 + ".5," + row % 30
                        + ",x," + (row % 5 == 0 ? "" : "sun"))
                .collect(Collectors.joining("\n", "date,rain,max,min,kind,sky\n", "\n"));
    }

    private static void print(String what, long[] with, long[] without) {
        Arrays.sort(with);
        Arrays.sort(without);
        var one = with[with.length / 2] / 1e6;
        var other = without[without.length / 2] / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%-15s with profiles %8.1f ms, without %8.1f ms: %+.1f %%%n",
                what,
                one,
                other,
                (one / other - 1) * 100);
    }
}
