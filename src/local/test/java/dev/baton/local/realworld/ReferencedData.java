package dev.baton.local.realworld;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The data that a definition refers to: a value for every path that stands in it, such that each of its choices may
/// be taken.
///
/// A path is there from each of its members on, since a state's result may be put anywhere: of `$.job.Payload.status`
/// also `$.Payload.status` and `$.status`.
final class ReferencedData {
    private static final Pattern PATH =
            Pattern.compile("(?<![$\\w])\\$((?:\\.[A-Za-z_][\\w-]*|\\[[^\\]]*\\]|\\.\\.)+)");
    private static final Pattern JSONATA = Pattern.compile("\\$states\\.(?:input|result)((?:\\.[A-Za-z_]\\w*)+)");
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][\\w-]*)|\\[([^\\]]*)\\]");
    private static final Pattern ARRAYS =
            Pattern.compile("States\\.Array(?:Length|GetItem|Contains|Partition|Unique)\\(\\s*(\\$[^,)\\s]+)");
    private static final Pattern NUMBERS = Pattern.compile("States\\.MathAdd\\(\\s*(\\$[^,)\\s]+)");
    private static final Pattern TEXTS = Pattern.compile("States\\.StringToJson\\(\\s*(\\$[^,)\\s]+)");

    private static final Pattern EQUAL =
            Pattern.compile("\\$states\\.(?:input|result)((?:\\.[A-Za-z_]\\w*)+)\\s*=\\s*['\"](\\w+)['\"]");
    private static final Pattern SIMPLE = Pattern.compile("\\$((?:\\.[A-Za-z_][\\w-]*|\\[[^\\]]*\\])+)");
    private static final Object ABSENT = new Object();
    private static final int DEPTH = 9;

    private final Branching root = new Branching();
    private final List<Alias> aliases = new ArrayList<>();

    /// A member that is given what a path says.
    private record Alias(String member, String path) {}

    /// A place in the data.
    private static final class Branching {
        private final Map<String, Branching> members = new LinkedHashMap<>();
        private final Set<Object> values = new LinkedHashSet<>();
        private boolean array;
        private boolean whole;

        void take(Branching other) {
            values.addAll(other.values);
            other.members.forEach(members::putIfAbsent);
            array |= other.array;
        }

        Branching member(String name) {
            return members.computeIfAbsent(name, key -> new Branching());
        }
    }

    static ReferencedData of(DefinitionSample sample) {
        var data = new ReferencedData();
        data.gather(sample.definition());
        for (var pass = 0; pass < 2; pass++) {
            data.aliases.forEach(alias -> {
                var meant = data.root.members.get(alias.member());
                if (meant != null) {
                    data.place(alias.path(), at -> at.take(meant));
                }
            });
        }
        return data;
    }

    private void gather(@Nullable Object json) {
        switch (json) {
            case Map<?, ?> map -> {
                if (map.get("Variable") instanceof String variable) {
                    map.forEach((name, value) -> compare(variable, String.valueOf(name), value));
                }
                for (var name : List.of("ItemsPath", "SecondsPath", "TimestampPath", "InputPath", "OutputPath")) {
                    if (map.get(name) instanceof String path) {
                        kind(path, name);
                    }
                }
                map.forEach((name, value) -> {
                    if (((String) name).endsWith(".$")
                            && value instanceof String path
                            && SIMPLE.matcher(path).matches()) {
                        if (name.equals("N.$")) {
                            place(path.substring(1), at -> at.values.add("7"));
                        }
                        aliases.add(new Alias(((String) name).replace(".$", ""), path.substring(1)));
                    }
                });
                map.values().forEach(this::gather);
            }
            case List<?> list -> list.forEach(this::gather);
            case String text -> {
                PATH.matcher(text).results().forEach(match -> place(match.group(1), at -> {}));
                JSONATA.matcher(text).results().forEach(match -> place(match.group(1), at -> {}));
                EQUAL.matcher(text)
                        .results()
                        .forEach(match -> place(match.group(1), at -> at.values.add(match.group(2))));
                ARRAYS.matcher(text).results().forEach(match -> kind(match.group(1), "ItemsPath"));
                NUMBERS.matcher(text).results().forEach(match -> kind(match.group(1), "SecondsPath"));
                TEXTS.matcher(text).results().forEach(match -> kind(match.group(1), "StringToJson"));
            }
            case null, default -> {}
        }
    }

    private void kind(String path, String use) {
        place(path.substring(1), at -> {
            switch (use) {
                case "ItemsPath" -> at.array = true;
                case "InputPath", "OutputPath" -> at.whole = true;
                case "SecondsPath" -> at.values.add(1L);
                case "TimestampPath" -> at.values.add("2026-01-01T00:00:10Z");
                default -> at.values.add("{}");
            }
        });
    }

    private void compare(String variable, String operator, @Nullable Object value) {
        if (!variable.startsWith("$") || variable.startsWith("$$") || value == null) {
            return;
        }
        place(variable.substring(1), at -> {
            switch (operator) {
                case "StringEquals" -> at.values.add(value);
                case "StringMatches" -> at.values.add(String.valueOf(value).replace("*", "x"));
                case "BooleanEquals", "IsBoolean" -> at.values.addAll(List.of(value, !((Boolean) value)));
                case "IsPresent" -> at.values.addAll(List.of("something", ABSENT));
                case "IsNumeric" -> at.values.add(1L);
                case "NumericEquals",
                        "NumericGreaterThan",
                        "NumericGreaterThanEquals",
                        "NumericLessThan",
                        "NumericLessThanEquals" -> {
                    var number = new BigDecimal(value.toString());
                    at.values.add(number.longValue());
                    at.values.add(number.longValue() + 1);
                    at.values.add(number.longValue() - 1);
                }
                default -> {}
            }
        });
    }

    /// From each member of the path on.
    private void place(String path, Consumer<Branching> found) {
        var steps = new ArrayList<String>();
        STEP.matcher(path).results().forEach(step -> {
            var inBrackets = step.group(2);
            if (inBrackets == null) {
                steps.add(step.group(1));
            } else if (inBrackets.startsWith("'") || inBrackets.startsWith("\"")) {
                steps.add(inBrackets.substring(1, inBrackets.length() - 1));
            } else {
                steps.add("[]");
            }
        });
        for (var from = 0; from < steps.size(); from++) {
            if (steps.get(from).equals("[]")) {
                continue;
            }
            var at = root;
            for (var step : steps.subList(from, steps.size())) {
                if (step.equals("[]")) {
                    at.array = true;
                } else {
                    at = at.member(step);
                }
            }
            found.accept(at);
        }
    }

    /// The data as an object.
    ///
    /// @param variant which of the values of each place; counted from 0
    Map<String, @Nullable Object> object(int variant) {
        return object(root, variant, 0);
    }

    private Map<String, @Nullable Object> object(Branching at, int variant, int depth) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        at.members.forEach((name, member) -> {
            var value = value(name, member, variant, depth + 1);
            if (value != ABSENT) {
                object.put(name, value);
            }
        });
        return object;
    }

    private @Nullable Object value(String name, Branching at, int variant, int depth) {
        var isDeep = depth > DEPTH;
        if (at.array) {
            if (!at.members.isEmpty() && !isDeep) {
                return List.of(object(at, variant, depth));
            }
            return depth == 1 ? List.of(object(root, variant, DEPTH - 3)) : List.of("item");
        }
        if (!at.members.isEmpty() && !isDeep) {
            return object(at, variant, depth);
        }
        if (at.whole && depth == 1) {
            return object(root, variant, DEPTH - 3);
        }
        if (at.values.isEmpty()) {
            return name.toLowerCase(Locale.ROOT).contains("bucket") ? DeployedThings.BUCKET : "some " + name;
        }
        var values = new ArrayList<>(at.values);
        if (values.stream().allMatch(String.class::isInstance)) {
            values.add("another");
        }
        return values.get(variant % values.size());
    }
}
