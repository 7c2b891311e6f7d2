package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The functions that look for something in a string, whether it is a string, a regular expression or a function that
/// matches as one.
final class MatchFunctions {
    private MatchFunctions() {}

    /// One match, and the way to the next.
    private record Match(String text, int start, int end, List<@Nullable Object> groups, Next next) {}

    @FunctionalInterface
    private interface Next {
        @Nullable
        Match get() throws Throwable;
    }

    private static @Nullable Match first(Object matcher, String string, Evaluation evaluation) throws Throwable {
        if (!(matcher instanceof Pattern pattern)) {
            return custom(Functions.funcApply(matcher, List.of(string)));
        }
        EvaluationBounds.checkPattern(pattern);
        return regex(pattern.matcher(new Watched(string, evaluation)), string, evaluation);
    }

    private static @Nullable Match regex(Matcher matcher, String string, Evaluation evaluation) {
        if (!matcher.find()) {
            return null;
        }
        if (matcher.start() == matcher.end()) {
            throw new JException("D1004", -1, matcher.pattern().pattern());
        }
        evaluation.tick(matcher.groupCount() + 4);
        var groups = new ArrayList<@Nullable Object>();
        for (var i = 1; i <= matcher.groupCount(); i++) {
            var group = matcher.group(i);
            groups.add(group == null ? ValueConversion.NULL : group);
        }
        return new Match(
                matcher.group(),
                matcher.start(),
                matcher.end(),
                groups,
                () -> matcher.end() >= string.length() ? null : regex(matcher, string, evaluation));
    }

    private static @Nullable Match custom(@Nullable Object result) {
        if (result == null) {
            return null;
        }
        if (result instanceof Map<?, ?> map
                && map.get("match") instanceof String text
                && map.get("start") instanceof Number start
                && map.get("end") instanceof Number end
                && map.get("groups") instanceof List<?> groups
                && Evaluation.isFunction(map.get("next"))) {
            var next = map.get("next");
            return new Match(
                    text, start.intValue(), end.intValue(), ValueConversion.array(groups), () -> custom(call(next)));
        }
        throw new JException("T1010", -1, 1, "matcher");
    }

    private static @Nullable Object call(@Nullable Object function) throws Throwable {
        return function instanceof com.dashjoin.jsonata.Jsonata.Fn0<?> plain
                ? plain.get()
                : Functions.funcApply(function, List.of());
    }

    static @Nullable Object contains(List<@Nullable Object> arguments, Evaluation evaluation) throws Throwable {
        if (!(arguments.get(0) instanceof String string)) {
            return null;
        }
        return switch (arguments.get(1)) {
            case null -> null;
            case String token -> string.contains(token);
            case Object matcher -> first(matcher, string, evaluation) != null;
        };
    }

    static @Nullable Object match(List<@Nullable Object> arguments, Evaluation evaluation) throws Throwable {
        if (!(arguments.get(0) instanceof String string)) {
            return null;
        }
        var limit = limit(arguments.get(2), "D3040");
        var result = com.dashjoin.jsonata.Utils.createSequence();
        var matcher = arguments.get(1);
        if (matcher == null) {
            return null;
        }
        var match = limit > 0 ? first(matcher, string, evaluation) : null;
        while (match != null && result.size() < limit) {
            evaluation.tick();
            var object = new LinkedHashMap<String, @Nullable Object>();
            object.put("match", match.text());
            object.put("index", match.start());
            object.put("groups", match.groups());
            result.add(object);
            match = match.next().get();
        }
        return result;
    }

    static @Nullable Object split(List<@Nullable Object> arguments, Evaluation evaluation) throws Throwable {
        if (!(arguments.get(0) instanceof String string)) {
            return null;
        }
        var limit = limit(arguments.get(2), "D3020");
        var separator = arguments.get(1);
        if (separator == null) {
            return new ArrayList<Object>(List.of(string));
        }
        return separator instanceof String text
                ? splitAt(string, text, limit, evaluation)
                : splitAt(string, separator, limit, evaluation);
    }

    private static List<Object> splitAt(String string, String separator, double limit, Evaluation evaluation) {
        var parts = new ArrayList<Object>();
        if (separator.isEmpty()) {
            for (var i = 0; i < string.length() && parts.size() < limit; i++) {
                evaluation.tick();
                evaluation.checkElements(parts.size());
                parts.add(string.substring(i, i + 1));
            }
            return parts;
        }
        var start = 0;
        for (var at = string.indexOf(separator); at >= 0; at = string.indexOf(separator, start)) {
            evaluation.tick();
            evaluation.checkElements(parts.size());
            parts.add(string.substring(start, at));
            start = at + separator.length();
        }
        parts.add(string.substring(start));
        return limit < parts.size() ? new ArrayList<>(parts.subList(0, (int) limit)) : parts;
    }

    private static List<Object> splitAt(String string, Object matcher, double limit, Evaluation evaluation)
            throws Throwable {
        var parts = new ArrayList<Object>();
        var start = 0;
        for (var match = first(matcher, string, evaluation);
                match != null && parts.size() < limit;
                match = match.next().get()) {
            evaluation.tick();
            parts.add(string.substring(start, match.start()));
            start = match.end();
        }
        if (parts.size() < limit) {
            parts.add(string.substring(start));
        }
        return parts;
    }

    static @Nullable Object replace(List<@Nullable Object> arguments, Evaluation evaluation) throws Throwable {
        if (!(arguments.get(0) instanceof String string)) {
            return null;
        }
        var pattern = arguments.get(1);
        if ("".equals(pattern)) {
            throw new JException("D3010", -1, pattern, 2);
        }
        var limit = limit(arguments.get(3), "D3011");
        var replacement = arguments.get(2);
        if (pattern == null || replacement == null) {
            return null;
        }
        return pattern instanceof String token
                ? replaceText(string, token, replacement, limit, evaluation)
                : replaceMatches(string, pattern, replacement, limit, evaluation);
    }

    private static String replaceText(
            String string, String token, Object replacement, double limit, Evaluation evaluation) {
        var result = new StringBuilder();
        var position = 0;
        var count = 0;
        for (var at = string.indexOf(token); at >= 0 && count < limit; at = string.indexOf(token, position)) {
            evaluation.tick();
            if (!(replacement instanceof String text)) {
                throw new JException("D3012", -1, replacement);
            }
            result.append(string, position, at).append(text);
            evaluation.checkLength(result.length());
            position = at + token.length();
            count++;
        }
        return result.append(string, position, string.length()).toString();
    }

    private static String replaceMatches(
            String string, Object matcher, Object replacement, double limit, Evaluation evaluation) throws Throwable {
        var result = new StringBuilder();
        var position = 0;
        var count = 0;
        for (var match = limit > 0 ? first(matcher, string, evaluation) : null;
                match != null && count < limit;
                match = match.next().get()) {
            evaluation.tick();
            result.append(string, position, match.start());
            result.append(
                    replacement instanceof String text
                            ? expand(text, match, evaluation)
                            : replaced(replacement, match));
            evaluation.checkLength(result.length());
            position = match.start() + match.text().length();
            count++;
        }
        return result.append(string, position, string.length()).toString();
    }

    private static String replaced(Object function, Match match) throws Throwable {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("match", match.text());
        object.put("start", match.start());
        object.put("end", match.end());
        object.put("groups", match.groups());
        if (Functions.funcApply(function, List.of(object)) instanceof String text) {
            return text;
        }
        throw new JException("D3012", -1, match.text());
    }

    /// `$0` is the match, `$1` its first group, `$$` a dollar. Of `$12` both digits count only where there are that
    /// many groups.
    private static String expand(String replacement, Match match, Evaluation evaluation) {
        var result = new StringBuilder();
        var groups = match.groups().size();
        var maxDigits = Integer.toString(Math.max(1, groups)).length();
        var position = 0;
        for (var dollar = replacement.indexOf('$'); dollar >= 0; dollar = replacement.indexOf('$', position)) {
            evaluation.tick();
            evaluation.checkLength(result.length());
            result.append(replacement, position, dollar);
            position = dollar + 1;
            var after = position < replacement.length() ? replacement.charAt(position) : ' ';
            if (after == '$') {
                result.append('$');
                position++;
            } else if (after == '0') {
                result.append(match.text());
                position++;
            } else {
                var digits = digits(replacement, position, maxDigits);
                if (digits.length() > 1 && Integer.parseInt(digits) > groups) {
                    digits = digits.substring(0, digits.length() - 1);
                }
                if (digits.isEmpty()) {
                    result.append('$');
                } else {
                    var index = Integer.parseInt(digits);
                    if (index <= groups && match.groups().get(index - 1) instanceof String group) {
                        result.append(group);
                    }
                    position += digits.length();
                }
            }
        }
        return result.append(replacement, position, replacement.length()).toString();
    }

    private static String digits(String text, int from, int max) {
        var end = from;
        while (end < text.length() && end - from < max && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return text.substring(from, end);
    }

    private static double limit(@Nullable Object limit, String code) {
        if (limit == null) {
            return Double.POSITIVE_INFINITY;
        }
        var number = ((Number) limit).doubleValue();
        if (number < 0) {
            throw new JException(code, -1, limit, 3);
        }
        return Math.floor(number);
    }

    /// A string that stops a regular expression which takes too long: it asks for every character.
    private record Watched(String string, Evaluation evaluation) implements CharSequence {
        @Override
        public int length() {
            return string.length();
        }

        @Override
        public char charAt(int index) {
            evaluation.tick();
            return string.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return string.substring(start, end);
        }

        @Override
        public String toString() {
            return string;
        }
    }
}
