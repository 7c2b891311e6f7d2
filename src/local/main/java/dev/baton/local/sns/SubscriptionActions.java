package dev.baton.local.sns;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The actions on subscriptions.
record SubscriptionActions(Sns sns, Topics topics) {
    private static final String PENDING = "PendingConfirmation";
    /// Whether only the owner may end the subscription.
    private static final String AUTHENTICATED = "ConfirmationWasAuthenticated";

    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.changing("Subscribe", this::subscribe),
                ApiOperation.changing("ConfirmSubscription", this::confirm),
                ApiOperation.changing("Unsubscribe", this::unsubscribe),
                ApiOperation.reading("ListSubscriptions", this::list),
                ApiOperation.reading("ListSubscriptionsByTopic", this::listByTopic),
                ApiOperation.reading("GetSubscriptionAttributes", this::attributes),
                ApiOperation.changing("SetSubscriptionAttributes", this::set));
    }

    private void subscribe(ApiInput input, ApiCall call, Xml result) {
        var arn = input.require("TopicArn");
        var protocol = input.require("Protocol");
        var endpoint = input.text("Endpoint", "");
        var keys = RequestContext.builder()
                .put("sns:Protocol", protocol)
                .put("sns:Endpoint", endpoint)
                .build();
        TopicActions.require(topics, call, call.right(), arn, keys);
        var topic = topics.topic(arn);
        checkEndpoint(topic, protocol, endpoint);
        var attributes = input.map("Attributes");
        attributes.values().removeIf(String::isEmpty);
        attributes.forEach((name, value) -> SubscriptionAttributes.check(protocol, topic.isFifo(), name, value));
        var subscription = subscription(topic, protocol, endpoint, attributes);
        var shown = subscription.isConfirmed() || input.flag("ReturnSubscriptionArn");
        result.element("SubscriptionArn", shown ? subscription.arn() : "pending confirmation");
    }

    /// The one that is there already, or a new one.
    private Subscription subscription(Topic topic, String protocol, String endpoint, Map<String, String> attributes) {
        for (var before : topics.subscriptions(topic.arn())) {
            if (before.protocol().equals(protocol) && before.endpoint().equals(endpoint)) {
                attributes.forEach((name, value) -> {
                    if (!value.equals(before.attributes().get(name))) {
                        throw SnsErrors.invalid(
                                "Attributes Reason: Subscription already exists with different attributes");
                    }
                });
                ask(before);
                return before;
            }
        }
        var isHttp = protocol.startsWith("http");
        var token = isHttp ? (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "") : null;
        var all = new LinkedHashMap<>(attributes);
        if (!isHttp) {
            all.put(AUTHENTICATED, "true");
        }
        var made = Subscription.of(
                topic.arn() + ":" + UUID.randomUUID(),
                topic.arn(),
                protocol,
                endpoint,
                topics.account().id(),
                token,
                all);
        topics.put(made);
        ask(made);
        return made;
    }

    private void ask(Subscription subscription) {
        var token = subscription.token();
        if (token != null) {
            sns.confirm(subscription, token);
        }
    }

    private static void checkEndpoint(Topic topic, String protocol, String endpoint) {
        switch (protocol) {
            case "sqs" -> {
                if (!endpoint.matches("arn:[^:]+:sqs:[^:]+:[0-9]{12}:[^:]+")) {
                    throw SnsErrors.invalid("SQS endpoint ARN");
                }
                if (endpoint.endsWith(".fifo") && !topic.isFifo()) {
                    throw SnsErrors.invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed"
                            + " to standard SNS topics");
                }
            }
            case "lambda", "http", "https" -> {
                if (topic.isFifo()) {
                    throw SnsErrors.invalid("Invalid parameter: Protocol Reason: FIFO topics deliver to SQS alone");
                }
                if (protocol.equals("lambda") && !endpoint.matches("arn:[^:]+:lambda:[^:]+:[0-9]{12}:function:.+")) {
                    throw SnsErrors.invalid("Lambda endpoint ARN");
                }
                if (!protocol.equals("lambda")) {
                    checkAddress(protocol, endpoint);
                }
            }
            case "email", "email-json", "sms", "application", "firehose" ->
                throw SnsErrors.absent("subscriptions over " + protocol);
            default -> throw SnsErrors.invalid("Invalid protocol type: " + protocol);
        }
    }

    /// Nothing leaves the machine.
    private static void checkAddress(String protocol, String endpoint) {
        if (!endpoint.startsWith(protocol + "://")) {
            throw SnsErrors.invalid("Endpoint must match the specified protocol");
        }
        String host;
        try {
            host = String.valueOf(URI.create(endpoint).getHost());
        } catch (IllegalArgumentException e) {
            throw SnsErrors.invalid("Endpoint");
        }
        if (!host.matches("localhost|127\\.[0-9.]+|\\[::1]")) {
            throw SnsErrors.invalid("Endpoint Reason: the embedded AWS delivers to servers on the loopback interface"
                    + " alone, and " + host + " is not there.");
        }
    }

    /// Who has the token need not sign: only the server has it.
    private void confirm(ApiInput input, ApiCall call, Xml result) {
        var arn = input.require("TopicArn");
        var token = input.require("Token");
        if (isSigned(call)) {
            TopicActions.require(topics, call, call.right(), arn, RequestContext.EMPTY);
        }
        topics.topic(arn);
        var found = topics.subscriptions(arn).stream()
                .filter(each -> token.equals(each.token()))
                .findFirst()
                .orElseThrow(() -> SnsErrors.invalid("Token"));
        var authenticated = isSigned(call) && "true".equals(input.text("AuthenticateOnUnsubscribe"));
        topics.put(found.confirmed().with(AUTHENTICATED, Boolean.toString(authenticated)));
        result.element("SubscriptionArn", found.arn());
    }

    private static boolean isSigned(ApiCall call) {
        return !call.caller().equals(Caller.ANONYMOUS);
    }

    private void unsubscribe(ApiInput input, ApiCall call, Xml result) {
        var arn = input.require("SubscriptionArn");
        var subscription = topics.findSubscription(arn);
        var isTheOwners =
                subscription != null && "true".equals(subscription.attributes().get(AUTHENTICATED));
        if (isSigned(call) || isTheOwners) {
            require(call, arn);
        }
        topics.removeSubscription(arn);
    }

    private void require(ApiCall call, String subscriptionArn) {
        TopicActions.require(topics, call, call.right(), topicArn(subscriptionArn), RequestContext.EMPTY);
    }

    private static String topicArn(String subscriptionArn) {
        if (!subscriptionArn.matches("arn:[^:]+:sns:[^:]+:[0-9]{12}:[^:]+:[^:]+")) {
            throw SnsErrors.invalid("SubscriptionArn Reason: An ARN must have at least 6 elements, not "
                    + subscriptionArn.split(":", -1).length);
        }
        return subscriptionArn.substring(0, subscriptionArn.lastIndexOf(':'));
    }

    private void list(ApiInput input, ApiCall call, Xml result) {
        call.require("*");
        page(input, result, topics.subscriptions());
    }

    private void listByTopic(ApiInput input, ApiCall call, Xml result) {
        page(
                input,
                result,
                topics.subscriptions(TopicActions.topic(topics, input, call).arn()));
    }

    private static void page(ApiInput input, Xml result, List<Subscription> all) {
        SnsErrors.page(
                input,
                result,
                "Subscriptions",
                all,
                Subscription::arn,
                (xml, each) -> xml.element("SubscriptionArn", each.isConfirmed() ? each.arn() : PENDING)
                        .element("Owner", each.owner())
                        .element("Protocol", each.protocol())
                        .element("Endpoint", each.endpoint())
                        .element("TopicArn", each.topicArn()));
    }

    /// @throws AwsError `NotFound`
    private Subscription existing(ApiInput input, ApiCall call) {
        var arn = input.require("SubscriptionArn");
        require(call, arn);
        @Nullable Subscription subscription = topics.findSubscription(arn);
        if (subscription == null) {
            throw SnsErrors.noSubscription();
        }
        return subscription;
    }

    private void attributes(ApiInput input, ApiCall call, Xml result) {
        var subscription = existing(input, call);
        var all = new LinkedHashMap<String, String>();
        all.put("SubscriptionArn", subscription.arn());
        all.put("TopicArn", subscription.topicArn());
        all.put("Owner", subscription.owner());
        all.put("Protocol", subscription.protocol());
        all.put("Endpoint", subscription.endpoint());
        all.put("PendingConfirmation", Boolean.toString(!subscription.isConfirmed()));
        all.put(AUTHENTICATED, "false");
        all.put("RawMessageDelivery", "false");
        if (subscription.filter() != null) {
            all.put("FilterPolicyScope", "MessageAttributes");
        }
        all.putAll(subscription.attributes());
        TopicActions.entries(result, all);
    }

    private void set(ApiInput input, ApiCall call, Xml result) {
        var subscription = existing(input, call);
        var name = input.require("AttributeName");
        var value = input.text("AttributeValue", "");
        var fifo = topics.topic(subscription.topicArn()).isFifo();
        SubscriptionAttributes.check(subscription.protocol(), fifo, name, value);
        topics.put(subscription.with(name, value));
    }
}
