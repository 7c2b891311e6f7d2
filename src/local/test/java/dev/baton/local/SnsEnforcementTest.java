package dev.baton.local;

import java.util.stream.Stream;
import software.amazon.awssdk.services.sns.model.Tag;

/// What the actions of SNS ask leave for.
class SnsEnforcementTest extends EnforcementTable {
    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:there";
    private static final String MADE = "arn:aws:sns:us-east-1:000000000000:made";
    private static final String RED = " aws:ResourceTag/owner=[red]";
    private static final String SUBSCRIPTION = TOPIC + ":00000000-0000-4000-8000-000000000000";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";

    static Stream<Row> rows() {
        var red = Tag.builder().key("team").value("red").build();
        return Stream.of(
                Row.of(
                        "CreateTopic",
                        t -> t.sns.createTopic(r -> r.name("made").tags(red)),
                        "sns:CreateTopic " + MADE + " aws:RequestTag/team=[red] aws:TagKeys=[team]",
                        "sns:TagResource " + MADE + " aws:RequestTag/team=[red] aws:TagKeys=[team]"),
                Row.of("DeleteTopic", t -> t.sns.deleteTopic(r -> r.topicArn(MADE)), "sns:DeleteTopic " + MADE),
                Row.of("ListTopics", t -> t.sns.listTopics(), "sns:ListTopics *"),
                Row.of(
                        "GetTopicAttributes",
                        t -> t.sns.getTopicAttributes(r -> r.topicArn(TOPIC)),
                        "sns:GetTopicAttributes " + TOPIC + RED),
                Row.of(
                        "SetTopicAttributes",
                        t -> t.sns.setTopicAttributes(r ->
                                r.topicArn(TOPIC).attributeName("DisplayName").attributeValue("x")),
                        "sns:SetTopicAttributes " + TOPIC + RED),
                Row.of(
                        "AddPermission",
                        t -> t.sns.addPermission(r -> r.topicArn(TOPIC)
                                .label("l")
                                .awsAccountIds("111111111111")
                                .actionNames("Publish")),
                        "sns:AddPermission " + TOPIC + RED),
                Row.of(
                        "RemovePermission",
                        t -> t.sns.removePermission(r -> r.topicArn(TOPIC).label("l")),
                        "sns:RemovePermission " + TOPIC + RED),
                Row.of(
                        "Subscribe",
                        t -> t.sns.subscribe(
                                r -> r.topicArn(TOPIC).protocol("sqs").endpoint(QUEUE)),
                        "sns:Subscribe " + TOPIC + RED + " sns:Protocol=[sqs] sns:Endpoint=[" + QUEUE + "]"),
                Row.of(
                        "ConfirmSubscription",
                        t -> t.sns.confirmSubscription(r -> r.topicArn(TOPIC).token("t")),
                        "sns:ConfirmSubscription " + TOPIC + RED),
                Row.of(
                        "Unsubscribe",
                        t -> t.sns.unsubscribe(r -> r.subscriptionArn(SUBSCRIPTION)),
                        "sns:Unsubscribe " + TOPIC + RED),
                Row.of("ListSubscriptions", t -> t.sns.listSubscriptions(), "sns:ListSubscriptions *"),
                Row.of(
                        "ListSubscriptionsByTopic",
                        t -> t.sns.listSubscriptionsByTopic(r -> r.topicArn(TOPIC)),
                        "sns:ListSubscriptionsByTopic " + TOPIC + RED),
                Row.of(
                        "GetSubscriptionAttributes",
                        t -> t.sns.getSubscriptionAttributes(r -> r.subscriptionArn(SUBSCRIPTION)),
                        "sns:GetSubscriptionAttributes " + TOPIC + RED),
                Row.of(
                        "SetSubscriptionAttributes",
                        t -> t.sns.setSubscriptionAttributes(
                                r -> r.subscriptionArn(SUBSCRIPTION).attributeName("RawMessageDelivery")),
                        "sns:SetSubscriptionAttributes " + TOPIC + RED),
                Row.of("Publish", t -> t.sns.publish(r -> r.targetArn(MADE).message("x")), "sns:Publish " + MADE),
                Row.of(
                        "PublishBatch",
                        t -> t.sns.publishBatch(r -> r.topicArn(MADE)
                                .publishBatchRequestEntries(e -> e.id("1").message("x"))),
                        "sns:Publish " + MADE),
                Row.of(
                        "TagResource",
                        t -> t.sns.tagResource(r -> r.resourceArn(TOPIC).tags(red)),
                        "sns:TagResource " + TOPIC + " aws:RequestTag/team=[red] aws:TagKeys=[team]" + RED),
                Row.of(
                        "UntagResource",
                        t -> t.sns.untagResource(r -> r.resourceArn(TOPIC).tagKeys("team")),
                        "sns:UntagResource " + TOPIC + " aws:TagKeys=[team]" + RED),
                Row.of(
                        "ListTagsForResource",
                        t -> t.sns.listTagsForResource(r -> r.resourceArn(TOPIC)),
                        "sns:ListTagsForResource " + TOPIC + RED));
    }
}
