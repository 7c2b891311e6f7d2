package dev.baton.cli.backfill;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.task.parameter.CalendarType;
import dev.baton.task.parameter.Parameter;
import dev.baton.task.parameter.ParameterType;
import dev.baton.task.parameter.Parameters;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The runs that a call names: of each parameter one value, a range `A..B` with both ends, or `all`.
///
/// Ranges are of parameters that have an order: years, months, days, whole numbers. All values are those of enums,
/// booleans and texts with alternatives.
///
/// @param pipeline the pipeline's name, for messages
/// @param root the parameters of its root task
public record RunRange(String pipeline, Parameters root) {
    /// So many runs one call may ask for.
    public static final int MOST = 100_000;

    private static final String BETWEEN = "..";
    private static final String ALL = "all";

    /// Whether words name more than one run.
    public static boolean isMeant(Map<String, String> typed) {
        return typed.values().stream().anyMatch(value -> value.equals(ALL) || value.contains(BETWEEN));
    }

    /// Gives the one parameter that has an order, and that nothing is said of, the range between two values.
    ///
    /// @throws DiagnosticException CLI049 when there is none, or more than one
    public Map<String, String> between(Map<String, String> typed, String from, String to) {
        var ordered = root.all().stream()
                .filter(parameter -> isOrdered(parameter.type()) && !typed.containsKey(parameter.name()))
                .map(Parameter::name)
                .toList();
        if (ordered.size() != 1) {
            throw wrong(
                    "--from and --to are of "
                            + (ordered.isEmpty()
                                    ? "no parameter"
                                    : "more than one parameter: " + String.join(", ", ordered)),
                    "name it: --" + (ordered.isEmpty() ? "PARAMETER" : ordered.getFirst()) + " " + from + BETWEEN + to);
        }
        var all = new LinkedHashMap<>(typed);
        all.put(ordered.getFirst(), from + BETWEEN + to);
        return all;
    }

    /// The parameters of each run, the last one changing fastest; the oldest first.
    ///
    /// @throws DiagnosticException CLI049 when a range or `all` is none, or they are too many
    public List<Map<String, String>> runs(Map<String, String> typed) {
        var runs = new ArrayList<Map<String, String>>(List.of(Map.of()));
        for (var name : names(typed)) {
            var values = values(name, typed.getOrDefault(name, ""));
            var more = new ArrayList<Map<String, String>>();
            for (var run : runs) {
                for (var value : values) {
                    if (more.size() == MOST) {
                        throw wrong("more than " + MOST + " runs are asked for", "ask for fewer in one call");
                    }
                    var next = new LinkedHashMap<>(run);
                    next.put(name, value);
                    more.add(next);
                }
            }
            runs = more;
        }
        return List.copyOf(runs);
    }

    /// Those of the root in their order, then what it does not have, which is told when a run is made of it.
    private List<String> names(Map<String, String> typed) {
        var names = new ArrayList<String>();
        root.all().stream().map(Parameter::name).filter(typed::containsKey).forEach(names::add);
        typed.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
        return names;
    }

    private List<String> values(String name, String typed) {
        var type = root.index(name).map(index -> root.get(index).type());
        if (type.isEmpty()) {
            return List.of(typed);
        }
        var between = typed.indexOf(BETWEEN);
        if (between >= 0 && isOrdered(type.get())) {
            return range(name, type.get(), typed.substring(0, between), typed.substring(between + BETWEEN.length()));
        }
        return typed.equals(ALL)
                ? type.get()
                        .alternatives()
                        .orElseThrow(() -> wrong(
                                "--" + name + " all is asked for, and nobody knows all values of a parameter that is "
                                        + type.get().expected(),
                                "name values, or a range where it has an order"))
                : List.of(typed);
    }

    private List<String> range(String name, ParameterType type, String from, String to) {
        var first = value(name, type, from);
        var last = value(name, type, to);
        var values = new ArrayList<String>();
        // Nothing is next to the largest number.
        for (var value = first; compare(value, last) <= 0; value = next(value)) {
            if (values.size() == MOST) {
                throw wrong("--" + name + " has more than " + MOST + " values", "ask for fewer in one call");
            }
            values.add(type.print(value));
            if (value.equals(last)) {
                break;
            }
        }
        if (values.isEmpty()) {
            throw wrong(
                    "--" + name + " " + from + BETWEEN + to + " begins after its end",
                    "give the lower value first: --" + name + " " + to + BETWEEN + from);
        }
        return values;
    }

    private Object value(String name, ParameterType type, String text) {
        try {
            return type.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong("the range of --" + name + ": " + e.getMessage(), "give both ends as values of the parameter");
        }
    }

    private static boolean isOrdered(ParameterType type) {
        return type instanceof CalendarType || type instanceof ParameterType.Whole;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    private static Object next(Object value) {
        return switch (value) {
            case Year year -> year.plusYears(1);
            case YearMonth month -> month.plusMonths(1);
            case LocalDate day -> day.plusDays(1);
            case Integer number -> number + 1;
            case Long number -> number + 1;
            default -> throw new IllegalStateException(value + " has no order");
        };
    }

    private DiagnosticException wrong(String message, String remedy) {
        return new DiagnosticException(Diagnostic.error("CLI049", Location.named(pipeline), message, remedy));
    }
}
