package dev.baton.cli.audit;

import com.sun.management.OperatingSystemMXBean;
import dev.baton.cli.Call;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.compiler.Compiler;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The cost of evidence: an export of about 100,000 lines out of histories of an embedded AWS in this process, its
/// verification, and the memory that sorting and chaining holds for 100,000 and for 1,000,000 lines, after a collection
/// in the middle of them. Processor time is that of the whole process, the embedded AWS included.
///
/// `.ci/bench dev.baton.cli.audit.AuditBenchmark`
public final class AuditBenchmark {
    private static final int EXECUTIONS = 5;
    private static final int TURNS = 5_000;
    private static final int LOOK_MILLIS = 50;
    private static final double NANOS = 1e9;
    private static final int MIB = 1 << 20;
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private AuditBenchmark() {}

    /// Prints seconds and MiB.
    public static void main(String[] arguments) throws Exception {
        Call.silenceLogs();
        var file = Files.createTempFile("evidence", ".jsonl");
        try {
            throughHistories(file);
            for (var lines : List.of(100_000, 1_000_000)) {
                sorted(lines);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void throughHistories(Path file) throws IOException, InterruptedException {
        try (var cloud = new LocalCloud(0, null)) {
            cloud.deploy(Compiler.compile(TestPipelines.APIARY));
            var endpoint = cloud.endpoint();
            var states = endpoint.states();
            var machine = DeployedPipeline.of(endpoint, "apiary").machine();
            states.updateStateMachine(
                    request -> request.stateMachineArn(machine).definition("""
                    {"QueryLanguage": "JSONata", "StartAt": "Turn", "States": {
                      "Turn": {"Type": "Pass", "Output": "{%% {'n': $states.input.n + 1} %%}", "Next": "Again"},
                      "Again": {"Type": "Choice", "Default": "Done",
                        "Choices": [{"Condition": "{%% $states.input.n < %d %%}", "Next": "Turn"}]},
                      "Done": {"Type": "Succeed"}}}""".formatted(TURNS)));
            for (var i = 0; i < EXECUTIONS; i++) {
                var arn = states.startExecution(
                                request -> request.stateMachineArn(machine).input("{\"n\": 0}"))
                        .executionArn();
                while (states.describeExecution(request -> request.executionArn(arn))
                                .status()
                        == ExecutionStatus.RUNNING) {
                    Thread.sleep(LOOK_MILLIS);
                }
            }
            var scope = AuditScope.of(null, null, new TreeSet<>(), new TreeSet<>(), Instant.now());
            var begun = begin();
            ChainHead head;
            try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                head = new AuditExport(endpoint, LocalCloud.STATE_BUCKET, List.of(), finding -> {}).write(scope, out);
            }
            print("export of " + head.lines() + " lines, from histories over HTTP", begun);
            begun = begin();
            try (var in = new BufferedInputStream(Files.newInputStream(file))) {
                var found = AuditVerification.of("evidence", in).findings().size();
                print("verification of " + (Files.size(file) / MIB) + " MiB, " + found + " findings", begun);
            }
        }
    }

    private static void sorted(int count) throws IOException {
        var begun = begin();
        try (var lines = new SortedLines()) {
            for (var i = 0; i < count; i++) {
                lines.add(new EvidenceLine(
                        Instant.ofEpochMilli((i * 7_919L) % count),
                        AuditKind.TRANSITION,
                        "arn:aws:states:us-east-1:000000000000:execution:baton-weather:weather-2012#" + i,
                        Map.of("event", "TaskStateEntered", "pipeline", "weather", "state", "State" + i % 100)));
            }
            var chain = new HashChain(OutputStream.nullOutputStream());
            chain.begin(Map.of());
            var held = new long[2];
            lines.forEach(line -> {
                chain.add(line);
                if (++held[0] == count / 2) {
                    System.gc();
                    held[1] = Runtime.getRuntime().totalMemory()
                            - Runtime.getRuntime().freeMemory();
                }
            });
            chain.end();
            print(count + " lines sorted and chained, " + held[1] / MIB + " MiB held", begun);
        }
    }

    private static void print(String what, long[] begun) {
        System.out.printf(
                Locale.ROOT,
                "%-70s %6.2f s (%.2f s of processors)%n",
                what,
                (System.nanoTime() - begun[0]) / NANOS,
                (MACHINE.getProcessCpuTime() - begun[1]) / NANOS);
    }

    private static long[] begin() {
        return new long[] {System.nanoTime(), MACHINE.getProcessCpuTime()};
    }
}
