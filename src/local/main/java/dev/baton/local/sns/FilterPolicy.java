package dev.baton.local.sns;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.AwsError;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.Machine;

/// A subscription's filter policy: which messages it takes, by their attributes or by their body.
///
/// The language is a part of EventBridge's patterns and means the same, so that their machine decides; what SNS does
/// not have of it is refused before. See [Subscription filter
/// policies](https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html).
///
/// @param ofBody whether it looks at the body, and not at the attributes
record FilterPolicy(Machine machine, boolean ofBody) {
    private static final int MOST_KEYS = 5;
    private static final int MOST_COMBINATIONS = 150;
    private static final double GREATEST = 1e9;
    private static final Set<String> OPERATORS =
            Set.of("anything-but", "prefix", "suffix", "equals-ignore-case", "numeric", "exists", "cidr");
    private static final Set<String> BUT = Set.of("prefix", "suffix");

    /// That of a subscription; null where it has none.
    ///
    /// @throws AwsError `InvalidParameter`
    static @Nullable FilterPolicy of(Map<String, String> attributes) {
        var text = attributes.get("FilterPolicy");
        if (text == null || text.isEmpty()) {
            return null;
        }
        Map<String, ? extends @Nullable Object> policy;
        try {
            policy = Json.parseObject(text);
        } catch (JsonException e) {
            throw invalid("failed to parse JSON. " + e.getMessage());
        }
        var ofBody = "MessageBody".equals(attributes.get("FilterPolicyScope"));
        var size = new Size();
        size.look(policy, ofBody, 1);
        if (size.keys > MOST_KEYS) {
            throw invalid("Filter policy can not have more than " + MOST_KEYS + " keys");
        }
        if (size.combinations > MOST_COMBINATIONS) {
            throw invalid("Filter policy is too complex");
        }
        var machine = new Machine();
        if (!policy.isEmpty()) {
            try {
                machine.addRule("filter", text);
            } catch (IOException | RuntimeException e) {
                throw invalid(String.valueOf(e.getMessage()));
            }
        }
        return policy.isEmpty() ? null : new FilterPolicy(machine, ofBody);
    }

    /// Counts what a policy has, and refuses what SNS does not know.
    private static final class Size {
        int keys;
        double combinations = 1;

        /// @param level of the policy, from 1: nested keys count for as many as the level they are at
        void look(Map<?, ? extends @Nullable Object> policy, boolean ofBody, int level) {
            policy.forEach((name, value) -> {
                switch (value) {
                    case List<?> list when name.equals("$or") -> list.forEach(each -> branch(each, ofBody, level));
                    case List<?> list -> {
                        keys++;
                        if (list.isEmpty()) {
                            throw invalid("Empty arrays are not allowed");
                        }
                        combinations *= (double) list.size() * level;
                        list.forEach(FilterPolicy::checkValue);
                    }
                    case Map<?, ?> nested when ofBody -> look(nested, true, level + 1);
                    case Map<?, ?> nested ->
                        throw invalid("Filter policy scope MessageAttributes does not support nested filter policy");
                    case null, default -> throw invalid("\"" + name + "\" must be an object or an array");
                }
            });
        }

        private void branch(@Nullable Object branch, boolean ofBody, int level) {
            if (!(branch instanceof Map<?, ?> map)) {
                throw invalid("\"$or\" must be an array of objects");
            }
            look(map, ofBody, level);
        }
    }

    private static void checkValue(@Nullable Object value) {
        if (value instanceof Number number && Math.abs(number.doubleValue()) > GREATEST) {
            throw invalid("Value must be between -1.0E9 and 1.0E9, inclusive");
        }
        if (!(value instanceof Map<?, ?> match)) {
            return;
        }
        match.forEach((operator, operand) -> {
            var name = String.valueOf(operator);
            if (!OPERATORS.contains(name)) {
                throw invalid("Unrecognized match type " + name);
            }
            if (name.equals("anything-but") && operand instanceof Map<?, ?> but && !BUT.containsAll(but.keySet())) {
                throw invalid("Unsupported anything-but pattern: " + but.keySet());
            }
        });
    }

    private static AwsError invalid(String reason) {
        return SnsErrors.invalid("FilterPolicy: " + reason);
    }

    boolean accepts(SnsMessage message) {
        var event = ofBody ? body(message) : Json.print(attributes(message));
        if (event == null) {
            return false;
        }
        try {
            return !machine.rulesForJSONEvent(event).isEmpty();
        } catch (Exception e) {
            throw new IllegalStateException("a message that cannot be matched: " + event, e);
        }
    }

    /// A body that is not a JSON object matches nothing.
    private static @Nullable String body(SnsMessage message) {
        try {
            return Json.parse(message.text()) instanceof Map<?, ?> ? message.text() : null;
        } catch (JsonException e) {
            return null;
        }
    }

    private static Map<String, @Nullable Object> attributes(SnsMessage message) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        message.attributes().forEach((name, attribute) -> {
            var value = attribute.comparable();
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }
}
