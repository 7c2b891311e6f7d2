package dev.baton.cli.backfill;

import dev.baton.cli.follow.RunEvent;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A line for each of many runs, with how many are done and how long the rest takes, and a summary.
public final class BackfillProgress {
    private static final int WORD = 11;

    private final PrintWriter out;
    private final boolean json;
    private final int runs;
    private final InstantSource time;
    private final Instant begun;
    /// By parameters, what became of a run at last: an upload that changed has an execution of its own before one that
    /// somebody forces.
    private final Map<Map<String, String>, String> words = new LinkedHashMap<>();

    /// @param runs how many there are
    public BackfillProgress(PrintWriter out, boolean json, int runs, InstantSource time) {
        this.out = out;
        this.json = json;
        this.runs = runs;
        this.time = time;
        this.begun = time.instant();
    }

    /// Tells that a run has ended.
    public void ended(Map<String, String> parameters, RunEvent.Ended ended) {
        var text = ended.ran() + " ran, " + ended.skipped() + " fresh, " + seconds(ended.took())
                + (ended.succeeded() ? "" : ", " + ended.error() + (ended.cause() == null ? "" : ": " + ended.cause()));
        tell(ended.status().toLowerCase(Locale.ROOT), parameters, ended.name(), text);
    }

    /// Tells what else became of a run, such as `waiting`, in a word and a sentence.
    public void told(String word, Map<String, String> parameters, String text) {
        tell(word, parameters, null, text);
    }

    /// Tells that a run could not begin.
    ///
    /// @return whether that is no failure: uploads that are missing are awaited
    public boolean refused(Map<String, String> parameters, DiagnosticException refusal) {
        var finding = refusal.diagnostics().getFirst();
        var waits = finding.code().equals("CLI004");
        told(waits ? "waiting" : "refused", parameters, finding.message());
        return waits;
    }

    private void tell(String word, Map<String, String> parameters, @Nullable String execution, String text) {
        words.put(Map.copyOf(parameters), word);
        var done = words.size();
        if (json) {
            var line = new LinkedHashMap<String, @Nullable Object>();
            line.put("event", "run");
            line.put("parameters", new LinkedHashMap<String, @Nullable Object>(parameters));
            line.put("status", word);
            line.put("execution", execution);
            line.put("text", text);
            line.put("done", (long) done);
            line.put("of", (long) runs);
            out.println(Json.print(line));
        } else {
            out.println(word + " ".repeat(Math.max(1, WORD - word.length())) + String.join(" ", parameters.values())
                    + "  " + text + "  (" + done + " of " + runs + rest() + ")");
        }
        out.flush();
    }

    private String rest() {
        var done = words.size();
        var left = runs - done;
        if (left == 0) {
            return "";
        }
        var took = Duration.between(begun, time.instant());
        return ", about " + seconds(took.dividedBy(done).multipliedBy(left)) + " left";
    }

    /// Tells what became of all.
    public void summary() {
        if (!json) {
            var text = new StringBuilder(runs + (runs == 1 ? " run: " : " runs: "));
            var counts = new TreeMap<String, Integer>();
            words.values().forEach(word -> counts.merge(word, 1, Integer::sum));
            counts.forEach(
                    (word, count) -> text.append(count).append(' ').append(word).append(", "));
            out.println(text.append(seconds(Duration.between(begun, time.instant()))));
        }
    }

    private static String seconds(Duration took) {
        return took.toMinutes() >= 2
                ? took.toMinutes() + " min " + took.toSecondsPart() + " s"
                : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1_000.0);
    }
}
