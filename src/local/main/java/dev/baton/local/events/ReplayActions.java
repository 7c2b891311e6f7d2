package dev.baton.local.events;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on replays of archives.
record ReplayActions(EventBridge bridge, Archives archives, Account account, InstantSource clock) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("StartReplay", this::start),
                ApiOperation.changing("CancelReplay", this::cancel),
                ApiOperation.reading("DescribeReplay", this::describe),
                ApiOperation.reading("ListReplays", this::list));
    }

    private String name(ApiInput input, ApiCall call) {
        var name = input.text("ReplayName", "");
        call.require(arn(name));
        return name;
    }

    private String arn(String name) {
        return account.arn("events", "replay/" + name);
    }

    private Replay there(ApiInput input, ApiCall call) {
        var name = name(input, call);
        var replay = archives.replay(name);
        if (replay == null) {
            throw EventErrors.notFound("Replay " + name + " does not exist.");
        }
        return replay;
    }

    private Map<String, @Nullable Object> start(ApiInput input, ApiCall call) {
        var name = name(input, call);
        var source = input.text("EventSourceArn", "");
        call.require(source);
        var archiveName = source.substring(source.lastIndexOf('/') + 1);
        var archive = archives.find(archiveName);
        if (archive == null || !archive.arn().equals(source)) {
            throw EventErrors.invalid(
                    "Parameter EventSourceArn is not valid. Reason: Archive " + archiveName + " does not exist.");
        }
        var destination = input.object("Destination");
        if (!archive.busArn().equals(destination.text("Arn"))) {
            throw EventErrors.invalid("Parameter Destination.Arn is not valid. Reason: "
                    + (String.valueOf(destination.value("Arn")).contains(":event-bus/")
                            ? "Cross event bus replay is not permitted."
                            : "Must contain an event bus ARN."));
        }
        var from = time(input, "EventStartTime");
        var to = time(input, "EventEndTime");
        if (!from.isBefore(to)) {
            throw EventErrors.invalid(
                    "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
        }
        if (archives.replay(name) != null) {
            throw EventErrors.exists("Replay " + name + " already exists.");
        }
        var replay = new Replay(
                name,
                arn(name),
                input.text("Description", ""),
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
        answer.put("ReplayStartTime", JsonAnswer.seconds(replay.started()));
        return answer;
    }

    private static List<String> rules(ApiInput destination, EventBus bus) {
        if (!(destination.value("FilterArns") instanceof List<?> arns)) {
            return List.of();
        }
        for (var arn : arns) {
            if (bus.rules().stream().noneMatch(rule -> rule.arn().equals(arn))) {
                throw EventErrors.invalid(
                        "Parameter Destination.FilterArns is not valid. Reason: Rule " + arn + " does not exist.");
            }
        }
        return arns.stream().map(String::valueOf).toList();
    }

    private static Instant time(ApiInput input, String name) {
        if (input.value(name) instanceof Number seconds) {
            return Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000));
        }
        throw EventErrors.invalid("Parameter " + name + " is not valid. Reason: it is required.");
    }

    private Map<String, @Nullable Object> cancel(ApiInput input, ApiCall call) {
        var replay = there(input, call);
        var cancelled = archives.cancel(replay.name());
        if (cancelled == null) {
            throw new AwsError(
                    400,
                    "IllegalStatusException",
                    "Replay " + replay.name() + " is not in a valid state for this operation.");
        }
        return JsonAnswer.of(
                "ReplayArn", replay.arn(), "State", cancelled.state().name());
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var replay = there(input, call);
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
        json.put("EventStartTime", JsonAnswer.seconds(replay.from()));
        json.put("EventEndTime", JsonAnswer.seconds(replay.to()));
        json.put("ReplayStartTime", JsonAnswer.seconds(replay.started()));
        var reached = replay.reached();
        if (reached != null) {
            json.put("EventLastReplayedTime", JsonAnswer.seconds(reached));
        }
        var ended = replay.ended();
        if (ended != null) {
            json.put("ReplayEndTime", JsonAnswer.seconds(ended));
        }
        return json;
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        var filter = ListFilter.of(input, "ListReplays");
        var found = archives.replays().stream()
                .filter(replay -> filter.accepts(
                        replay.name(), replay.archiveArn(), replay.state().name()))
                .toList();
        return EventErrors.page(input, "Replays", found, Replay::name, ReplayActions::listed);
    }
}
