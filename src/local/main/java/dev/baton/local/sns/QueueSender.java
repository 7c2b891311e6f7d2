package dev.baton.local.sns;

import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.RequestContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way to queues.
@FunctionalInterface
public interface QueueSender {

    /// @param body text
    /// @param attributes beside it, by name
    /// @param group of a FIFO queue, or null
    /// @param deduplicationId of a FIFO queue, or null
    /// @throws dev.baton.local.http.AccessDenied when the caller may not
    /// @throws dev.baton.local.http.AwsError when there is no such queue, or it does not take the message
    void send(
            Caller caller,
            String queueArn,
            String body,
            Map<String, SnsAttribute> attributes,
            @Nullable String group,
            @Nullable String deduplicationId,
            RequestContext context);
}
