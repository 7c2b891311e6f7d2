package dev.baton.local.events;

import java.time.Duration;
import java.util.List;

/// The number and the delay of an event's deliveries to a target. EventBridge promises at least once and no order; this
/// is where tests make use of that.
@FunctionalInterface
public interface DeliveryPolicy {
    /// Once, at once.
    DeliveryPolicy PROMPT = delivery -> List.of(Duration.ZERO);

    /// One delay for each time that the event is delivered; none at all drops it.
    List<Duration> delays(Delivery delivery);
}
