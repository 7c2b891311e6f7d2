package dev.baton.local.lambda.process;

import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.logs.LogStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The lines that Lambda itself writes around those of an invocation.
public record InvocationLines(LogStream log, Invocation invocation) {

    public void start(String version) {
        log.add("START RequestId: " + invocation.requestId() + " Version: " + version);
    }

    /// @param init how long the start of the process took, where it was started for this invocation
    /// @param status such as `timeout`; null where the function answered
    public void end(
            Duration duration,
            int memoryMegabytes,
            long megabytesUsed,
            @Nullable Duration init,
            @Nullable String status) {
        var report = new StringBuilder(String.format(
                Locale.ROOT,
                "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB\t",
                invocation.requestId(),
                duration.toNanos() / 1e6,
                (duration.toNanos() + 999_999) / 1_000_000,
                memoryMegabytes,
                megabytesUsed));
        if (init != null) {
            report.append(String.format(Locale.ROOT, "Init Duration: %.2f ms\t", init.toNanos() / 1e6));
        }
        if (status != null) {
            report.append("Status: ").append(status);
        }
        var end = "END RequestId: " + invocation.requestId();
        log.add(
                "timeout".equals(status)
                        ? List.of(timedOut(duration), end, report.toString())
                        : List.of(end, report.toString()));
    }

    private String timedOut(Duration duration) {
        return String.format(
                Locale.ROOT, "%s Task timed out after %.2f seconds", invocation.requestId(), duration.toNanos() / 1e9);
    }

    /// What a handler threw, as the Java runtime writes it.
    public void thrown(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        log.add(text.toString().stripTrailing());
    }
}
