package dev.baton.compiler.picture;

import dev.baton.compiler.picture.Drawing.Box;
import dev.baton.compiler.picture.Drawing.Line;
import java.util.Locale;
import java.util.stream.Collectors;

/// Prints a drawing as SVG. Colours are variables of its style sheet, which knows a light and a dark set.
final class Svg {
    private static final int LINE = 16;

    private static final String STYLE = """
              <style>
                svg { --ground: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #8c959f; --task: #ddf4ff;
                  --task-line: #54aeff; --await: #fff8c5; --await-line: #d4a72c; --fork: #f6f8fa; --fork-line: #d1d9e0;
                  --choice: #fbefff; --choice-line: #c297ff; --bad: #ffebe9; --bad-line: #ff8182; }
                @media (prefers-color-scheme: dark) {
                  svg { --ground: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --line: #656c76; --task: #0c2d6b;
                    --task-line: #1f6feb; --await: #3b2300; --await-line: #9e6a03; --fork: #151b23; --fork-line: #3d444d;
                    --choice: #3c1e70; --choice-line: #8957e5; --bad: #67060c; --bad-line: #da3633; }
                }
                text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: var(--ink); text-anchor: middle; }
                text.more { fill: var(--soft); font-size: 11px; }
                .task { fill: var(--task); stroke: var(--task-line); }
                .await { fill: var(--await); stroke: var(--await-line); stroke-dasharray: 5 3; }
                .fork { fill: var(--fork); stroke: var(--fork-line); }
                .map { fill: var(--fork); stroke: var(--task-line); stroke-dasharray: 8 3; }
                .choice { fill: var(--choice); stroke: var(--choice-line); }
                .plain { fill: var(--fork); stroke: var(--line); }
                .failure { fill: var(--bad); stroke: var(--bad-line); }
                .point { fill: var(--line); }
                path { fill: none; stroke: var(--line); stroke-width: 1.3; }
                path.wait { stroke: var(--await-line); stroke-dasharray: 2 4; }
                marker path { fill: var(--line); stroke: none; }
                marker.wait path { fill: var(--await-line); }
              </style>
              <defs>
                <marker id="next" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto"><path d="M0 1 8 4 0 7z"/></marker>
                <marker id="wait" class="wait" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto"><path d="M0 1 8 4 0 7z"/></marker>
              </defs>
            """;

    private final Drawing drawing;
    private final String title;

    Svg(Drawing drawing, String title) {
        this.drawing = drawing;
        this.title = title;
    }

    String text() {
        var svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n",
                drawing.width(),
                drawing.height(),
                drawing.width(),
                drawing.height()));
        svg.append("  <title>").append(escaped(title)).append("</title>\n").append(STYLE);
        svg.append("  <rect width=\"100%\" height=\"100%\" fill=\"var(--ground)\"/>\n");
        drawing.boxes().forEach(box -> append(box, svg));
        drawing.lines().forEach(line -> append(line, svg));
        return svg.append("</svg>\n").toString();
    }

    private static void append(Box box, StringBuilder svg) {
        var style = box.look().name().toLowerCase(Locale.ROOT);
        var round = switch (box.look()) {
            case POINT -> box.width() / 2;
            case CHOICE -> box.height() / 2;
            case TASK, AWAIT, PLAIN, FAILURE -> 6;
            case FORK, MAP -> 10;
        };
        svg.append("  <g><title>").append(escaped(box.tip())).append("</title><rect class=\"").append(style);
        svg.append(String.format(
                Locale.ROOT,
                "\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>",
                box.x(),
                box.y(),
                box.width(),
                box.height(),
                round));
        var y = box.y() + LINE + 1;
        for (var i = 0; i < box.words().size(); i++) {
            svg.append(String.format(
                    Locale.ROOT, "<text x=\"%d\" y=\"%d\"", box.x() + box.width() / 2, y + (long) i * LINE));
            svg.append(i < box.names() ? ">" : " class=\"more\">")
                    .append(escaped(box.words().get(i)))
                    .append("</text>");
        }
        svg.append("</g>\n");
    }

    private static void append(Line line, StringBuilder svg) {
        if (!line.waits()) {
            svg.append("  <path marker-end=\"url(#next)\" d=\"M")
                    .append(line.points().stream()
                            .map(point -> point.x() + " " + point.y())
                            .collect(Collectors.joining(" ")))
                    .append("\"/>\n");
            return;
        }
        var from = line.points().getFirst();
        var to = line.points().getLast();
        // A curve that leaves and arrives sideways.
        var bend = Math.max(24, Math.abs(to.x() - from.x()) / 2) * (to.x() >= from.x() ? 1 : -1);
        svg.append(String.format(
                Locale.ROOT,
                "  <path class=\"wait\" marker-end=\"url(#wait)\" d=\"M%d %dC%d %d %d %d %d %d\"/>\n",
                from.x(),
                from.y(),
                from.x() + bend,
                from.y(),
                to.x() - bend,
                to.y(),
                to.x(),
                to.y()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
