package dev.baton.local.sns;

import dev.baton.json.Json;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The actions on topics.
///
/// @param deleted is told the ARN of a topic that was deleted
record TopicActions(Topics topics, Consumer<String> deleted) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final Pattern FIFO_NAME = Pattern.compile("[A-Za-z0-9_-]{1,251}\\.fifo");
    private static final String RETRIES = "{\"http\":{\"defaultHealthyRetryPolicy\":{\"minDelayTarget\":20,"
            + "\"maxDelayTarget\":20,\"numRetries\":3,\"numMaxDelayRetries\":0,\"numNoDelayRetries\":0,"
            + "\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"},\"disableSubscriptionOverrides\":false,"
            + "\"defaultRequestPolicy\":{\"headerContentType\":\"text/plain; charset=UTF-8\"}}}";

    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.changing("CreateTopic", this::create, "CreateTopic", "TagResource"),
                ApiOperation.changing("DeleteTopic", this::delete),
                ApiOperation.reading("ListTopics", this::list),
                ApiOperation.reading("GetTopicAttributes", this::attributes),
                ApiOperation.changing("SetTopicAttributes", this::set),
                ApiOperation.changing("AddPermission", this::addPermission),
                ApiOperation.changing("RemovePermission", this::removePermission));
    }

    /// Asks leave for an operation on a topic, whose own policy may grant it.
    static void require(Topics topics, ApiCall call, String right, String arn, RequestContext keys) {
        var topic = topics.find(arn);
        var account = topics.account().id();
        if (topic == null) {
            call.require(right, arn, account, keys, null);
        } else {
            call.require(right, arn, account, keys.or(topic.context()), topic.policy());
        }
    }

    /// @throws AwsError `NotFound`
    static Topic topic(Topics topics, ApiInput input, ApiCall call) {
        var arn = input.require("TopicArn");
        if (!arn.matches("arn:[^:]+:sns:[^:]+:[0-9]{12}:[^:]+")) {
            throw SnsErrors.invalid("TopicArn");
        }
        require(topics, call, call.right(), arn, RequestContext.EMPTY);
        return topics.topic(arn);
    }

    private void create(ApiInput input, ApiCall call, Xml result) {
        var name = input.require("Name");
        var attributes = input.map("Attributes");
        attributes.values().removeIf(String::isEmpty);
        var fifo = "true".equals(attributes.get("FifoTopic"));
        var arn = topics.arn(name);
        var tags = TopicTags.of(input);
        var given = RequestContext.builder().requestTags(tags).build();
        require(topics, call, call.right(), arn, given);
        if (!tags.isEmpty()) {
            require(topics, call, "sns:TagResource", arn, given);
        }
        if (fifo && !FIFO_NAME.matcher(name).matches()) {
            throw SnsErrors.invalid("Fifo Topic names must end with .fifo and must be made up of only uppercase and"
                    + " lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256"
                    + " characters long.");
        }
        if (!fifo && !NAME.matcher(name).matches()) {
            throw SnsErrors.invalid("Topic Name");
        }
        attributes.forEach((attribute, value) -> TopicAttributes.check(arn, fifo, attribute, value, true));
        var made = Topic.of(arn, topics.account().id(), attributes, tags);
        var before = topics.find(arn);
        if (before == null) {
            topics.put(made);
        } else {
            requireSame(before, made);
        }
        result.element("TopicArn", arn);
    }

    /// Who makes a topic that is there gets it, unless they want another one.
    private static void requireSame(Topic before, Topic made) {
        made.attributes().forEach((name, value) -> {
            if (!value.equals(before.attributes().get(name))) {
                throw SnsErrors.invalid("Attributes Reason: Topic already exists with different attributes");
            }
        });
        if (!before.tags().equals(made.tags())) {
            throw SnsErrors.invalid("Tags Reason: Topic already exists with different tags");
        }
    }

    private void delete(ApiInput input, ApiCall call, Xml result) {
        var arn = input.require("TopicArn");
        require(topics, call, call.right(), arn, RequestContext.EMPTY);
        topics.remove(arn);
        deleted.accept(arn);
    }

    private void list(ApiInput input, ApiCall call, Xml result) {
        call.require("*");
        SnsErrors.page(
                input,
                result,
                "Topics",
                topics.all(),
                Topic::arn,
                (xml, topic) -> xml.element("TopicArn", topic.arn()));
    }

    private void attributes(ApiInput input, ApiCall call, Xml result) {
        var topic = topic(topics, input, call);
        var subscriptions = topics.subscriptions(topic.arn());
        long confirmed =
                subscriptions.stream().filter(Subscription::isConfirmed).count();
        var all = new LinkedHashMap<String, String>();
        all.put("TopicArn", topic.arn());
        all.put("Owner", topics.account().id());
        all.put("DisplayName", "");
        all.put("Policy", topic.policy().text());
        all.put("SubscriptionsConfirmed", Long.toString(confirmed));
        all.put("SubscriptionsPending", Long.toString(subscriptions.size() - confirmed));
        all.put("SubscriptionsDeleted", "0");
        all.put("EffectiveDeliveryPolicy", RETRIES);
        if (topic.isFifo()) {
            all.put("ContentBasedDeduplication", "false");
            all.put("FifoThroughputScope", "Topic");
        }
        all.putAll(topic.attributes());
        if (topic.attributes().containsKey("DeliveryPolicy")) {
            all.put("EffectiveDeliveryPolicy", topic.attributes().get("DeliveryPolicy"));
        }
        entries(result, all);
    }

    static void entries(Xml result, Map<String, String> all) {
        result.open("Attributes");
        all.forEach((name, value) -> result.open("entry")
                .element("key", name)
                .element("value", value)
                .close());
        result.close();
    }

    private void set(ApiInput input, ApiCall call, Xml result) {
        var topic = topic(topics, input, call);
        var name = input.require("AttributeName");
        var value = input.text("AttributeValue", "");
        TopicAttributes.check(topic.arn(), topic.isFifo(), name, value, false);
        topics.change(topic.arn(), now -> now.with(name, value));
    }

    private void addPermission(ApiInput input, ApiCall call, Xml result) {
        var topic = topic(topics, input, call);
        var label = input.require("Label");
        var statements = statements(topic);
        if (statements.stream().anyMatch(each -> label.equals(ApiInput.of(each).text("Sid")))) {
            throw SnsErrors.invalid("Statement already exists");
        }
        var statement = new LinkedHashMap<String, @Nullable Object>();
        statement.put("Sid", label);
        statement.put("Effect", "Allow");
        statement.put(
                "Principal",
                Map.of(
                        "AWS",
                        input.texts("AWSAccountId").stream()
                                .map(id -> "arn:aws:iam::" + id + ":root")
                                .toList()));
        statement.put(
                "Action",
                input.texts("ActionName").stream()
                        .map(action -> "SNS:" + action)
                        .toList());
        statement.put("Resource", topic.arn());
        statements.add(statement);
        put(topic, statements);
    }

    private void removePermission(ApiInput input, ApiCall call, Xml result) {
        var topic = topic(topics, input, call);
        var statements = statements(topic);
        if (!statements.removeIf(
                each -> input.require("Label").equals(ApiInput.of(each).text("Sid")))) {
            throw SnsErrors.noTopic();
        }
        put(topic, statements);
    }

    private static List<@Nullable Object> statements(Topic topic) {
        var statements = Json.parseObject(topic.policy().text()).get("Statement");
        return statements instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>(List.of(statements));
    }

    private void put(Topic topic, List<@Nullable Object> statements) {
        var document = new LinkedHashMap<String, @Nullable Object>(
                Json.parseObject(topic.policy().text()));
        document.put("Statement", statements);
        topics.change(topic.arn(), now -> now.with("Policy", Json.print(document)));
    }
}
