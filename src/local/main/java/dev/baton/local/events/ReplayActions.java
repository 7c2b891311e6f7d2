package dev.baton.local.events;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The actions on replays of archives.
final class ReplayActions {
    private final EventBridge bridge;
    private final Archives archives;
    private final Account account;
    private final Authorizer authorizer;
    private final InstantSource clock;

    ReplayActions(EventBridge bridge, Archives archives, Account account, Authorizer authorizer, InstantSource clock) {
        this.bridge = bridge;
        this.archives = archives;
        this.account = account;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("StartReplay", this::start);
        actions.put("CancelReplay", this::cancel);
        actions.put("DescribeReplay", this::describe);
        actions.put("ListReplays", this::list);
        return actions;
    }

    private String name(String action, Map<String, @Nullable Object> input, AwsRequest request) {
        var name = Objects.requireNonNullElse(RuleTarget.text(input, "ReplayName"), "");
        authorizer.require(request.caller(), "events:" + action, arn(name), request.context());
        if (!name.matches("[.\\-_A-Za-z0-9]{1,64}")) {
            throw EventBridge.invalid(
                    "1 validation error detected: Value '" + name + "' at 'replayName' failed to satisfy"
                            + " constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
        }
        return name;
    }

    private String arn(String name) {
        return account.arn("events", "replay/" + name);
    }

    private Replay there(String action, Map<String, @Nullable Object> input, AwsRequest request) {
        var name = name(action, input, request);
        var replay = archives.replay(name);
        if (replay == null) {
            throw new AwsError(400, "ResourceNotFoundException", "Replay " + name + " does not exist.");
        }
        return replay;
    }

    private Map<String, @Nullable Object> start(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = name("StartReplay", input, request);
        var source = Objects.requireNonNullElse(RuleTarget.text(input, "EventSourceArn"), "");
        authorizer.require(request.caller(), "events:StartReplay", source, request.context());
        var archiveName = source.substring(source.lastIndexOf('/') + 1);
        var archive = archives.find(archiveName);
        if (archive == null || !archive.arn().equals(source)) {
            throw EventBridge.invalid(
                    "Parameter EventSourceArn is not valid. Reason: Archive " + archiveName + " does not exist.");
        }
        var destination = input.get("Destination") instanceof Map<?, ?> map ? map : Map.of();
        if (!archive.busArn().equals(RuleTarget.text(destination, "Arn"))) {
            throw EventBridge.invalid("Parameter Destination.Arn is not valid. Reason: "
                    + (String.valueOf(destination.get("Arn")).contains(":event-bus/")
                            ? "Cross event bus replay is not permitted."
                            : "Must contain an event bus ARN."));
        }
        var from = time(input, "EventStartTime");
        var to = time(input, "EventEndTime");
        if (!from.isBefore(to)) {
            throw EventBridge.invalid(
                    "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
        }
        if (archives.replay(name) != null) {
            throw new AwsError(400, "ResourceAlreadyExistsException", "Replay " + name + " already exists.");
        }
        var replay = new Replay(
                name,
                arn(name),
                Objects.requireNonNullElse(RuleTarget.text(input, "Description"), ""),
                source,
                archive.busArn(),
                rules(destination, bridge.bus(archive.busArn())),
                from,
                to,
                Replay.State.STARTING,
                null,
                clock.instant(),
                null,
                null);
        archives.start(replay);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ReplayArn", replay.arn());
        answer.put("State", Replay.State.STARTING.name());
        answer.put("ReplayStartTime", seconds(replay.started()));
        return answer;
    }

    private static List<String> rules(Map<?, ?> destination, EventBus bus) {
        if (!(destination.get("FilterArns") instanceof List<?> arns)) {
            return List.of();
        }
        for (var arn : arns) {
            if (bus.rules().stream().noneMatch(rule -> rule.arn().equals(arn))) {
                throw EventBridge.invalid(
                        "Parameter Destination.FilterArns is not valid. Reason: Rule " + arn + " does not exist.");
            }
        }
        return arns.stream().map(String::valueOf).toList();
    }

    private static Instant time(Map<String, @Nullable Object> input, String name) {
        if (input.get(name) instanceof Number seconds) {
            return Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000));
        }
        throw EventBridge.invalid("Parameter " + name + " is not valid. Reason: it is required.");
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    private Map<String, @Nullable Object> cancel(Map<String, @Nullable Object> input, AwsRequest request) {
        var replay = there("CancelReplay", input, request);
        var cancelled = archives.cancel(replay.name());
        if (cancelled == null) {
            throw new AwsError(
                    400,
                    "IllegalStatusException",
                    "Replay " + replay.name() + " is not in a valid state for this operation.");
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ReplayArn", replay.arn());
        answer.put("State", cancelled.state().name());
        return answer;
    }

    private Map<String, @Nullable Object> describe(Map<String, @Nullable Object> input, AwsRequest request) {
        var replay = there("DescribeReplay", input, request);
        var answer = listed(replay);
        answer.put("ReplayArn", replay.arn());
        answer.put("Description", replay.description());
        var destination = new LinkedHashMap<String, @Nullable Object>();
        destination.put("Arn", replay.busArn());
        if (!replay.rules().isEmpty()) {
            destination.put("FilterArns", replay.rules());
        }
        answer.put("Destination", destination);
        return answer;
    }

    private static Map<String, @Nullable Object> listed(Replay replay) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("ReplayName", replay.name());
        json.put("EventSourceArn", replay.archiveArn());
        json.put("State", replay.state().name());
        if (replay.reason() != null) {
            json.put("StateReason", replay.reason());
        }
        json.put("EventStartTime", seconds(replay.from()));
        json.put("EventEndTime", seconds(replay.to()));
        json.put("ReplayStartTime", seconds(replay.started()));
        var reached = replay.reached();
        if (reached != null) {
            json.put("EventLastReplayedTime", seconds(reached));
        }
        var ended = replay.ended();
        if (ended != null) {
            json.put("ReplayEndTime", seconds(ended));
        }
        return json;
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        authorizer.require(request.caller(), "events:ListReplays", "*", request.context());
        var prefix = RuleTarget.text(input, "NamePrefix");
        var source = RuleTarget.text(input, "EventSourceArn");
        var state = RuleTarget.text(input, "State");
        if (Stream.of(prefix, source, state).filter(Objects::nonNull).count() > 1) {
            throw EventBridge.invalid("At most one filter is allowed for ListReplays. "
                    + "Use either : State, EventSourceArn, or NamePrefix.");
        }
        var found = archives.replays().stream()
                .filter(replay -> prefix == null || replay.name().startsWith(prefix))
                .filter(replay -> source == null || replay.archiveArn().equals(source))
                .filter(replay -> state == null || replay.state().name().equals(state))
                .toList();
        return NamedPage.of("Replays", found, Replay::name, ReplayActions::listed, input);
    }
}
