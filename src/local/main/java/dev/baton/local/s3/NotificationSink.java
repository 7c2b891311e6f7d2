package dev.baton.local.s3;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The taker of the notifications that a bucket sends on its own, without EventBridge. Called by the thread of the
/// request, before it is answered: what has to outlive the process is on the disk when the sink returns.
@FunctionalInterface
public interface NotificationSink {

    /// @param destination the ARN of a topic or queue
    /// @param bucketArn of the bucket that tells
    /// @param notification a JSON object
    /// @throws dev.baton.local.http.ServiceRefusal where the destination takes nothing of the bucket
    void accept(String destination, String bucketArn, Map<String, @Nullable Object> notification);
}
