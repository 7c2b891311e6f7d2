package dev.baton.local.events;

import dev.baton.local.http.AwsError;
import java.io.IOException;
import java.util.function.Predicate;
import software.amazon.event.ruler.Machine;

/// An event pattern that is right: what rules are for, in JSON text. Rules and `TestEventPattern` match by the same
/// machine, EventBridge's own.
///
/// See [Event patterns](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html).
record EventPattern(String text) {
    private static final String RULE = "rule";

    /// @throws AwsError `InvalidEventPatternException`
    static EventPattern parse(String text) {
        var pattern = new EventPattern(text);
        pattern.alone();
        return pattern;
    }

    private Machine alone() {
        var machine = new Machine();
        try {
            machine.addRule(RULE, text);
        } catch (IOException | RuntimeException e) {
            throw new AwsError(
                    400, "InvalidEventPatternException", "Event pattern is not valid. Reason: " + e.getMessage());
        }
        return machine;
    }

    /// @param event in JSON text
    /// @throws AwsError `ValidationException` where it is not an event
    boolean matches(String event) {
        try {
            return !alone().rulesForJSONEvent(event).isEmpty();
        } catch (AwsError e) {
            throw e;
        } catch (Exception e) {
            throw EventErrors.invalid("Parameter Event is not valid. Reason: " + e.getMessage());
        }
    }

    /// The same question for many events.
    Predicate<String> matcher() {
        var machine = alone();
        return event -> {
            try {
                return !machine.rulesForJSONEvent(event).isEmpty();
            } catch (Exception e) {
                throw new IllegalArgumentException("no event: " + event, e);
            }
        };
    }

    /// Adds the pattern to those that a machine looks for.
    void addTo(Machine machine, String rule) {
        try {
            machine.addRule(rule, text);
        } catch (IOException e) {
            throw new IllegalStateException("a pattern that was checked: " + text, e);
        }
    }

    void removeFrom(Machine machine, String rule) {
        try {
            machine.deleteRule(rule, text);
        } catch (IOException e) {
            throw new IllegalStateException("a pattern that was checked: " + text, e);
        }
    }
}
