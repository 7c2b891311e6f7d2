package dev.baton.local.s3;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes the events that S3 sends to EventBridge. Called one event at a time, after the request was answered or just
/// before; whatever takes long or fails is the sink's own affair.
@FunctionalInterface
public interface EventSink {
    EventSink NONE = event -> {};

    /// @param event the whole envelope as EventBridge has it: `version`, `id`, `detail-type`, `source`, `account`,
    ///     `time`, `region`, `resources` and `detail`
    void accept(Map<String, @Nullable Object> event);
}
