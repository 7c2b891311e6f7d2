package dev.baton.local.states;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.json.Json;
import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.RawHttp;
import dev.baton.local.http.Signing;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Transitions a second through the endpoint, as a client of the SDK sees them: from StartExecution until
/// DescribeExecution answers SUCCEEDED. Signatures are verified, policies enforced, full history kept. Beside each
/// rate stands how many times it is of floci's, the fastest of the other emulators (measured on a machine like
/// ours).
///
/// `.ci/bench dev.baton.local.states.StatesBenchmark`
public final class StatesBenchmark {
    private static final int ROUNDS = 200;
    private static final int CLIENTS = 8;
    private static final int EXECUTIONS = 1_000;

    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
            + "\"sts:AssumeRole\",\"Principal\":{\"Service\":\"states.amazonaws.com\"}}]}";

    private StatesBenchmark() {}

    /// @param transitions of one execution
    /// @param others floci's transitions a second
    private record Machine(String name, String definition, String input, int transitions, double others) {}

    public static void main(String[] arguments) throws Exception {
        try (var aws = EmbeddedAws.start();
                var clients = new Clients(aws);
                var iam = clients.iam();
                var states = clients.sfn()) {
            iam.createRole(request -> request.roleName("benchmark").assumeRolePolicyDocument(TRUST));
            for (var machine : new Machine[] {chain(1_000), map(1_000), parallel(100, 10), loop(1_000)}) {
                var arn = create(states, machine);
                run(states, arn, machine, ROUNDS);
                var seconds = IntStream.range(0, ROUNDS)
                        .mapToDouble(round -> run(states, arn, machine, 1))
                        .sorted()
                        .toArray();
                print(machine, machine.transitions() / seconds[ROUNDS / 2]);
            }
            concurrently(states);
            signedBeforehand(aws, states);
        }
    }

    private static void concurrently(SfnClient states) throws Exception {
        var five = chain(5);
        var machine = new Machine("e 1,000 executions of 5, 8 clients", five.definition(), five.input(), 5, 6_000);
        var arn = create(states, machine);
        var rates = new double[7];
        for (var round = 0; round < rates.length; round++) {
            try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
                var begin = System.nanoTime();
                var work = IntStream.range(0, CLIENTS)
                        .mapToObj(client -> (Callable<Double>) () -> run(states, arn, machine, EXECUTIONS / CLIENTS))
                        .toList();
                for (var done : threads.invokeAll(work)) {
                    done.get();
                }
                rates[round] = EXECUTIONS * machine.transitions() / ((System.nanoTime() - begin) / 1e9);
            }
        }
        Arrays.sort(rates);
        print(machine, rates[rates.length / 2]);
    }

    /// The same executions, started over kept connections by requests that were signed beforehand, until the last
    /// has succeeded: the server, without what the SDK's clients need of the same two cores.
    private static void signedBeforehand(EmbeddedAws aws, SfnClient states) throws Exception {
        var five = chain(5);
        var machine = new Machine("e the same, signed beforehand", five.definition(), five.input(), 5, 6_000);
        var arn = create(states, machine);
        var body = Json.bytes(Map.of("stateMachineArn", arn, "input", machine.input()));
        var headers =
                Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "AWSStepFunctions.StartExecution");
        var request = new Signing(aws.endpoint(), aws.administrator(), "states")
                .sign("POST", "/", headers, body)
                .bytes();
        var succeeded = new AtomicInteger();
        aws.states().observe(new ExecutionListener() {
            @Override
            public void statusChanged(Execution execution) {
                if (execution.status() == dev.baton.engine.execution.ExecutionStatus.SUCCEEDED) {
                    succeeded.incrementAndGet();
                }
            }
        });
        var rates = new double[15];
        for (var round = 0; round < rates.length; round++) {
            var wanted = (round + 1) * EXECUTIONS;
            try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
                var begin = System.nanoTime();
                var work = IntStream.range(0, CLIENTS)
                        .mapToObj(client -> (Callable<Integer>) () -> send(aws, request, EXECUTIONS / CLIENTS))
                        .toList();
                for (var done : threads.invokeAll(work)) {
                    done.get();
                }
                while (succeeded.get() < wanted) {
                    Thread.onSpinWait();
                }
                rates[round] = EXECUTIONS * machine.transitions() / ((System.nanoTime() - begin) / 1e9);
            }
        }
        Arrays.sort(rates);
        print(machine, rates[rates.length / 2]);
    }

    private static int send(EmbeddedAws aws, byte[] request, int times) throws IOException {
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

    /// @return seconds
    private static double run(SfnClient states, String arn, Machine machine, int times) {
        var begin = System.nanoTime();
        for (var i = 0; i < times; i++) {
            var execution = states.startExecution(
                            request -> request.stateMachineArn(arn).input(machine.input()))
                    .executionArn();
            while (true) {
                var status = states.describeExecution(request -> request.executionArn(execution))
                        .status();
                if (status == ExecutionStatus.SUCCEEDED) {
                    break;
                }
                if (status != ExecutionStatus.RUNNING) {
                    throw new IllegalStateException(machine.name() + " ended " + status);
                }
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void print(Machine machine, double rate) {
        System.out.printf(
                Locale.ROOT, "%-36s %,12.0f transitions/s  %5.1f x%n", machine.name(), rate, rate / machine.others());
    }

    private static String create(SfnClient states, Machine machine) {
        return states.createStateMachine(request -> request.name(machine.name().replaceAll("[^a-z0-9]", "-"))
                        .roleArn("arn:aws:iam::000000000000:role/benchmark")
                        .definition(machine.definition()))
                .stateMachineArn();
    }

    private static Machine chain(int length) {
        var states =
                IntStream.range(0, length).mapToObj(i -> pass("S", i, length)).collect(Collectors.joining(","));
        return machine("a chain of " + length, "S0", states, "{\"city\":\"seattle\"}", length, 56_000);
    }

    private static Machine map(int items) {
        var input = IntStream.range(0, items).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        return machine(
                "b map over " + items,
                "M",
                "\"M\":{\"Type\":\"Map\",\"End\":true,\"ItemsPath\":\"$.items\",\"ItemProcessor\":{\"StartAt\":\"P\","
                        + "\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}}",
                "{\"items\":" + input + "}",
                items + 1,
                29_000);
    }

    private static Machine parallel(int branches, int length) {
        var states = IntStream.range(0, branches)
                .mapToObj(branch -> "{\"StartAt\":\"B" + branch + "S0\",\"States\":{"
                        + IntStream.range(0, length)
                                .mapToObj(i -> pass("B" + branch + "S", i, length))
                                .collect(Collectors.joining(","))
                        + "}}")
                .collect(Collectors.joining(","));
        return machine(
                "c parallel " + branches + " x " + length,
                "P",
                "\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[" + states + "]}",
                "{}",
                branches * length + 1,
                70_000);
    }

    private static Machine loop(int rounds) {
        return machine(
                "d loop of " + rounds,
                "C",
                "\"C\":{\"Type\":\"Choice\",\"Default\":\"E\",\"Choices\":[{\"Variable\":\"$.n\",\"NumericLessThan\":"
                        + rounds + ",\"Next\":\"A\"}]},\"A\":{\"Type\":\"Pass\",\"Parameters\":{\"n.$\":"
                        + "\"States.MathAdd($.n, 1)\"},\"Next\":\"C\"},\"E\":{\"Type\":\"Succeed\"}",
                "{\"n\":0}",
                2 * rounds + 2,
                114_000);
    }

    private static String pass(String prefix, int i, int length) {
        var next = i + 1 < length ? "\"Next\":\"" + prefix + (i + 1) + "\"" : "\"End\":true";
        return "\"" + prefix + i + "\":{\"Type\":\"Pass\"," + next + "}";
    }

    private static Machine machine(
            String name, String start, String states, String input, int transitions, double others) {
        var definition = "{\"StartAt\":\"" + start + "\",\"States\":{" + states + "}}";
        return new Machine(name, definition, input, transitions, others);
    }
}
