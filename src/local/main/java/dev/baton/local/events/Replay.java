package dev.baton.local.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A replay: events of an archive that go to rules once more.
///
/// @param archiveArn whose events they are
/// @param busArn whose rules they go to
/// @param rules their ARNs; none for all
/// @param reason why it failed
/// @param reached the time of the event that was replayed last
record Replay(
        String name,
        String arn,
        String description,
        String archiveArn,
        String busArn,
        List<String> rules,
        Instant from,
        Instant to,
        State state,
        @Nullable String reason,
        Instant started,
        @Nullable Instant ended,
        @Nullable Instant reached) {
    /// The member that an event has when it is replayed.
    static final String MARK = "replay-name";

    private static final Set<State> UNDER_WAY = Set.of(State.STARTING, State.RUNNING, State.CANCELLING);

    enum State {
        STARTING,
        RUNNING,
        CANCELLING,
        COMPLETED,
        CANCELLED,
        FAILED
    }

    Replay {
        rules = List.copyOf(rules);
    }

    boolean isUnderWay() {
        return UNDER_WAY.contains(state);
    }

    Replay in(State now) {
        return new Replay(
                name, arn, description, archiveArn, busArn, rules, from, to, now, reason, started, ended, reached);
    }

    Replay reached(Instant time) {
        return new Replay(
                name, arn, description, archiveArn, busArn, rules, from, to, state, reason, started, ended, time);
    }

    Replay ended(State how, @Nullable String why, Instant at) {
        return new Replay(
                name, arn, description, archiveArn, busArn, rules, from, to, how, why, started, at, reached);
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", name);
        json.put("arn", arn);
        json.put("description", description);
        json.put("archive", archiveArn);
        json.put("bus", busArn);
        json.put("rules", rules);
        json.put("from", from.toEpochMilli());
        json.put("to", to.toEpochMilli());
        json.put("state", state.name());
        json.put("reason", reason);
        json.put("started", started.toEpochMilli());
        json.put("ended", ended == null ? null : ended.toEpochMilli());
        json.put("reached", reached == null ? null : reached.toEpochMilli());
        return json;
    }

    static Replay of(Map<?, ?> json) {
        return new Replay(
                String.valueOf(json.get("name")),
                String.valueOf(json.get("arn")),
                String.valueOf(json.get("description")),
                String.valueOf(json.get("archive")),
                String.valueOf(json.get("bus")),
                json.get("rules") instanceof List<?> rules
                        ? rules.stream().map(String::valueOf).toList()
                        : List.of(),
                time(json.get("from"), Instant.EPOCH),
                time(json.get("to"), Instant.EPOCH),
                State.valueOf(String.valueOf(json.get("state"))),
                json.get("reason") instanceof String reason ? reason : null,
                time(json.get("started"), Instant.EPOCH),
                json.get("ended") instanceof Long millis ? Instant.ofEpochMilli(millis) : null,
                json.get("reached") instanceof Long millis ? Instant.ofEpochMilli(millis) : null);
    }

    private static Instant time(@Nullable Object millis, Instant otherwise) {
        return millis instanceof Long number ? Instant.ofEpochMilli(number) : otherwise;
    }
}
