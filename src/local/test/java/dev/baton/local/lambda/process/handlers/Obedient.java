package dev.baton.local.lambda.process.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/// Does what its event, a JSON string, says. It runs in a process of its own, with nothing but the JDK and Lambda's
/// own classes.
public final class Obedient implements RequestStreamHandler {
    private static int invocations;

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var order = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\"", "");
        invocations++;
        switch (order) {
            case "fail" -> throw new IllegalStateException("as told");
            case "exit" -> System.exit(3);
            case "die" -> Runtime.getRuntime().halt(137);
            case "hang" -> {
                System.out.println("hanging");
                while (true) {
                    Thread.onSpinWait();
                }
            }
            case "print" -> {
                System.out.println("one line");
                System.err.println("and another");
                context.getLogger().log("a third\n");
                say(out, "printed");
            }
            case "count" -> say(out, ProcessHandle.current().pid() + " " + invocations);
            case "large" -> out.write(("\"" + "x".repeat(7 << 20) + "\"").getBytes(StandardCharsets.UTF_8));
            case "environment" -> say(out, String.join(",", new TreeMap<>(System.getenv()).keySet()));
            case "context" ->
                say(
                        out,
                        String.join(
                                ",",
                                context.getFunctionName(),
                                context.getFunctionVersion(),
                                context.getInvokedFunctionArn(),
                                context.getAwsRequestId(),
                                Integer.toString(context.getMemoryLimitInMB()),
                                Boolean.toString(context.getRemainingTimeInMillis() > 1_000),
                                String.valueOf(
                                        context.getClientContext().getCustom().get("who")),
                                System.getProperty("com.amazonaws.xray.traceHeader"),
                                Long.toString(Runtime.getRuntime().maxMemory() >> 20),
                                System.getProperty("java.io.tmpdir")));
            case "fill" -> {
                // Its size is what counts, and its bytes need not be there.
                try (var file = new RandomAccessFile(System.getProperty("java.io.tmpdir") + "/filled", "rw")) {
                    file.setLength((512L << 20) + 1);
                }
                say(out, "filled");
            }
            case "meet" -> {
                // Two processes of one task root meet in it.
                Files.createTempFile(Path.of("met"), "process", "");
                while (Path.of("met").toFile().list().length < 2) {
                    Thread.onSpinWait();
                }
                say(out, ProcessHandle.current().pid() + " " + invocations);
            }
            default -> say(out, System.getenv(order));
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(("\"" + text + "\"").getBytes(StandardCharsets.UTF_8));
    }
}
