package dev.baton.cli.lineage;

import dev.baton.cli.lineage.LineageGraph.Direction;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/// Prints a lineage as a tree. A node that is reached twice has what is below it once, and an ellipsis then.
public final class LineageText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int HASH = 12;

    private final LineageGraph graph;
    private final LineageChecks checks;
    private final PrintWriter out;
    private final HashSet<DatasetVersion> shown = new HashSet<>();

    private LineageText(LineageGraph graph, LineageChecks checks, PrintWriter out) {
        this.graph = graph;
        this.checks = checks;
        this.out = out;
    }

    /// Prints the trees of all roots, and a summary.
    public static void print(LineageGraph graph, LineageChecks checks, PrintWriter out) {
        new LineageText(graph, checks, out).print();
    }

    /// A line that is still to be printed.
    ///
    /// @param before what stands before the node
    /// @param below what stands before that which is below it
    private record Branch(DatasetVersion dataset, String before, String below) {}

    private void print() {
        for (var root : graph.roots()) {
            // A graph may be deeper than the stack of a thread.
            var open = new ArrayDeque<Branch>();
            open.push(new Branch(root, "", ""));
            while (!open.isEmpty()) {
                print(open.pop(), open);
            }
        }
        out.println(summary());
    }

    private void print(Branch branch, ArrayDeque<Branch> open) {
        var node = Objects.requireNonNull(graph.nodes().get(branch.dataset()));
        var next = graph.next().getOrDefault(branch.dataset(), List.of());
        var isNew = shown.add(branch.dataset());
        out.println(branch.before() + line(node) + (isNew || next.isEmpty() ? "" : " …"));
        if (!isNew) {
            return;
        }
        var bar = branch.below() + (next.isEmpty() ? "  " : "│ ");
        if (node instanceof LineageNode.Made(Derivation made) && graph.direction() == Direction.UP) {
            out.println(bar + "at " + TIME.format(made.endedAt()) + " in run " + made.run() + " of " + made.pipeline()
                    + ", code " + short12(made.codeHash()) + " of " + made.revision());
            out.println(bar + "as " + made.roleSession() + " in " + made.execution());
            var checked = checks.of(made.revision());
            if (!checked.isEmpty()) {
                out.println(bar + "checked: "
                        + checked.stream()
                                .map(check -> check.name() + " " + check.status() + " by " + check.by())
                                .collect(Collectors.joining(", ")));
            }
        }
        for (var i = next.size() - 1; i >= 0; i--) {
            var isLast = i == next.size() - 1;
            open.push(new Branch(
                    next.get(i), branch.below() + (isLast ? "└─ " : "├─ "), branch.below() + (isLast ? "   " : "│  ")));
        }
    }

    private static String line(LineageNode node) {
        var object = node.dataset().toString();
        return switch (node) {
            case LineageNode.Made(Derivation made) ->
                made.name() + " made " + object + (made.isCurrent() ? "" : ", since replaced");
            case LineageNode.Upload upload ->
                object + ", from outside"
                        + (upload.object() == null
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        ", %,d bytes",
                                        upload.object().size()));
            case LineageNode.Unrecorded unrecorded -> object + ", which no record says who made";
        };
    }

    private static String short12(String hash) {
        return hash.substring(0, Math.min(HASH, hash.length()));
    }

    private String summary() {
        var text = new StringBuilder();
        text.append(count(LineageNode.Made.class)).append(" made by tasks, ");
        text.append(count(LineageNode.Upload.class)).append(" from outside");
        var unrecorded = count(LineageNode.Unrecorded.class);
        if (unrecorded > 0) {
            text.append(", ").append(unrecorded).append(" that no record tells of");
        }
        return text.append(graph.isCut() ? "; there is more beyond --depth" : "")
                .toString();
    }

    private long count(Class<? extends LineageNode> kind) {
        return graph.nodes().values().stream().filter(kind::isInstance).count();
    }
}
