package dev.baton.compiler.picture;

import dev.baton.asl.ChoiceState;
import dev.baton.asl.FailState;
import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.State;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.WaitState;
import dev.baton.compiler.picture.Drawing.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The caption of a state: what is to be read in a state's box.
///
/// @param lines the name, and what is added to it
/// @param names how many of the lines are the name
record Caption(List<String> lines, int names) {
    private static final int LONGEST_LINE = 26;
    private static final int MOST_AWAITED = 3;

    static Caption of(String name, State state) {
        var lines = new ArrayList<>(wrap(name));
        var names = lines.size();
        switch (look(state)) {
            case AWAIT -> {
                var nodes = awaited(state);
                nodes.stream().limit(MOST_AWAITED).forEach(node -> lines.addAll(wrap(node)));
                if (nodes.size() > MOST_AWAITED) {
                    lines.add("and " + (nodes.size() - MOST_AWAITED) + " more");
                }
            }
            case MAP -> {
                if (state instanceof MapState map && map.items() instanceof PayloadTemplate(List<?> items)) {
                    lines.add(items.size() + " items");
                }
            }
            case TASK, FORK, CHOICE, PLAIN, FAILURE, POINT -> {}
        }
        return new Caption(lines, names);
    }

    static Look look(State state) {
        return switch (state) {
            case TaskState task -> task.resource().endsWith(".waitForTaskToken") ? Look.AWAIT : Look.TASK;
            case ParallelState parallel -> Look.FORK;
            case MapState map -> Look.MAP;
            case ChoiceState choice -> Look.CHOICE;
            case PassState pass -> Look.PLAIN;
            case WaitState wait -> Look.PLAIN;
            case SucceedState succeed -> Look.PLAIN;
            case FailState fail -> Look.FAILURE;
        };
    }

    /// The nodes that an await of a compiled machine waits for, as far as they stand in it.
    static List<String> awaited(State state) {
        if (state.data().arguments() instanceof PayloadTemplate(Map<?, ?> arguments)
                && arguments.get("Payload") instanceof Map<?, ?> payload
                && payload.get("await") instanceof Map<?, ?> await
                && await.get("nodes") instanceof List<?> nodes) {
            return nodes.stream()
                    .map(String::valueOf)
                    .filter(node -> !node.startsWith("{%"))
                    .toList();
        }
        return List.of();
    }

    /// The text in lines, broken at blanks and after `_`, `-`, `.` and `/` where it must be.
    static List<String> wrap(String text) {
        var lines = new ArrayList<String>();
        var rest = text;
        while (rest.length() > LONGEST_LINE) {
            var cut = LONGEST_LINE;
            for (var i = LONGEST_LINE; i > LONGEST_LINE / 2; i--) {
                if (" _-./".indexOf(rest.charAt(i - 1)) >= 0) {
                    cut = i;
                    break;
                }
            }
            lines.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        if (!rest.isEmpty()) {
            lines.add(rest);
        }
        return lines;
    }

    int longest() {
        return lines.stream().mapToInt(String::length).max().orElse(0);
    }
}
