package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Node.js, which CDK runs in: it is TypeScript, and reached from Java through jsii.
public final class NodeRuntime {
    /// The oldest that this version of CDK takes.
    public static final int OLDEST = 20;

    private static final Pattern VERSION = Pattern.compile("v([0-9]+)\\..*", Pattern.DOTALL);
    private static final long PATIENCE_SECONDS = 20;

    private NodeRuntime() {}

    /// The reason for which CDK cannot run here; empty where it can.
    public static Optional<String> problem() {
        // jsii looks there first.
        var command = System.getenv().getOrDefault("JSII_NODE", "node");
        try {
            var process = new ProcessBuilder(command, "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                return Optional.of(command + " --version gives no answer");
            }
            var version = VERSION.matcher(answer);
            return version.matches() && Integer.parseInt(version.group(1)) >= OLDEST
                    ? Optional.empty()
                    : Optional.of(command + " is " + (answer.isEmpty() ? "no Node.js" : answer));
        } catch (IOException e) {
            return Optional.of("there is no " + command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /// @throws DiagnosticException ENV008 when CDK cannot run here
    public static void require() {
        problem().ifPresent(problem -> {
            throw new DiagnosticException(Environment.withoutNode(problem, OLDEST));
        });
    }
}
