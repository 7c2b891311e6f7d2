package dev.baton.lambda.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Figures in CloudWatch's *embedded metric format*: a log line that CloudWatch makes metrics of, without a call.
/// The dimensions are members of the line already, from the log's context.
public final class EmbeddedMetrics {
    private static final Logger LOG = LoggerFactory.getLogger("dev.baton.metrics");
    private static final String NAMESPACE = "Baton";

    private EmbeddedMetrics() {}

    /// A metric of how long something took.
    ///
    /// @param dimensions names of members of the line
    public static void milliseconds(Instant now, String name, long value, List<String> dimensions) {
        print(now, name, "Milliseconds", value, dimensions);
    }

    /// A metric of how many there were.
    public static void count(Instant now, String name, long value, List<String> dimensions) {
        print(now, name, "Count", value, dimensions);
    }

    private static void print(Instant now, String name, String unit, long value, List<String> dimensions) {
        var metric = Map.of("Name", name, "Unit", unit);
        var directive = Map.of("Namespace", NAMESPACE, "Dimensions", List.of(dimensions), "Metrics", List.of(metric));
        LOG.atInfo()
                .addKeyValue("_aws", Map.of("Timestamp", now.toEpochMilli(), "CloudWatchMetrics", List.of(directive)))
                .addKeyValue(name, value)
                .log(name);
    }
}
