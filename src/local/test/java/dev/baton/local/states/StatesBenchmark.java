package dev.baton.local.states;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import dev.baton.local.iam.Caller;
import dev.baton.local.iam.policy.Principal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// What Step Functions' API costs besides the engine and the wire: executions of five states a second; run `main`.
final class StatesBenchmark {
    private static final Caller ADMINISTRATOR =
            new Caller(new Principal.Root("aws", "000000000000"), "000000000000", null);
    private static final int EXECUTIONS = 1_000;
    private static final int THREADS = 8;

    private StatesBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        try (var aws = EmbeddedAws.start()) {
            aws.foundation().identities().role("/", "r", """
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole"}}""");
            var machine = call(aws, "CreateStateMachine", Map.of(
                            "name", "five",
                            "roleArn", "arn:aws:iam::000000000000:role/r",
                            "definition", "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Pass\",\"Next\":\"C\"},\"C\":{\"Type\":\"Pass\",\"Next\":\"D\"},\"D\":{\"Type\":\"Pass\",\"Next\":\"E\"},\"E\":{\"Type\":\"Succeed\"}}}"))
                    .get("stateMachineArn");
            var best = 0.0;
            for (var round = 0; round < 20; round++) {
                best = Math.max(best, round(aws, (String) machine));
            }
            System.out.printf("%,.0f executions of five states a second%n", best);
        }
    }

    private static double round(EmbeddedAws aws, String machine) throws InterruptedException {
        var left = new AtomicInteger(EXECUTIONS);
        var closed = new CountDownLatch(EXECUTIONS);
        var threads = new ArrayList<Thread>();
        var start = System.nanoTime();
        for (var i = 0; i < THREADS; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (left.getAndDecrement() > 0) {
                    var answer = call(aws, "StartExecution", Map.of("stateMachineArn", machine, "input", "{\"n\":1}"));
                    var execution = aws.states().engine().execution((String) answer.get("executionArn"));
                    execution.orElseThrow().closed().thenRun(closed::countDown);
                }
            }));
        }
        closed.await();
        return EXECUTIONS * 1e9 / (System.nanoTime() - start);
    }

    private static Map<String, Object> call(EmbeddedAws aws, String action, Map<String, Object> input) {
        var bytes = Json.bytes(input);
        try {
            var response = aws.states()
                    .service()
                    .handle(new AwsRequest(
                            "POST",
                            "/",
                            "",
                            Headers.of("X-Amz-Target", "AWSStepFunctions." + action),
                            new Content(bytes),
                            new AwsRequest.Signed(ADMINISTRATOR, "", "us-east-1", false, 0),
                            "id",
                            "127.0.0.1",
                            Instant.now()));
            return Json.parseObject(((AwsResponse.Bytes) response.body()).bytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Content(byte[] bytes) implements AwsRequest.Body {
        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public Headers trailers() {
            return new Headers();
        }
    }
}
