package dev.baton.cli.follow;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The lines of [PlainProgress], and below them what runs right now, redrawn as time passes.
final class LiveProgress implements Progress {
    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    private final PrintWriter out;
    private final PlainProgress lines;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private int drawn;

    private record Running(String role, long since) {}

    LiveProgress(PrintWriter out) {
        this.out = out;
        this.lines = new PlainProgress(out, Ink.ANSI);
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
            case RunEvent.Uploaded uploaded -> {}
            case RunEvent.Waiting waiting -> {}
            case RunEvent.Started started -> {}
            case RunEvent.Published published -> {}
            case RunEvent.Deployed deployed -> {}
            case RunEvent.TakenBack takenBack -> {}
            case RunEvent.Redriven redriven -> {}
            case RunEvent.Known known -> {}
            case RunEvent.Ignored ignored -> {}
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
        running.forEach((node, task) -> {
            var elapsed = Duration.ofNanos(System.nanoTime() - task.since());
            out.println("  ...       " + PlainProgress.pad(node, 30) + "  "
                    + Ink.ANSI.soft(PlainProgress.pad(task.role(), 36)) + "  " + PlainProgress.seconds(elapsed));
        });
        drawn = running.size();
        out.flush();
    }
}
