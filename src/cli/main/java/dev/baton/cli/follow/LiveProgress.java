package dev.baton.cli.follow;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The lines of [PlainProgress], and below them what runs right now, redrawn as time passes.
final class LiveProgress implements ProgressReport {
    private static final int ROWS = 8;
    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    private final PrintWriter out;
    private final PlainProgress lines;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, RunEvent.Items> maps = new LinkedHashMap<>();
    private int drawn;

    private record Running(String role, long since) {}

    LiveProgress(PrintWriter out) {
        this.out = out;
        this.lines = new PlainProgress(out, TerminalStyle.ANSI);
    }

    @Override
    public void tell(RunEvent event) {
        erase();
        switch (event) {
            case RunEvent.TaskStarted started ->
                running.put(started.node(), new Running(started.role(), System.nanoTime()));
            case RunEvent.TaskEnded ended -> running.remove(ended.node());
            case RunEvent.TaskFailed failed -> running.remove(failed.node());
            case RunEvent.Ended ended -> running.clear();
            case RunEvent.Items items -> maps.put(items.map(), items);
            case RunEvent.Compiling compiling -> {}
            case RunEvent.UploadsEnded ended -> {}
            case RunEvent.NotUploaded left -> {}
            case RunEvent.AlsoStarted other -> {}
            case RunEvent.Uploaded uploaded -> {}
            case RunEvent.Waiting waiting -> {}
            case RunEvent.ApprovalAsked asked -> {}
            case RunEvent.Started started -> {}
            case RunEvent.Published published -> {}
            case RunEvent.Deployed deployed -> {}
            case RunEvent.Promoted promoted -> {}
            case RunEvent.TakenBack takenBack -> {}
            case RunEvent.Redriven redriven -> {}
            case RunEvent.Known known -> {}
            case RunEvent.Ignored ignored -> {}
            case RunEvent.Mocked mocked -> {}
            case RunEvent.Written written -> {}
        }
        lines.tell(event);
        draw();
    }

    @Override
    public void tick() {
        erase();
        draw();
    }

    @Override
    public void close() {
        erase();
        out.flush();
    }

    private void erase() {
        out.print(UP_AND_CLEAR.repeat(drawn));
        drawn = 0;
    }

    private void draw() {
        drawn = 0;
        maps.values().removeIf(RunEvent.Items::ended);
        maps.values()
                .forEach(items -> row(PlainProgress.pad(items.map(), 30) + "  " + items.succeeded() + " of"
                        + " " + items.items()
                        + " done" + (items.failed() == 0 ? "" : ", " + items.failed() + " failed")));
        running.entrySet().stream().limit(ROWS).forEach(entry -> {
            var task = entry.getValue();
            var elapsed = Duration.ofNanos(System.nanoTime() - task.since());
            row(PlainProgress.pad(entry.getKey(), 30) + "  "
                    + TerminalStyle.ANSI.soft(PlainProgress.pad(task.role(), 36)) + "  "
                    + PlainProgress.seconds(elapsed));
        });
        if (running.size() > ROWS) {
            row("and " + (running.size() - ROWS) + " more");
        }
        out.flush();
    }

    private void row(String text) {
        out.println("  ...       " + text);
        drawn++;
    }
}
