package dev.baton.local.iam.policy;

import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the `ConditionKey` element of a statement.
record ConditionParser(PolicyFindings findings, boolean variables) {
    private static final String IF_EXISTS = "ifexists";

    List<ConditionKey> parse(String place, @Nullable Object element) {
        var found = new ArrayList<ConditionKey>();
        if (element == null) {
            return found;
        }
        if (!(element instanceof Map<?, ?> operators)) {
            findings.syntax(place, "expected an object, but was " + Json.typeName(element));
            return found;
        }
        operators.forEach((word, keys) -> operator(place, String.valueOf(word), keys, found));
        return found;
    }

    private void operator(String place, String word, @Nullable Object keys, List<ConditionKey> found) {
        var quantifier = ConditionKey.Quantifier.ONE;
        var rest = word;
        for (var each : List.of(ConditionKey.Quantifier.FOR_ALL, ConditionKey.Quantifier.FOR_ANY)) {
            if (word.regionMatches(true, 0, each.prefix(), 0, each.prefix().length())) {
                quantifier = each;
                rest = word.substring(each.prefix().length());
            }
        }
        boolean ifExists = rest.toLowerCase(Locale.ROOT).endsWith(IF_EXISTS);
        var operator = Operator.named(ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest);
        // "NullIfExists" could only ever mean the same as no condition at all.
        if (operator == null || (ifExists && operator == Operator.NULL)) {
            findings.badOperator(place, word);
            return;
        }
        if (!(keys instanceof Map<?, ?> map)) {
            findings.syntax(place + "/" + word, "expected an object, but was " + Json.typeName(keys));
            return;
        }
        for (var entry : map.entrySet()) {
            var key = String.valueOf(entry.getKey());
            if (key.indexOf(':') <= 0) {
                findings.badAction(place + "/" + word, key);
            }
            var texts = texts(place + "/" + word + "/" + key, entry.getValue());
            var operands = new ArrayList<ConditionValue>();
            for (var text : texts) {
                var operand = ConditionValue.of(operator, text, variables);
                if (operand == null) {
                    findings.badValue(place + "/" + word + "/" + key, operator.word(), text);
                } else {
                    operands.add(operand);
                }
            }
            found.add(ConditionKey.of(quantifier, operator, ifExists, key, texts, operands));
        }
    }

    private List<String> texts(String place, @Nullable Object value) {
        var found = new ArrayList<String>();
        for (var item : value instanceof List<?> many ? many : Collections.singletonList(value)) {
            if (item instanceof String text) {
                found.add(text);
            } else if (item instanceof Boolean || item instanceof Number) {
                found.add(Json.print(item));
            } else {
                findings.syntax(place, "expected a string, number or boolean, but was " + Json.typeName(item));
            }
        }
        return found;
    }
}
