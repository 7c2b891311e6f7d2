package dev.baton.engine.replay;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides whether an actual value is the expected one, by the rules of the corpus: a recording has placeholders where
/// the service's values vary.
final class TextMatch {
    private static final String TIMESTAMP =
            "(?:[1-9]\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:?(?:\\d{2})?))";
    private static final Pattern TIMESTAMPS = Pattern.compile(TIMESTAMP);

    private final List<String> wildcards;
    private final Set<String> taskTokens;
    private final Pattern tokens;

    TextMatch(List<String> wildcards) {
        this(wildcards, Set.of());
    }

    /// @param taskTokens task tokens of the run, for which any text stands in the recording
    TextMatch(List<String> wildcards, Set<String> taskTokens) {
        this.wildcards = wildcards;
        this.taskTokens = taskTokens;
        var alternatives = new ArrayList<String>();
        wildcards.stream()
                .filter(word -> word.startsWith("<"))
                .sorted(Comparator.comparing(String::length).reversed())
                .forEach(word -> alternatives.add(Pattern.quote(word)));
        alternatives.add("\\bdate\\b");
        this.tokens = Pattern.compile(String.join("|", alternatives));
    }

    boolean equal(@Nullable Object expected, @Nullable Object actual) {
        return equal(expected, actual, "");
    }

    private boolean equal(@Nullable Object expected, @Nullable Object actual, String key) {
        return switch (expected) {
            case null -> actual == null;
            case Map<?, ?> object -> object(object, actual);
            case List<?> array -> actual instanceof List<?> other && arrays(array, other);
            case Boolean bool -> bool.equals(actual);
            case Number number ->
                actual instanceof Number other && decimal(number).compareTo(decimal(other)) == 0;
            case String text -> text(text, actual, key);
            default -> expected.equals(actual);
        };
    }

    private boolean object(Map<?, ?> expected, @Nullable Object actual) {
        if (expected.size() == 1 && expected.containsKey("$any")) {
            return true;
        }
        if (expected.size() == 1 && expected.containsKey("$json")) {
            return equal(expected.get("$json"), actual instanceof String text ? parsed(text) : actual, "");
        }
        if (!(actual instanceof Map<?, ?> map)) {
            return false;
        }
        var left = undated(expected);
        var right = undated(map);
        return left.keySet().equals(right.keySet())
                && left.entrySet().stream()
                        .allMatch(member -> equal(member.getValue(), right.get(member.getKey()), member.getKey()));
    }

    private static @Nullable Object parsed(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return text;
        }
    }

    private static Map<String, @Nullable Object> undated(Map<?, ?> object) {
        var copy = new HashMap<String, @Nullable Object>();
        object.forEach((key, value) -> copy.put(TIMESTAMPS.matcher((String) key).replaceAll("date"), value));
        return copy;
    }

    private boolean arrays(List<?> expected, List<?> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (var i = 0; i < expected.size(); i++) {
            if (!equal(expected.get(i), actual.get(i), "")) {
                return false;
            }
        }
        return true;
    }

    private boolean text(String expected, @Nullable Object actual, String key) {
        if (expected.equals(actual)
                || wildcards.contains(expected)
                || (expected.equals("timestamp") && key.toLowerCase(Locale.ROOT).contains("timestamp"))) {
            return true;
        }
        return actual instanceof String text
                && (taskTokens.contains(text)
                        || pattern(expected).matcher(text).matches());
    }

    private Pattern pattern(String expected) {
        var regex = new StringBuilder();
        var end = 0;
        Matcher token = tokens.matcher(expected);
        while (token.find()) {
            regex.append(Pattern.quote(expected.substring(end, token.start())))
                    .append(token.group().equals("date") ? "(?:date|" + TIMESTAMP + ")" : "[\\s\\S]+?");
            end = token.end();
        }
        return Pattern.compile(
                regex.append(Pattern.quote(expected.substring(end))).toString());
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }
}
