package dev.baton.cli.output;

import dev.baton.local.lambda.InvocationObserver;
import dev.baton.local.lambda.function.Invocation;
import java.io.PrintWriter;

/// Prints what functions write to their logs, each line after the function's name.
public final class PrintedLogs implements InvocationObserver {
    private final PrintWriter out;

    public PrintedLogs(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void logged(Invocation invocation, String text) {
        text.lines().forEach(line -> out.println(invocation.function() + "  " + line));
    }
}
