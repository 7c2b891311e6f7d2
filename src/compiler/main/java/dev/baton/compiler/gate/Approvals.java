package dev.baton.compiler.gate;

import dev.baton.asl.StateType;
import dev.baton.asl.text.GraphText;
import dev.baton.asl.text.StateText;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds states that need an approval and can be reached without.
///
/// An approval is passed where its state was left by `Next`: after an error nobody has approved. A Parallel is an
/// approval if every way through one of its branches passes one, for all branches have to end. A Map is none, for it
/// may have no items.
final class Approvals {
    private static final String PLACEHOLDER = "\\$\\{[^}]*}";
    /// Stands for something without a colon, in a text.
    private static final String UNKNOWN = "\u0001";
    /// Stands for something that only a star can fit.
    private static final String SURELY = "\u0002";

    private final List<String> before;
    private final List<String> by;
    private final Map<StateText, Missing> missing = new LinkedHashMap<>();

    Approvals(GatePolicy.Approval approval) {
        this.before = approval.before();
        this.by = approval.by();
    }

    /// A state that can be reached without an approval.
    ///
    /// @param what it touches
    record Missing(StateText state, String what) {}

    List<Missing> missing(GraphText machine) {
        walk(machine);
        return List.copyOf(missing.values());
    }

    /// Whether a state is one that approves.
    static boolean isBy(StateText state, GatePolicy.Approval approval) {
        return touched(state, approval.by(), false) != null;
    }

    /// Visits what can be reached without an approval.
    ///
    /// @return whether the graph's end can be reached so
    private boolean walk(GraphText machine) {
        var first = machine.first();
        if (first == null) {
            return true;
        }
        var open = new ArrayDeque<>(List.of(first.name()));
        Set<String> seen = new HashSet<>(open);
        var ends = false;
        while (!open.isEmpty()) {
            var state = machine.states().get(open.remove());
            if (state == null) {
                continue;
            }
            var what = touched(state, before, true);
            // An approval may itself be something that others need one for; it needs none of its own.
            var approves = touched(state, by, false) != null;
            if (what != null && !approves) {
                missing.putIfAbsent(state, new Missing(state, what));
            }
            var passed = approves;
            for (var inside : state.graphs()) {
                // In a branch it is as before the Parallel; each branch counts, whatever the others do.
                passed |= !walk(inside) && state.type() == StateType.PARALLEL;
            }
            var targets = state.targets();
            ends |= !passed && isEnd(state, targets);
            for (var target : targets) {
                if ((!passed || target.way() == StateText.Way.CATCH) && seen.add(target.state())) {
                    open.add(target.state());
                }
            }
        }
        return ends;
    }

    private static boolean isEnd(StateText state, List<StateText.Target> targets) {
        return state.type() == StateType.SUCCEED
                || (targets.stream().noneMatch(target -> target.way() == StateText.Way.NEXT)
                        && state.type() != StateType.CHOICE
                        && state.type() != StateType.FAIL);
    }

    /// The first text of a task that fits: its resource, or what stands in its arguments.
    ///
    /// @param maybe whether it counts if only what an environment fills in could make it fit
    private static @Nullable String touched(StateText state, List<String> patterns, boolean maybe) {
        if (!Gate.isTask(state)) {
            return null;
        }
        var texts = new ArrayList<String>();
        texts.add(state.text("Resource"));
        collect(Gate.arguments(state), texts);
        for (var text : texts) {
            var filled = text.replaceFirst("^arn:\\$\\{[^}]*}:", "arn:aws:");
            // An ARN as a whole may be anything; of one, a part ends at the next colon.
            filled = filled.matches(PLACEHOLDER) ? "*" : filled.replaceAll(PLACEHOLDER, UNKNOWN);
            for (var pattern : patterns) {
                if (maybe
                        ? meet(pattern, filled)
                        : !filled.equals("*") && meet(pattern, filled.replace(UNKNOWN, SURELY))) {
                    return text;
                }
            }
        }
        return null;
    }

    private static void collect(@Nullable Node node, List<String> texts) {
        switch (node) {
            case ObjectNode object -> object.members().forEach(member -> collect(member.node(), texts));
            case ArrayNode array -> array.elements().forEach(element -> collect(element, texts));
            case ScalarNode scalar when scalar.value() instanceof String text -> texts.add(text);
            case null, default -> {}
        }
    }

    /// Whether one text can fit both patterns.
    private static boolean meet(String one, String other) {
        var reach = new boolean[one.length() + 1][other.length() + 1];
        for (var i = 0; i <= one.length(); i++) {
            for (var j = 0; j <= other.length(); j++) {
                var a = i == 0 ? ' ' : one.charAt(i - 1);
                var b = j == 0 ? ' ' : other.charAt(j - 1);
                reach[i][j] = (i == 0 && j == 0)
                        || (i > 0 && a == '*' && (reach[i - 1][j] || (j > 0 && reach[i][j - 1])))
                        || (j > 0 && b == '*' && (reach[i][j - 1] || (i > 0 && reach[i - 1][j])))
                        || (j > 0
                                && b == UNKNOWN.charAt(0)
                                && (reach[i][j - 1] || (i > 0 && a != ':' && reach[i - 1][j])))
                        || (i > 0 && j > 0 && reach[i - 1][j - 1] && (a == b || a == '?' || b == '?'));
            }
        }
        return reach[one.length()][other.length()];
    }
}
