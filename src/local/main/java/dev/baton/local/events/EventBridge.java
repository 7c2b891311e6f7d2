package dev.baton.local.events;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.local.http.Account;
import dev.baton.local.http.Protocol;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.s3.EventSink;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;
import dev.baton.local.sns.Sns;
import dev.baton.local.sqs.Queues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// EventBridge: takes events, matches them against the rules of their bus and delivers them.
///
/// See [PutEvents](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html).
public final class EventBridge {
    /// The folder of deliveries, dead letters and archived events.
    private static final String OWN = "events";

    static final String DEFAULT_BUS = "default";

    private final Account account;
    private final Connections connections;
    private final ApiDestinations destinations;
    private final DeliveryQueue dispatcher;
    private final Archives archives;
    private final Service service;
    private final Map<String, EventBus> buses = new ConcurrentSkipListMap<>();
    private volatile @Nullable RuleStore keeper;

    public EventBridge(
            Foundation foundation,
            Lambda lambda,
            Sns sns,
            Queues queues,
            ExecutionStarter executions,
            Connections connections,
            ApiDestinations destinations) {
        this.account = foundation.account();
        var scheduler = foundation.scheduler();
        this.connections = connections;
        this.destinations = destinations;
        this.dispatcher = new DeliveryQueue(foundation, lambda, sns, queues, executions, destinations);
        this.archives = new Archives(this, scheduler);
        buses.put(DEFAULT_BUS, new EventBus(DEFAULT_BUS, busArn(DEFAULT_BUS)));
        var operations = ApiOperation.all(
                new RuleActions(this, account).all(),
                new RuleTags(this).all(),
                new BusActions(this).all(),
                new BusPolicyActions(this).all(),
                new ArchiveActions(this, archives, account, scheduler::now).all(),
                new ReplayActions(this, archives, account, scheduler::now).all(),
                new ConnectionActions(connections, scheduler::now).all(),
                new ApiDestinationActions(destinations, connections, scheduler::now).all(),
                List.of(new EventActions(this, account, scheduler).operation()));
        this.service = new JsonService(
                "events", Protocol.JSON_1_1, "AWSEvents", foundation.authorizer(), operations, this::save, this::close);
    }

    /// Takes up the buses, rules, archives and connections that the folder has, and keeps there what becomes of them.
    ///
    /// @param remembers whether deliveries that are under way at the end go on with [#resume] at the next start
    /// @param said is told LOC006 where the end of a journal was torn
    public void keep(Path folder, boolean remembers, Consumer<Diagnostic> said) throws IOException {
        archives.keep(folder.resolve(OWN));
        dispatcher.keep(folder.resolve(OWN), remembers, said);
        var kept = new RuleStore(new StoredFile(folder.resolve("events.json")));
        kept.load(this);
        keeper = kept;
    }

    /// Goes on with the deliveries that were under way when the process ended that kept them.
    public void resume() {
        dispatcher.resume();
    }

    void save() {
        var kept = keeper;
        if (kept != null) {
            kept.save(this);
        }
    }

    private void close() {
        archives.close();
        dispatcher.close();
    }

    /// The API on the wire.
    public Service service() {
        return service;
    }

    /// Takes the events that AWS's own services send, all to the default bus.
    public EventSink sink() {
        return this::accept;
    }

    /// Puts an event on the default bus as it is.
    public void accept(Map<String, @Nullable Object> event) {
        accept(bus(DEFAULT_BUS), event);
    }

    /// How often and how late events reach their targets from now on.
    public void deliver(DeliveryPolicy policy) {
        dispatcher.policy(policy);
    }

    /// What could not be delivered.
    public List<DeadLetter> deadLetters() {
        return dispatcher.deadLetters();
    }

    /// Deliveries under way, retries included.
    public int pending() {
        return dispatcher.pending();
    }

    void accept(EventBus bus, Map<String, @Nullable Object> event) {
        accept(bus, event, List.of());
    }

    /// @param only the ARNs of the rules that it is for; none for all of the bus
    void accept(EventBus bus, Map<String, @Nullable Object> event, List<String> only) {
        var addressed = new ArrayList<DeliveryQueue.Addressed>();
        address(bus, event, only, false, addressed);
        dispatcher.deliver(addressed);
    }

    /// An event that one bus has sent to another goes no further than to that one: buses that send to each other, or
    /// to themselves, end. See [Event buses as
    /// targets](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html).
    ///
    /// @param forwarded whether another bus sent it
    private void address(
            EventBus bus,
            Map<String, @Nullable Object> event,
            List<String> only,
            boolean forwarded,
            List<DeliveryQueue.Addressed> addressed) {
        var text = Json.print(event);
        archives.take(bus, event, text);
        for (var rule : bus.matching(text)) {
            if (!only.isEmpty() && !only.contains(rule.arn())) {
                continue;
            }
            for (var target : rule.targets().values()) {
                if (!target.isBus()) {
                    var input = TargetInput.of(target, event, rule);
                    var delivery = new Delivery(event, rule.arn(), target.arn(), target.id(), input);
                    addressed.add(new DeliveryQueue.Addressed(delivery, target));
                } else if (!forwarded) {
                    address(bus(target.arn()), event, List.of(), true, addressed);
                }
            }
        }
    }

    /// Refuses a target that nothing here could ever deliver to, rather than lose its events one by one.
    ///
    /// @throws AwsError `ValidationException`
    void requireServed(RuleTarget target) {
        if (target.isBus()
                && buses.containsKey(target.arn().substring(target.arn().lastIndexOf('/') + 1))) {
            return;
        }
        if (target.isApiDestination() && destinations.find(target.arn()) != null) {
            return;
        }
        if (target.isBus()
                || target.isApiDestination()
                || !(target.isFunction() || target.isMachine() || target.isTopic() || target.isQueue())) {
            throw EventErrors.invalid("Parameter " + target.arn()
                    + " is not valid. Reason: the embedded AWS delivers to Lambda functions,"
                    + " state machines, topics, queues, and the event buses and API destinations that it has.");
        }
    }

    String busArn(String name) {
        return account.arn("events", "event-bus/" + name);
    }

    Archives archives() {
        return archives;
    }

    Connections connections() {
        return connections;
    }

    ApiDestinations destinations() {
        return destinations;
    }

    Map<String, EventBus> buses() {
        return buses;
    }

    /// @param nameOrArn null for the default bus
    EventBus bus(@Nullable String nameOrArn) {
        var name = nameOrArn == null ? DEFAULT_BUS : nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
        var bus = buses.get(name);
        if (bus == null) {
            throw EventErrors.notFound("Event bus " + name + " does not exist.");
        }
        return bus;
    }
}
