package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.Machine;

/// The filters of a mapping, matched by the machine that matches EventBridge's rules.
///
/// See [Filtering for SQS](https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html).
final class MessageFilter {
    private final @Nullable Machine machine;

    /// @throws dev.baton.local.http.AwsError `InvalidParameterValueException` where a pattern is none
    MessageFilter(List<String> patterns) {
        if (patterns.isEmpty()) {
            machine = null;
            return;
        }
        var made = new Machine();
        for (var pattern : patterns) {
            try {
                made.addRule("filter", pattern);
            } catch (IOException | RuntimeException e) {
                throw EventSourceMapping.invalid("Invalid filter pattern definition. " + e.getMessage());
            }
        }
        machine = made;
    }

    /// @param record a message as the function gets it, but that a body in JSON is matched as what it says
    boolean matches(Map<String, @Nullable Object> record) {
        if (machine == null) {
            return true;
        }
        var seen = new LinkedHashMap<>(record);
        seen.computeIfPresent("body", (name, body) -> parsed(body));
        try {
            return !machine.rulesForJSONEvent(Json.print(seen)).isEmpty();
        } catch (Exception e) {
            return false;
        }
    }

    private static Object parsed(Object body) {
        try {
            return Json.parseObject((String) body);
        } catch (JsonException e) {
            return body;
        }
    }
}
