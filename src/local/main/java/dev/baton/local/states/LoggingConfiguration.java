package dev.baton.local.states;

import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The logging of a machine, what and where.
final class LoggingConfiguration {

    static final Map<String, @Nullable Object> OFF = off();

    private LoggingConfiguration() {}

    private static Map<String, @Nullable Object> off() {
        return JsonAnswer.of("level", "OFF", "includeExecutionData", false);
    }

    static Map<String, @Nullable Object> of(@Nullable ApiInput given) {
        if (given == null) {
            return OFF;
        }
        var level = given.text("level", "OFF");
        var destinations = given.list("destinations");
        if (destinations.size() > 1 || !level.equals("OFF") && destinations.isEmpty()) {
            throw StatesErrors.invalidLogging("Must specify exactly one Log Destination.");
        }
        for (var destination : destinations) {
            if (!(destination instanceof Map<?, ?> map
                    && map.get("cloudWatchLogsLogGroup") instanceof Map<?, ?> group
                    && group.get("logGroupArn") instanceof String arn
                    && arn.matches("arn:[a-z-]+:logs:[a-z0-9-]+:[0-9]{12}:log-group:.+:\\*"))) {
                throw StatesErrors.invalidLogging("Log Destination ARN is invalid.");
            }
        }
        var kept = new LinkedHashMap<String, @Nullable Object>();
        kept.put("level", level);
        kept.put("includeExecutionData", given.flag("includeExecutionData"));
        if (!destinations.isEmpty()) {
            kept.put("destinations", List.copyOf(destinations));
        }
        return kept;
    }

    /// The name of the log group that events go to; null where there is none.
    ///
    /// @param logging as [#of] has it
    static @Nullable String group(Map<String, @Nullable Object> logging) {
        if (logging.get("destinations") instanceof List<?> destinations
                && !destinations.isEmpty()
                && destinations.getFirst() instanceof Map<?, ?> destination
                && destination.get("cloudWatchLogsLogGroup") instanceof Map<?, ?> group
                && group.get("logGroupArn") instanceof String arn) {
            var name = arn.substring(arn.indexOf(":log-group:") + ":log-group:".length());
            return name.substring(0, name.length() - ":*".length());
        }
        return null;
    }
}
