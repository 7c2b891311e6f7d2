package dev.baton.lambda.simulation;

import dev.baton.json.Json;
import dev.baton.lambda.simulation.Shape.Kind;
import dev.baton.lambda.simulation.Shape.Knot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// The classes of tasks that a start forces, told by the shape: what is named, and with a `+` what follows it.
record ForcedClasses(Set<String> names) {
    private static final String ALL = "all";

    /// All that a person may force of a shape, one word each.
    static List<String> words(Shape shape) {
        var words = new ArrayList<>(List.of(ALL));
        for (var knot : shape.knots()) {
            words.add(knot.name() + "+");
            if (!knot.kind().isUpload()) {
                words.add(knot.name());
            }
            if (knot.kind() == Kind.EXPANDING) {
                words.add(item(knot));
                words.add(item(knot) + "+");
            }
        }
        return words;
    }

    /// Of the input of an execution; none where it forces nothing.
    static ForcedClasses of(Shape shape, String input) {
        var names = new HashSet<String>();
        if (Json.parseObject(input).get("force") instanceof Map<?, ?> force
                && force.get("tasks") instanceof List<?> tasks) {
            tasks.forEach(word -> names.addAll(named(shape, String.valueOf(word))));
        }
        return new ForcedClasses(names);
    }

    private static Set<String> named(Shape shape, String word) {
        var names = new HashSet<String>();
        var name = word.replace("+", "");
        for (var number = 0; number < shape.knots().size(); number++) {
            var knot = shape.knots().get(number);
            var isItem = knot.kind() == Kind.EXPANDING && item(knot).equals(name);
            if (!knot.name().equals(name) && !isItem && !word.equals(ALL)) {
                continue;
            }
            if (isItem) {
                names.add(name);
            } else {
                add(knot, names);
            }
            if (word.endsWith("+")) {
                add(knot, names);
                follow(shape, number, names);
            }
        }
        return names;
    }

    private static void follow(Shape shape, int number, Set<String> names) {
        IntStream.range(0, shape.knots().size())
                .filter(other -> shape.knots().get(other).requires().contains(number))
                .forEach(other -> {
                    add(shape.knots().get(other), names);
                    follow(shape, other, names);
                });
    }

    private static void add(Knot knot, Set<String> names) {
        if (!knot.kind().isUpload()) {
            names.add(knot.name());
        }
        if (knot.kind() == Kind.EXPANDING) {
            names.add(item(knot));
        }
    }

    private static String item(Knot expanding) {
        return "I" + expanding.name().substring(1);
    }

    /// Whether a task is forced, by what its record prints.
    boolean contains(String task) {
        return names.contains(task.substring(0, task.indexOf('[')));
    }
}
