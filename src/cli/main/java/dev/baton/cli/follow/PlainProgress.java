package dev.baton.cli.follow;

import dev.baton.run.TaskOutcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// A line an event, or one for many of a kind.
record PlainProgress(PrintWriter out, TerminalStyle ink) implements ProgressReport {
    private static final int NODE = 30;
    private static final int ROLE = 36;

    @Override
    public void tell(RunEvent event) {
        switch (event) {
            case RunEvent.Compiling(var pipeline) -> {
                line("compiling", pipeline + " …");
                out.flush();
            }
            case RunEvent.Uploaded uploaded when uploaded.of() > RunEvent.FEW -> {}
            case RunEvent.Uploaded(var uri, var bytes, var unchanged, var of) ->
                line(unchanged ? ink.soft("as before") : ink.good("uploaded"), uri + ink.soft("  " + size(bytes)));
            case RunEvent.UploadsEnded ended when ended.count() <= RunEvent.FEW -> {}
            case RunEvent.UploadsEnded(var count, var bytes, var unchanged) ->
                line(
                        unchanged == count ? ink.soft("as before") : ink.good("uploaded"),
                        count + " files" + ink.soft("  " + size(bytes))
                                + (unchanged == 0 || unchanged == count
                                        ? ""
                                        : ", " + unchanged + " of them as" + " before"));
            case RunEvent.NotUploaded(var count, var example) ->
                line(
                        ink.soft("left out"),
                        count == 1
                                ? example + ", which no task of this run reads"
                                : count + " files that no task of this run reads, such as " + example);
            case RunEvent.AlsoStarted(var name, var arn) ->
                line(ink.soft("beside"), name + " started too; it is not followed, and ends with this command");
            case RunEvent.ApprovalAsked(var node, var by, var since, var until) ->
                line("waiting", node + " for approval of " + by + " since " + since + ", until " + until);
            case RunEvent.Waiting(var uris) ->
                line(
                        "waiting",
                        "for "
                                + (uris.size() <= RunEvent.FEW
                                        ? String.join(", ", uris)
                                        : uris.size() + " uploads, the first " + uris.getFirst()));
            case RunEvent.Started(var name, var arn, var reason) ->
                line(ink.good("started"), ink.strong(name) + (reason.isEmpty() ? "" : ": " + reason));
            case RunEvent.Published(var function, var version, var isNew) ->
                line(isNew ? ink.good("published") : ink.soft("as before"), function + ", version " + version);
            case RunEvent.Deployed(var pipeline, var alias, var version) ->
                line(ink.good("deployed"), ink.strong(pipeline) + ", version " + version);
            case RunEvent.Promoted(var pipeline, var from, var code, var definition, var own) -> {
                line(
                        ink.good("promoted"),
                        ink.strong(pipeline) + " from " + from + ": what is deployed is what runs there");
                line("equal", "code " + code);
                line("equal", "definition " + definition);
                own.forEach((what, values) -> line(ink.soft("its own"), what + " " + values));
            }
            case RunEvent.TakenBack(var resource, var place, var edited, var deployed) ->
                line(
                        ink.strong("taken back"),
                        resource + ": " + place
                                + (edited.equals("null") ? " was deleted" : " was edited to " + edited));
            case RunEvent.Redriven(var name, var arn) -> line(ink.good("redriven"), ink.strong(name));
            case RunEvent.Known(var name, var arn, var status) ->
                line(ink.soft("known"), name + " is " + status + ": nothing is started a second time");
            case RunEvent.Ignored(var reason) -> line(ink.soft("ignored"), reason);
            case RunEvent.TaskStarted started
            when started.attempt() > 0 -> line("again", started.node() + ", attempt " + (started.attempt() + 1));
            case RunEvent.TaskStarted started -> {}
            case RunEvent.TaskEnded ended when ended.items() > RunEvent.FEW -> {}
            case RunEvent.TaskEnded(
                    var node,
                    var role,
                    var outcome,
                    var took,
                    var output,
                    var version,
                    var why,
                    var items) ->
                line(
                        outcome == TaskOutcome.RAN
                                ? ink.good("ran")
                                : ink.soft(outcome.name().toLowerCase(Locale.ROOT)),
                        pad(node, NODE) + "  " + ink.soft(pad(role, ROLE)) + "  " + seconds(took) + "  " + output);
            case RunEvent.Items items when items.ended() && items.items() > RunEvent.FEW -> tell(items);
            case RunEvent.Items items -> {}
            case RunEvent.TaskFailed(var node, var role, var error, var cause, var remedy) -> {
                line(ink.bad("failed"), pad(node, NODE) + "  " + ink.soft(pad(role, ROLE)) + "  " + error);
                line("", cause);
                if (!remedy.isEmpty()) {
                    line("", "Mend: " + remedy);
                }
            }
            case RunEvent.Ended ended -> tell(ended);
            case RunEvent.Mocked mocked ->
                line(ink.strong("mocked"), mocked.name() + " has answers of mocks: " + mocked.told());
            case RunEvent.Written(var uri, var file) -> line("output", file.toString());
        }
    }

    private void tell(RunEvent.Items items) {
        line(
                items.failed() == 0 ? ink.good("items") : ink.bad("items"),
                pad(items.map(), NODE) + "  " + items.succeeded() + " of " + items.items() + " done"
                        + (items.failed() == 0 ? "" : ", " + items.failed() + " failed"));
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
                line(
                        "",
                        ended.error() + (ended.cause() == null ? "" : ": " + FollowedExecution.message(ended.cause())));
                FollowedExecution.place(ended.cause()).ifPresent(place -> line("", "at " + place));
            }
        }
    }

    private static String work(RunEvent.Ended ended) {
        if (ended.ran() == 0) {
            return "0 tasks ran: " + (ended.skipped() == 1 ? "the only one is" : "all " + ended.skipped() + " are")
                    + " fresh";
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
