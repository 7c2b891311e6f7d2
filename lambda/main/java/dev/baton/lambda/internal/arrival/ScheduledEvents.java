package dev.baton.lambda.internal.arrival;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.jspecify.annotations.Nullable;

/// The *Scheduled Event* of EventBridge Scheduler and of EventBridge's own scheduled rules
/// ([form](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html)). Baton's schedules
/// say in `time` for when they were planned.
final class ScheduledEvents {
    private ScheduledEvents() {}

    static Arrival read(Map<String, @Nullable Object> event) {
        var typed = typed(event);
        var arn = typed.getResources().getFirst();
        return new Arrival.Ticked(
                arn.substring(arn.lastIndexOf('/') + 1), Instant.ofEpochMilli(typed.getTime().getMillis()));
    }

    /// The library's own type.
    @SuppressWarnings("NullAway") // The library says nothing of nulls; absent members are null in its types.
    static ScheduledEvent typed(Map<String, @Nullable Object> event) {
        var members = new EventMembers("the Scheduled Event", event);
        var time = members.need("time");
        if (!(event.get("resources") instanceof List<?> resources)
                || resources.isEmpty()
                || !resources.stream().allMatch(String.class::isInstance)) {
            throw ArrivalFindings.incomplete("the Scheduled Event", "resources with the ARN of its schedule");
        }
        return new ScheduledEvent()
                .withId(members.text("id"))
                .withVersion(members.text("version"))
                .withAccount(members.text("account"))
                .withRegion(members.text("region"))
                .withSource(members.text("source"))
                .withDetailType(members.text("detail-type"))
                .withResources(resources.stream().map(String.class::cast).toList())
                .withTime(new DateTime(instant(time).toEpochMilli(), DateTimeZone.UTC));
    }

    private static Instant instant(String time) {
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException e) {
            throw ArrivalFindings.incomplete("the Scheduled Event", "time such as 2026-11-30T06:00:00Z, but " + time);
        }
    }
}
