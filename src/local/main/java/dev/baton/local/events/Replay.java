package dev.baton.local.events;

import dev.baton.local.internal.StoredJson;
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
        return new Replay(name, arn, description, archiveArn, busArn, rules, from, to, how, why, started, at, reached);
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

    static Replay of(StoredJson json) {
        return new Replay(
                json.text("name"),
                json.text("arn"),
                json.text("description"),
                json.text("archive"),
                json.text("bus"),
                json.texts("rules"),
                json.time("from"),
                json.time("to"),
                State.valueOf(json.text("state")),
                json.textIf("reason"),
                json.time("started"),
                json.timeIf("ended"),
                json.timeIf("reached"));
    }
}
