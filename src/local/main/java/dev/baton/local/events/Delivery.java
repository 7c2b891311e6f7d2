package dev.baton.local.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One event on its way to one target.
///
/// @param event the whole envelope
/// @param ruleArn that matched
/// @param targetArn where it goes
/// @param input JSON text, as the target gets it
public record Delivery(
        Map<String, @Nullable Object> event, String ruleArn, String targetArn, String targetId, String input) {

    public String eventId() {
        return String.valueOf(event.get("id"));
    }
}
