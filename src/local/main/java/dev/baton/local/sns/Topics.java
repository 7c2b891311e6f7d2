package dev.baton.local.sns;

import dev.baton.local.http.Account;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The topics of the account and their subscriptions, kept over restarts.
final class Topics {
    private final Account account;
    private final @Nullable StoredFile file;
    private final Map<String, Topic> topics = new ConcurrentSkipListMap<>();
    private final Map<String, Subscription> subscriptions = new ConcurrentSkipListMap<>();

    /// @param file absent where they need not be kept
    Topics(Account account, @Nullable StoredFile file) {
        this.account = account;
        this.file = file;
        if (file != null) {
            file.load(this::load);
        }
    }

    Account account() {
        return account;
    }

    String arn(String name) {
        return account.arn("sns", name);
    }

    List<Topic> all() {
        return List.copyOf(topics.values());
    }

    @Nullable
    Topic find(String arn) {
        return topics.get(arn);
    }

    /// @throws dev.baton.local.http.AwsError `NotFound`
    Topic topic(String arn) {
        var topic = topics.get(arn);
        if (topic == null) {
            throw SnsErrors.noTopic();
        }
        return topic;
    }

    void put(Topic topic) {
        topics.put(topic.arn(), topic);
    }

    void change(String arn, UnaryOperator<Topic> change) {
        topics.computeIfPresent(arn, (key, topic) -> change.apply(topic));
    }

    /// Removes a topic with its subscriptions, where there is one.
    void remove(String arn) {
        topics.remove(arn);
        subscriptions.values().removeIf(subscription -> subscription.topicArn().equals(arn));
    }

    List<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    List<Subscription> subscriptions(String topicArn) {
        return subscriptions.values().stream()
                .filter(subscription -> subscription.topicArn().equals(topicArn))
                .toList();
    }

    @Nullable
    Subscription findSubscription(String arn) {
        return subscriptions.get(arn);
    }

    void put(Subscription subscription) {
        subscriptions.put(subscription.arn(), subscription);
    }

    void removeSubscription(String arn) {
        subscriptions.remove(arn);
    }

    synchronized void save() {
        if (file != null) {
            file.write(JsonAnswer.of(
                    "topics",
                    topics.values().stream().map(Topics::json).toList(),
                    "subscriptions",
                    subscriptions.values().stream().map(Topics::json).toList()));
        }
    }

    private static Map<String, @Nullable Object> json(Topic topic) {
        return JsonAnswer.of(
                "arn", topic.arn(), "attributes", new LinkedHashMap<>(topic.attributes()), "tags", topic.tags());
    }

    private static Map<String, @Nullable Object> json(Subscription subscription) {
        return new JsonAnswer()
                .put("arn", subscription.arn())
                .put("topic", subscription.topicArn())
                .put("protocol", subscription.protocol())
                .put("endpoint", subscription.endpoint())
                .put("owner", subscription.owner())
                .putIf("token", subscription.token())
                .put("attributes", subscription.attributes())
                .map();
    }

    private void load(StoredJson kept) {
        for (var each : kept.objects("topics")) {
            put(Topic.of(each.text("arn"), account.id(), each.map("attributes"), each.map("tags")));
        }
        for (var each : kept.objects("subscriptions")) {
            var attributes = each.map("attributes");
            put(Subscription.of(
                    each.text("arn"),
                    each.text("topic"),
                    each.text("protocol"),
                    each.text("endpoint"),
                    each.text("owner"),
                    each.textIf("token"),
                    attributes));
            topic(each.text("topic"));
        }
    }
}
