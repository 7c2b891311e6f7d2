package dev.baton.local.sqs;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The queues of the account, and the way by which other services reach them: as who they are, and only where
/// identities' policies and the queue's own allow it.
public final class Queues implements AutoCloseable {
    private final Account account;
    private final Authorizer authorizer;
    private final Scheduler scheduler;
    private final Supplier<@Nullable String> endpoint;
    private final MessageJournal journal;
    private final Map<String, AccountQueue> byName = new ConcurrentSkipListMap<>();
    private @Nullable StoredFile file;
    private long lastNumber;
    private volatile boolean changed;

    /// A queue with what is said about it.
    record AccountQueue(
            String name, MessageQueue messages, Instant created, Instant modified, Map<String, String> tags) {
        AccountQueue {
            tags = Map.copyOf(tags);
        }

        AccountQueue at(Instant moment) {
            return new AccountQueue(name, messages, created, moment, tags);
        }

        AccountQueue tagged(Map<String, String> now) {
            return new AccountQueue(name, messages, created, modified, now);
        }

        String arn() {
            return messages.arn();
        }
    }

    Queues(Foundation foundation) {
        this.account = foundation.account();
        this.authorizer = foundation.authorizer();
        this.scheduler = foundation.scheduler();
        this.endpoint = foundation.endpoint();
        this.journal = new MessageJournal(scheduler::now);
    }

    /// Takes up the queues and messages that the folder has, and keeps there what becomes of them.
    ///
    /// @param said is told LOC006 where the end of a file was torn
    /// @throws dev.baton.local.internal.UnreadableFile LOC001 to LOC004
    void keep(Path folder, Consumer<Diagnostic> said) throws IOException {
        var kept = new StoredFile(folder.resolve("sqs.json"));
        kept.load(this::load);
        file = kept;
        var byNumber = new HashMap<Long, MessageQueue>();
        byName.values().forEach(queue -> byNumber.put(queue.messages().number(), queue.messages()));
        var content = journal.keep(folder, this::has, said);
        content.messages().forEach(message -> {
            var queue = byNumber.get(message.queue());
            if (queue != null) {
                queue.restore(message);
            }
        });
        for (var sent : List.of(content.sent(), content.messages())) {
            sent.forEach(message -> {
                var queue = byNumber.get(message.queue());
                if (queue != null) {
                    queue.restoreSent(message.message());
                }
            });
        }
    }

    private boolean has(long queue, String messageId) {
        return byName.values().stream()
                .anyMatch(each ->
                        each.messages().number() == queue && each.messages().has(messageId));
    }

    private void load(StoredJson content) {
        lastNumber = content.number("last");
        for (var json : content.objects("queues")) {
            var queue = new AccountQueue(
                    json.text("name"),
                    messages(json.number("number"), json.text("name"), QueueAttributes.of(json.map("attributes"))),
                    json.time("created"),
                    json.time("modified"),
                    json.map("tags"));
            byName.put(queue.name(), queue);
        }
    }

    private synchronized void save() {
        var kept = file;
        if (kept != null && changed) {
            changed = false;
            kept.write(JsonAnswer.of(
                    "last",
                    lastNumber,
                    "queues",
                    byName.values().stream()
                            .map(queue -> JsonAnswer.of(
                                    "name",
                                    queue.name(),
                                    "number",
                                    queue.messages().number(),
                                    "created",
                                    queue.created().toEpochMilli(),
                                    "modified",
                                    queue.modified().toEpochMilli(),
                                    "attributes",
                                    queue.messages().attributes().given(),
                                    "tags",
                                    queue.tags()))
                            .toList()));
        }
    }

    /// Waits until all that was done is on the disk: before anybody is told of it.
    public void await() {
        save();
        journal.await();
    }

    private MessageQueue messages(long number, String name, QueueAttributes attributes) {
        return new MessageQueue(number, arn(name), attributes, scheduler, journal, this::deadLetterQueue);
    }

    private @Nullable MessageQueue deadLetterQueue(String arn, MessageQueue source) {
        var queue = byArn(arn);
        return queue == null
                        || queue.messages().isFifo() != source.isFifo()
                        || !queue.messages().attributes().allowed().allows(source.arn())
                ? null
                : queue.messages();
    }

    Account account() {
        return account;
    }

    Instant now() {
        return scheduler.now();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    String arn(String name) {
        return account.arn("sqs", name);
    }

    String url(String name) {
        var base = endpoint.get();
        return (base == null ? "http://127.0.0.1" : base) + "/" + account.id() + "/" + name;
    }

    Collection<AccountQueue> all() {
        return byName.values();
    }

    @Nullable
    AccountQueue find(String name) {
        return byName.get(name);
    }

    @Nullable
    AccountQueue byArn(String arn) {
        var prefix = arn("");
        return arn.startsWith(prefix) ? byName.get(arn.substring(prefix.length())) : null;
    }

    /// Whether there is such a queue.
    public boolean isQueue(String arn) {
        return byArn(arn) != null;
    }

    synchronized AccountQueue create(String name, QueueAttributes attributes, Map<String, String> tags) {
        var now = scheduler.now();
        var queue = new AccountQueue(name, messages(++lastNumber, name, attributes), now, now, tags);
        put(queue);
        return queue;
    }

    void put(AccountQueue queue) {
        byName.put(queue.name(), queue);
        changed = true;
    }

    void delete(AccountQueue queue) {
        if (byName.remove(queue.name()) != null) {
            changed = true;
            queue.messages().close();
        }
    }

    /// Asks leave for an action on a queue, whose own policy may grant or deny it.
    ///
    /// @param action such as `sqs:SendMessage`
    AccessRequest access(Caller caller, String action, AccountQueue queue, RequestContext context) {
        RequestContext tags = RequestContext.builder()
                .tags("aws:ResourceTag", queue.tags())
                .put("aws:ResourceAccount", account.id())
                .build();
        return new AccessRequest(
                caller,
                action,
                queue.arn(),
                account.id(),
                context.or(tags),
                queue.messages().attributes().policy());
    }

    private MessageQueue allowed(Caller caller, String action, String arn, RequestContext context) {
        var queue = byArn(arn);
        if (queue == null) {
            throw SqsErrors.noQueue();
        }
        authorizer.require(access(caller, action, queue, context));
        return queue.messages();
    }

    /// Sends a message for another service; it is on the disk when this returns.
    ///
    /// @param caller the service itself, or the role that it uses
    /// @param context the condition keys of the request, such as `aws:SourceArn` of what sends it
    /// @return the message's id
    /// @throws dev.baton.local.http.ServiceRefusal `AccessDenied` where the policies do not allow it,
    ///     `QueueDoesNotExist`, and what else SendMessage refuses
    public String send(Caller caller, String queueArn, NewMessage message, RequestContext context) {
        var queue = allowed(caller, "sqs:SendMessage", queueArn, context);
        SendActions.check(queue, message);
        var sent = queue.send(message, UUID.randomUUID().toString(), caller.userId());
        journal.await();
        return sent.id();
    }

    /// Sends a message of a service's own, which the queue's policy has to let in; it is on the disk when this returns.
    ///
    /// @param service such as `s3.amazonaws.com`
    /// @param source the ARN of what sends it: a bucket, a rule
    /// @throws dev.baton.local.http.ServiceRefusal as for [#send]
    public void notify(String service, String source, String queueArn, NewMessage message) {
        var context = RequestContext.builder()
                .put("aws:SourceArn", source)
                .put("aws:SourceAccount", account.id())
                .build();
        send(Caller.service(service, account.region()), queueArn, message, context);
    }

    /// Receives messages for another service, as soon as there are any; none where the wait ends first.
    ///
    /// @throws dev.baton.local.http.ServiceRefusal where the caller may not, or there is no such queue
    public CompletableFuture<List<ReceivedMessage>> receive(Caller caller, String queueArn, int most, Duration wait) {
        var queue = allowed(caller, "sqs:ReceiveMessage", queueArn, RequestContext.EMPTY);
        var visibility = queue.attributes().visibility();
        return queue.receive(new MessageQueue.Receiving(most, visibility, wait, null));
    }

    /// Deletes messages for another service; they are gone from the disk when this returns.
    ///
    /// @throws dev.baton.local.http.ServiceRefusal where the caller may not, or there is no such queue
    public void delete(Caller caller, String queueArn, List<ReceivedMessage> messages) {
        var queue = allowed(caller, "sqs:DeleteMessage", queueArn, RequestContext.EMPTY);
        messages.forEach(message -> queue.delete(message.receiptHandle()));
        journal.await();
    }

    /// How long a message of a queue is hidden when it is received.
    ///
    /// @throws dev.baton.local.http.AwsError where there is no such queue
    public Duration visibility(String queueArn) {
        var queue = byArn(queueArn);
        if (queue == null) {
            throw SqsErrors.noQueue();
        }
        return queue.messages().attributes().visibility();
    }

    /// Asks for another service whether it could do something with a queue.
    ///
    /// @throws dev.baton.local.http.ServiceRefusal where the caller may not, or there is no such queue
    public void require(Caller caller, String action, String queueArn) {
        allowed(caller, action, queueArn, RequestContext.EMPTY);
    }

    @Override
    public void close() {
        byName.values().forEach(queue -> queue.messages().close());
        save();
        journal.close();
    }
}
