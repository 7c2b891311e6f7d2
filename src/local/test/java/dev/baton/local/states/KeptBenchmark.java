package dev.baton.local.states;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.RawHttp;
import dev.baton.local.http.Signing;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What keeping executions in a folder costs: executions a second, started by requests that were signed beforehand,
/// with and without a folder in alternation.
///
/// `.ci/bench dev.baton.local.states.KeptBenchmark`
public final class KeptBenchmark {
    private static final int CLIENTS = 8;
    private static final int EXECUTIONS = 2_000;
    private static final int ROUNDS = 25;

    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
            + "\"sts:AssumeRole\",\"Principal\":{\"Service\":\"states.amazonaws.com\"}}]}";

    private KeptBenchmark() {}

    /// One of the two, and how many executions of its have succeeded.
    private record Side(EmbeddedAws aws, byte[] request, AtomicInteger succeeded) {
        static Side of(EmbeddedAws aws, int length) throws Exception {
            var states = IntStream.range(0, length)
                    .mapToObj(i -> "\"S" + i + "\":{\"Type\":\"Pass\","
                            + (i + 1 < length ? "\"Next\":\"S" + (i + 1) + "\"}" : "\"End\":true}"))
                    .collect(Collectors.joining(","));
            aws.foundation().identities().role("/", "benchmark", TRUST);
            var signing = new Signing(aws.endpoint(), aws.administrator(), "states");
            var name = "chain-of-" + length;
            signing.send(
                    "POST",
                    "/",
                    target("CreateStateMachine"),
                    Json.print(Map.of(
                            "name",
                            name,
                            "roleArn",
                            "arn:aws:iam::000000000000:role/benchmark",
                            "definition",
                            "{\"StartAt\":\"S0\",\"States\":{" + states + "}}")));
            var body = Json.bytes(Map.of(
                    "stateMachineArn",
                    "arn:aws:states:us-east-1:000000000000:stateMachine:" + name,
                    "input",
                    "{\"city\":\"seattle\"}"));
            var succeeded = new AtomicInteger();
            aws.states().observe(new ExecutionListener() {
                @Override
                public void statusChanged(Execution execution) {
                    if (execution.status() == ExecutionStatus.SUCCEEDED) {
                        succeeded.incrementAndGet();
                    }
                }
            });
            return new Side(
                    aws,
                    signing.sign("POST", "/", target("StartExecution"), body).bytes(),
                    succeeded);
        }

        private static Map<String, String> target(String action) {
            return Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "AWSStepFunctions." + action);
        }

        double round() throws Exception {
            var wanted = succeeded.get() + EXECUTIONS;
            try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
                var begin = System.nanoTime();
                var work = IntStream.range(0, CLIENTS)
                        .mapToObj(client -> (Callable<Integer>) () -> send(EXECUTIONS / CLIENTS))
                        .toList();
                for (var done : threads.invokeAll(work)) {
                    done.get();
                }
                while (succeeded.get() < wanted) {
                    Thread.onSpinWait();
                }
                return EXECUTIONS / ((System.nanoTime() - begin) / 1e9);
            }
        }

        private int send(int times) throws IOException {
            try (var http = new RawHttp(aws.endpoint())) {
                http.socket().setTcpNoDelay(true);
                for (var i = 0; i < times; i++) {
                    var answer = http.send(request).answer();
                    if (answer.status() != 200) {
                        throw new IOException(answer.text());
                    }
                }
                return times;
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("kept");
        try (var without = EmbeddedAws.start();
                var with = EmbeddedAws.builder().folder(folder).start()) {
            for (var length : new int[] {1, 5, 100}) {
                compare(length, Side.of(with, length), Side.of(without, length));
            }
        }
    }

    private static void compare(int length, Side with, Side without) throws Exception {
        var kept = new double[ROUNDS];
        var unkept = new double[ROUNDS];
        for (var round = -3; round < ROUNDS; round++) {
            var one = with.round();
            var other = without.round();
            if (round >= 0) {
                kept[round] = one;
                unkept[round] = other;
            }
        }
        Arrays.sort(kept);
        Arrays.sort(unkept);
        System.out.printf(
                Locale.ROOT,
                "chain of %-4d kept %,8.0f executions/s   not kept %,8.0f   ratio %.2f%n",
                length,
                kept[ROUNDS / 2],
                unkept[ROUNDS / 2],
                kept[ROUNDS / 2] / unkept[ROUNDS / 2]);
    }
}
