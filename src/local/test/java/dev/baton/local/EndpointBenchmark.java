package dev.baton.local;

import dev.baton.json.Json;
import dev.baton.local.http.Account;
import dev.baton.local.http.Signing;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.Identities;
import dev.baton.local.identity.PolicyAuthorizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;

/// What enforcement costs: the rates of S3's get and put and of StartExecution with policies enforced, as a share of
/// those without.
///
/// Requests are signed beforehand and sent over kept connections, so that it is the server that is measured and not
/// the SDK. Rounds with and without alternate and medians are compared; on a busy machine the CPU time tells more.
///
/// `.ci/bench dev.baton.local.EndpointBenchmark`, with `StartExecution` behind it for that alone
public final class EndpointBenchmark {
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 21;
    private static final long ROUND_NANOS = 300_000_000L;
    private static final int SIZE = 1_024;
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:pass";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
            "Principal":{"Service":"states.amazonaws.com"}}}""";
    private static final String ENCRYPTED = """
            <ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms\
            </SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>\
            </ServerSideEncryptionConfiguration>""";

    private EndpointBenchmark() {}

    /// @param service that the request is for
    /// @param rounds how many are measured: what executions leave behind is kept
    record Kind(
            String name,
            String service,
            String method,
            String path,
            Map<String, String> headers,
            byte[] body,
            int rounds) {
        static Kind s3(String name, String method, String path, int size) {
            return new Kind(name, "s3", method, path, Map.of(), new byte[size], ROUNDS);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var kinds = List.of(
                Kind.s3("get 1 KiB", "GET", "/lake/k", 0),
                Kind.s3("put 1 KiB", "PUT", "/lake/p", SIZE),
                Kind.s3("head", "HEAD", "/lake/k", 0),
                Kind.s3("list 1 of 1", "GET", "/lake?list-type=2&prefix=k", 0),
                Kind.s3("get, KMS", "GET", "/pond/k", 0),
                Kind.s3("put, KMS", "PUT", "/pond/p", SIZE),
                new Kind(
                        "StartExecution",
                        "states",
                        "POST",
                        "/",
                        states("StartExecution"),
                        Json.bytes(Map.of("stateMachineArn", MACHINE, "input", "{}")),
                        ROUNDS / 2));
        try (var enforced = EmbeddedAws.start();
                var open = EmbeddedAws.builder().authorizer(everythingAllowed()).start()) {
            for (var aws : List.of(enforced, open)) {
                var s3 = new Signing(aws.endpoint(), aws.administrator(), "s3");
                s3.send("PUT", "/lake", Map.of(), "");
                s3.send("PUT", "/lake/k", Map.of(), "x".repeat(SIZE));
                s3.send("PUT", "/pond", Map.of(), "");
                s3.send("PUT", "/pond?encryption", Map.of(), ENCRYPTED);
                s3.send("PUT", "/pond/k", Map.of(), "x".repeat(SIZE));
                aws.foundation().identities().role("/", "machine", TRUST);
                new Signing(aws.endpoint(), aws.administrator(), "states")
                        .send(
                                "POST",
                                "/",
                                states("CreateStateMachine"),
                                Json.print(
                                        Map.of(
                                                "name", "pass",
                                                "roleArn", "arn:aws:iam::000000000000:role/machine",
                                                "definition",
                                                        "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}")));
            }
            for (var kind : kinds) {
                if (arguments.length == 0 || kind.name().startsWith(arguments[0])) {
                    compare(kind, enforced, open);
                }
            }
        }
    }

    private static Map<String, String> states(String action) {
        return Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "AWSStepFunctions." + action);
    }

    private static Authorizer everythingAllowed() {
        var identities = new Identities(new Account("000000000000", "us-east-1"), Clock.systemUTC());
        var administrator = identities.administrator("admin", "AKIAAAAAAAAAAAAAAAAA", "secret");
        var allowed = new PolicyAuthorizer(identities)
                .decide(new AccessRequest(
                        administrator.caller(),
                        "s3:GetObject",
                        "arn:aws:s3:::b/k",
                        "000000000000",
                        RequestContext.EMPTY,
                        null));
        return access -> allowed;
    }

    /// One round.
    ///
    /// @param cpuMicros of the whole process, the sending threads included, for each request
    record Round(double rate, double cpuMicros) {}

    private static void compare(Kind kind, EmbeddedAws enforced, EmbeddedAws open) throws Exception {
        for (int warm = 0; warm < 5; warm++) {
            round(kind, enforced);
            round(kind, open);
        }
        var with = new ArrayList<Round>();
        var without = new ArrayList<Round>();
        for (int i = 0; i < kind.rounds(); i++) {
            with.add(round(kind, enforced));
            without.add(round(kind, open));
        }
        System.out.printf(
                "%-14s enforced %,8.0f/s   not enforced %,8.0f/s   ratio of rates %.2f, of CPU time %.2f%n",
                kind.name(),
                median(with, Round::rate),
                median(without, Round::rate),
                median(with, Round::rate) / median(without, Round::rate),
                median(without, Round::cpuMicros) / median(with, Round::cpuMicros));
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        return rounds.stream()
                .mapToDouble(of)
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    static Round round(Kind kind, EmbeddedAws aws) throws Exception {
        var request = new Signing(aws.endpoint(), aws.administrator(), kind.service())
                .sign(kind.method(), kind.path(), kind.headers(), kind.body())
                .bytes();
        long start = System.nanoTime();
        long cpu = cpuNanos();
        long end = start + ROUND_NANOS;
        try (var executor = Executors.newFixedThreadPool(CLIENTS)) {
            var calls = new ArrayList<Callable<Long>>();
            for (int i = 0; i < CLIENTS; i++) {
                calls.add(() -> send(aws.endpoint(), request, kind.method().equals("HEAD"), end));
            }
            long count = 0;
            for (var future : executor.invokeAll(calls)) {
                count += future.get();
            }
            return new Round(count * 1e9 / (System.nanoTime() - start), (cpuNanos() - cpu) / 1e3 / Math.max(1, count));
        }
    }

    /// What the process used so far, from Linux or whoever else tells it.
    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private static long send(URI endpoint, byte[] request, boolean head, long end) throws IOException {
        try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            long count = 0;
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(request);
                receive(in, head);
                count++;
            }
            return count;
        }
    }

    private static void receive(InputStream in, boolean head) throws IOException {
        var line = new StringBuilder();
        int length = 0;
        boolean first = true;
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the server went away");
            }
            if (next != '\n') {
                line.append((char) next);
                continue;
            }
            var text = line.toString().strip();
            line.setLength(0);
            if (first && !text.contains(" 200 ")) {
                throw new IOException(text);
            }
            first = false;
            if (text.isEmpty()) {
                in.skipNBytes(head ? 0 : length);
                return;
            }
            if (text.startsWith("Content-Length: ")) {
                length = Integer.parseInt(text.substring("Content-Length: ".length()));
            }
        }
    }
}
