package dev.baton.cli.follow;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// A line an event.
record PlainProgress(PrintWriter out, Ink ink) implements Progress {
    private static final int NODE = 30;
    private static final int ROLE = 36;

    @Override
    public void tell(RunEvent event) {
        switch (event) {
            case RunEvent.Uploaded(var uri, var bytes, var unchanged) ->
                line(unchanged ? ink.soft("as before") : ink.good("uploaded"), uri + ink.soft("  " + size(bytes)));
            case RunEvent.Waiting(var uris) -> line("waiting", "for " + String.join(", ", uris));
            case RunEvent.Started(var name, var arn, var reason) ->
                line(ink.good("started"), ink.strong(name) + (reason.isEmpty() ? "" : ": " + reason));
            case RunEvent.Published(var function, var version, var isNew) ->
                line(isNew ? ink.good("published") : ink.soft("as before"), function + ", version " + version);
            case RunEvent.Deployed(var pipeline, var alias, var version) ->
                line(ink.good("deployed"), ink.strong(pipeline) + ", version " + version);
            case RunEvent.TakenBack(var resource, var place, var edited, var deployed) ->
                line(ink.strong("taken back"), resource + ": " + place + (edited.equals("null") ? " was deleted" : " was edited to " + edited));
            case RunEvent.Redriven(var name, var arn) -> line(ink.good("redriven"), ink.strong(name));
            case RunEvent.Known(var name, var arn, var status) ->
                line(ink.soft("known"), name + " is " + status + ": nothing is started a second time");
            case RunEvent.Ignored(var reason) -> line(ink.soft("ignored"), reason);
            case RunEvent.TaskStarted started
            when started.attempt() > 0 -> line("again", started.node() + ", attempt " + (started.attempt() + 1));
            case RunEvent.TaskStarted started -> {}
            case RunEvent.TaskEnded(var node, var role, var outcome, var took, var output, var version) ->
                line(
                        outcome.equals("RAN") ? ink.good("ran") : ink.soft(outcome.toLowerCase(Locale.ROOT)),
                        pad(node, NODE) + "  " + ink.soft(pad(role, ROLE)) + "  " + seconds(took) + "  " + output);
            case RunEvent.TaskFailed(var node, var role, var error, var cause) -> {
                line(ink.bad("failed"), pad(node, NODE) + "  " + ink.soft(pad(role, ROLE)) + "  " + error);
                line("", cause);
            }
            case RunEvent.Ended ended -> tell(ended);
            case RunEvent.Written(var uri, var file) -> line("output", file.toString());
        }
    }

    private void tell(RunEvent.Ended ended) {
        if (ended.succeeded()) {
            line(
                    ink.good(word(ended.status())),
                    work(ended) + ", " + seconds(ended.took()).strip());
        } else {
            line(
                    ink.bad(word(ended.status())),
                    ended.name() + " after " + seconds(ended.took()).strip());
            if (ended.error() != null) {
                line("", ended.error() + (ended.cause() == null ? "" : ": " + Execution.message(ended.cause())));
                Execution.place(ended.cause()).ifPresent(place -> line("", "at " + place));
            }
        }
    }

    private static String work(RunEvent.Ended ended) {
        if (ended.ran() == 0) {
            return "0 tasks ran: " + (ended.skipped() == 1 ? "the only one is" : "all " + ended.skipped() + " are") + " fresh";
        }
        return ended.ran() + (ended.ran() == 1 ? " task" : " tasks") + " ran, " + ended.skipped()
                + (ended.skipped() == 1 ? " was" : " were") + " fresh";
    }

    private void line(String word, String text) {
        var bare = word.replaceAll("\u001b\\[[0-9]*m", "");
        out.println(word + " ".repeat(Math.max(1, 12 - bare.length())) + text);
    }

    private static String word(String status) {
        return status.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%6.2f s", took.toMillis() / 1000.0);
    }

    private static String size(long bytes) {
        return bytes < 10_000 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f kB", bytes / 1000.0);
    }
}
