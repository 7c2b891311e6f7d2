package dev.baton.local.events;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The part of an event that a target gets: all of it, a part, a constant, or a template filled in.
///
/// See [input transformation](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html).
final class TargetInput {
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\['([^']+)'\\]|\\[(\\d+)\\]");
    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Za-z0-9_.-]+)>");

    private TargetInput() {}

    /// JSON text.
    static String of(RuleTarget target, Map<String, @Nullable Object> event, Rule rule) {
        var json = target.json();
        if (json.get("Input") instanceof String constant) {
            return constant;
        }
        if (json.get("InputPath") instanceof String path) {
            return Json.print(read(event, path));
        }
        return json.get("InputTransformer") instanceof Map<?, ?> transformer
                ? fill(transformer, event, rule)
                : Json.print(event);
    }

    private static @Nullable Object read(@Nullable Object value, String path) {
        var steps = STEP.matcher(path);
        var end = 1;
        var current = value;
        while (end < path.length()) {
            if (!path.startsWith("$") || !steps.find(end) || steps.start() != end) {
                throw EventErrors.invalid("Invalid JSON path: " + path);
            }
            end = steps.end();
            var name = steps.group(1) == null ? steps.group(2) : steps.group(1);
            if (name != null) {
                current = current instanceof Map<?, ?> object ? object.get(name) : null;
            } else {
                var index = Integer.parseInt(steps.group(3));
                current = current instanceof List<?> list && index < list.size() ? list.get(index) : null;
            }
        }
        return current;
    }

    private static String fill(Map<?, ?> transformer, Map<String, @Nullable Object> event, Rule rule) {
        var values = new HashMap<String, @Nullable Object>();
        if (transformer.get("InputPathsMap") instanceof Map<?, ?> paths) {
            paths.forEach((name, path) -> values.put((String) name, read(event, (String) path)));
        }
        values.put("aws.events.rule-arn", rule.arn());
        values.put("aws.events.rule-name", rule.name());
        values.put("aws.events.event.ingestion-time", event.get("time"));
        values.put("aws.events.event", withoutDetail(event));
        values.put("aws.events.event.json", event);
        var template = String.valueOf(transformer.get("InputTemplate"));
        var match = PLACEHOLDER.matcher(template);
        var result = new StringBuilder();
        while (match.find()) {
            var value = values.get(match.group(1));
            var text = values.containsKey(match.group(1))
                    ? isInString(template, match.start()) ? inString(value) : Json.print(value)
                    : match.group();
            match.appendReplacement(result, Matcher.quoteReplacement(text));
        }
        return checked(match.appendTail(result).toString());
    }

    private static Map<String, @Nullable Object> withoutDetail(Map<String, @Nullable Object> event) {
        var rest = new java.util.LinkedHashMap<>(event);
        rest.remove("detail");
        return rest;
    }

    private static boolean isInString(String template, int position) {
        var inString = false;
        for (var i = 0; i < position; i++) {
            if (template.charAt(i) == '\\') {
                i++;
            } else if (template.charAt(i) == '"') {
                inString = !inString;
            }
        }
        return inString;
    }

    private static String inString(@Nullable Object value) {
        if (value instanceof String text) {
            var quoted = Json.print(text);
            return quoted.substring(1, quoted.length() - 1);
        }
        // Objects lose their quotes inside a string, as the service has it.
        return Json.print(value).replace("\"", "");
    }

    /// A template need not be JSON; what is none goes as a string.
    private static String checked(String text) {
        try {
            Json.parse(text);
            return text;
        } catch (JsonException e) {
            return Json.print(text);
        }
    }

    /// @throws AwsError when a path is none
    static void validate(RuleTarget target) {
        if (target.json().get("InputPath") instanceof String path) {
            read(Map.of(), path);
        }
        if (target.json().get("InputTransformer") instanceof Map<?, ?> transformer
                && transformer.get("InputPathsMap") instanceof Map<?, ?> paths) {
            paths.values().forEach(path -> read(Map.of(), String.valueOf(path)));
        }
        if (target.json().get("Input") instanceof String input) {
            try {
                Json.parse(input);
            } catch (JsonException e) {
                throw EventErrors.invalid("JSON syntax error in Input for target " + target.id() + ".");
            }
        }
    }
}
