package dev.baton.local.s3;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes the events that S3 sends to EventBridge. Called by the thread of the request, before it is answered: what has
/// to outlive the process is on the disk when the sink returns, and whatever takes longer or fails is its own affair.
@FunctionalInterface
public interface EventSink {
    EventSink NONE = event -> {};

    /// @param event the whole envelope as EventBridge has it: `version`, `id`, `detail-type`, `source`, `account`,
    ///     `time`, `region`, `resources` and `detail`
    void accept(Map<String, @Nullable Object> event);
}
