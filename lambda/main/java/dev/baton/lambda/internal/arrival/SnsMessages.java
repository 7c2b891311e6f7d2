package dev.baton.lambda.internal.arrival;

import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNS;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The event that SNS calls a function with ([form](https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html)): the
/// message that was published is a text in it.
final class SnsMessages {
    private SnsMessages() {}

    static List<SNSRecord> read(Map<String, @Nullable Object> event) {
        return typed(event).getRecords();
    }

    /// The library's own type, but for what nobody here asks: times, signatures and attributes.
    static SNSEvent typed(Map<String, @Nullable Object> event) {
        return new SNSEvent()
                .withRecords(EventMembers.records("the event of SNS", event).stream()
                        .map(SnsMessages::record)
                        .toList());
    }

    @SuppressWarnings("NullAway") // The library says nothing of nulls; absent members are null in its types.
    private static SNSRecord record(EventMembers record) {
        var message = record.object("Sns");
        return new SNSRecord()
                .withEventSource(record.text("EventSource"))
                .withEventVersion(record.text("EventVersion"))
                .withEventSubscriptionArn(record.text("EventSubscriptionArn"))
                .withSns(new SNS()
                        .withType(message.text("Type"))
                        .withMessageId(message.text("MessageId"))
                        .withTopicArn(message.text("TopicArn"))
                        .withSubject(message.text("Subject"))
                        .withMessage(message.need("Message")));
    }
}
