package dev.baton.local.events;

import java.time.Duration;
import java.util.List;

/// How often and how late an event reaches its target. EventBridge promises at least once and no order; this is where
/// tests make use of that.
@FunctionalInterface
public interface DeliveryPolicy {
    /// Once, at once.
    DeliveryPolicy PROMPT = delivery -> List.of(Duration.ZERO);

    /// One delay for each time that the event is delivered; none at all drops it.
    List<Duration> delays(Delivery delivery);
}
