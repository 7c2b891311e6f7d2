package dev.baton.local.states;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a machine is to log and where: checked and kept; the embedded AWS has no CloudWatch Logs.
final class LoggingConfiguration {
    private static final Set<String> LEVELS = Set.of("ALL", "ERROR", "FATAL", "OFF");

    static final Map<String, @Nullable Object> OFF = off();

    private LoggingConfiguration() {}

    private static Map<String, @Nullable Object> off() {
        var off = new LinkedHashMap<String, @Nullable Object>();
        off.put("level", "OFF");
        off.put("includeExecutionData", false);
        return off;
    }

    static Map<String, @Nullable Object> of(@Nullable Map<String, @Nullable Object> given) {
        if (given == null) {
            return OFF;
        }
        var level = given.get("level") instanceof String text ? text : "OFF";
        if (!LEVELS.contains(level)) {
            throw StatesErrors.constraint(
                    "'" + level + "'",
                    "loggingConfiguration.level",
                    "satisfy enum value set: [ALL, ERROR, OFF, FATAL]");
        }
        var destinations = StatesMembers.list(given, "destinations");
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
        kept.put("includeExecutionData", StatesMembers.flag(given, "includeExecutionData", false));
        if (!destinations.isEmpty()) {
            kept.put("destinations", List.copyOf(destinations));
        }
        return kept;
    }
}
