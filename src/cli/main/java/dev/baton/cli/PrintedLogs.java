package dev.baton.cli;

import dev.baton.local.lambda.Invocation;
import dev.baton.local.lambda.InvocationObserver;
import java.io.PrintWriter;

/// Prints what functions write to their logs, each line after the function's name.
final class PrintedLogs implements InvocationObserver {
    private final PrintWriter out;

    PrintedLogs(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void logged(Invocation invocation, String text) {
        text.lines().forEach(line -> out.println(invocation.function() + "  " + line));
    }
}
