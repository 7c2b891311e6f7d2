package dev.baton.local.sns;

import dev.baton.local.service.ApiInput;

/// The attributes of subscriptions that can be set, with what each may be.
///
/// See [SetSubscriptionAttributes](https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html).
final class SubscriptionAttributes {

    private SubscriptionAttributes() {}

    /// @throws AwsError `InvalidParameter`, or 501 for what would be passed over
    static void check(String protocol, boolean fifo, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        switch (name) {
            case "RawMessageDelivery" -> {
                if (!value.equals("true") && !value.equals("false")) {
                    throw SnsErrors.invalid("Attributes Reason: RawMessageDelivery: Invalid value [" + value
                            + "]. Must be true or false.");
                }
                if (protocol.equals("lambda") && value.equals("true")) {
                    throw SnsErrors.invalid(
                            "Attributes Reason: Delivery protocol [lambda] does not support raw message delivery.");
                }
            }
            case "FilterPolicyScope" -> {
                if (!value.equals("MessageAttributes") && !value.equals("MessageBody")) {
                    throw SnsErrors.invalid("Attributes Reason: FilterPolicyScope: Invalid value [" + value
                            + "]. Please use either MessageBody or MessageAttributes");
                }
            }
            // Parsed with its scope when all attributes are together.
            case "FilterPolicy" -> {}
            case "RedrivePolicy" -> redrive(fifo, value);
            case "DeliveryPolicy" -> RetryPolicy.ofSubscription(value);
            case "SubscriptionRoleArn", "ReplayPolicy" -> throw SnsErrors.absent(name + " of subscriptions");
            default -> throw SnsErrors.invalid("AttributeName");
        }
    }

    private static void redrive(boolean fifo, String value) {
        var arn = deadLetterArn(value);
        if (!arn.matches("arn:[^:]+:sqs:[^:]+:[0-9]{12}:[^:]+")) {
            throw SnsErrors.invalid("RedrivePolicy: deadLetterTargetArn is an invalid arn");
        }
        if (fifo != arn.endsWith(".fifo")) {
            throw SnsErrors.invalid("RedrivePolicy: must use a " + (fifo ? "FIFO" : "standard") + " queue as DLQ for a "
                    + (fifo ? "FIFO" : "standard") + " topic");
        }
    }

    static String deadLetterArn(String redrivePolicy) {
        return ApiInput.of(TopicAttributes.object("RedrivePolicy", redrivePolicy))
                .text("deadLetterTargetArn", "");
    }
}
