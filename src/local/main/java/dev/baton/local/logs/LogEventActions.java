package dev.baton.local.logs;

import dev.baton.local.http.Account;
import dev.baton.local.logs.pattern.FilterPattern;
import dev.baton.local.logs.pattern.InvalidFilterPattern;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on log events: written to a stream, read from it in both directions, and searched for in a group.
record LogEventActions(Account account, Logs logs, InstantSource clock) {
    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_BYTES = 1 << 20;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("PutLogEvents", this::put),
                ApiOperation.reading("GetLogEvents", this::get),
                ApiOperation.reading("FilterLogEvents", this::filter));
    }

    private LogGroup group(String name, ApiCall call, String stream) {
        var group = logs.find(name);
        call.require(LogGroupActions.whole(account, name) + stream, LogGroupActions.keys(group));
        if (group == null) {
            throw LogsErrors.noGroup();
        }
        return group;
    }

    private static LogStream stream(LogGroup group, String name) {
        var stream = group.find(name);
        if (stream == null) {
            throw LogsErrors.noStream();
        }
        return stream;
    }

    private Map<String, @Nullable Object> put(ApiInput input, ApiCall call) {
        var name = input.require("logStreamName");
        var group = group(input.require("logGroupName"), call, name);
        var stream = stream(group, name);
        var batch = EventBatch.of(input.objects("logEvents"), clock.instant(), group.oldest(clock.instant()));
        stream.put(batch.taken());
        return new JsonAnswer()
                .put("nextSequenceToken", String.format(Locale.ROOT, "%056d", clock.millis()))
                .putIf("rejectedLogEventsInfo", batch.rejected())
                .map();
    }

    /// The events of a request: those between two times that are not gone yet.
    private record Times(long start, long end) {
        static Times of(ApiInput input, long oldest) {
            var start = input.number("startTime");
            var end = input.number("endTime");
            return new Times(
                    Math.max(start == null ? 0 : start.longValue(), oldest),
                    end == null ? Long.MAX_VALUE : end.longValue());
        }
    }

    private Map<String, @Nullable Object> get(ApiInput input, ApiCall call) {
        var name = input.require("logStreamName");
        var group = group(LogsErrors.group(input), call, name);
        var stream = stream(group, name);
        var times = Times.of(input, group.oldest(clock.instant()));
        var token = input.text("nextToken");
        boolean forward = token == null ? input.flag("startFromHead") : token.startsWith("f/");
        var from = token == null ? null : boundary(token);
        var events = page(
                forward
                        ? stream.forward(later(from, EventPlace.at(times.start())), times.end())
                        : stream.backward(sooner(from, before(times.end())), times.start()),
                input.integer("limit", MOST_EVENTS));
        var told = forward ? events : events.reversed();
        var first = told.isEmpty() ? from : told.getFirst().place();
        var next = told.isEmpty() ? from : told.getLast().place().next();
        return JsonAnswer.of(
                "events",
                told.stream()
                        .map(event -> JsonAnswer.of(
                                "timestamp", event.timestamp(),
                                "message", event.message(),
                                "ingestionTime", event.ingested()))
                        .toList(),
                "nextForwardToken",
                "f/" + (next == null ? EventPlace.at(times.start()) : next).token(),
                "nextBackwardToken",
                "b/" + (first == null ? EventPlace.at(times.start()) : first).token());
    }

    private static EventPlace boundary(String token) {
        var place = token.startsWith("f/") || token.startsWith("b/") ? EventPlace.parse(token.substring(2)) : null;
        if (place == null) {
            throw LogsErrors.invalidToken();
        }
        return place;
    }

    private static EventPlace before(long end) {
        return end == Long.MAX_VALUE ? EventPlace.END : EventPlace.at(end);
    }

    private static EventPlace later(@Nullable EventPlace one, EventPlace other) {
        return one == null || one.compareTo(other) < 0 ? other : one;
    }

    private static EventPlace sooner(@Nullable EventPlace one, EventPlace other) {
        return one == null || one.compareTo(other) > 0 ? other : one;
    }

    /// As many as an answer holds.
    private static List<LogEvent> page(Iterator<LogEvent> events, int limit) {
        var page = new ArrayList<LogEvent>();
        long bytes = 0;
        while (page.size() < limit && events.hasNext()) {
            var event = events.next();
            bytes += length(event);
            if (bytes > MOST_BYTES && !page.isEmpty()) {
                break;
            }
            page.add(event);
        }
        return page;
    }

    private static int length(LogEvent event) {
        return event.message().getBytes(StandardCharsets.UTF_8).length;
    }

    private Map<String, @Nullable Object> filter(ApiInput input, ApiCall call) {
        var group = group(LogsErrors.group(input), call, "");
        var pattern = pattern(input.text("filterPattern", ""));
        var times = Times.of(input, group.oldest(clock.instant()));
        var events = new MergedEvents(searched(group, input), times.start(), times.end(), input.text("nextToken"));
        var limit = input.integer("limit", MOST_EVENTS);
        var found = new ArrayList<@Nullable Object>();
        long bytes = 0;
        for (var each = events.next(); each != null; each = events.next()) {
            if (pattern.matches(each.event().message())) {
                bytes += length(each.event());
                if (found.size() == limit || bytes > MOST_BYTES && !found.isEmpty()) {
                    return JsonAnswer.of("events", found, "searchedLogStreams", List.of(), "nextToken", each.token());
                }
                found.add(JsonAnswer.of(
                        "logStreamName", each.stream(),
                        "timestamp", each.event().timestamp(),
                        "message", each.event().message(),
                        "ingestionTime", each.event().ingested(),
                        "eventId", each.id()));
            }
        }
        return JsonAnswer.of("events", found, "searchedLogStreams", List.of());
    }

    private static FilterPattern pattern(String text) {
        try {
            return FilterPattern.parse(text);
        } catch (InvalidFilterPattern e) {
            throw LogsErrors.invalid(e.getMessage());
        }
    }

    private static Collection<LogStream> searched(LogGroup group, ApiInput input) {
        var names = input.texts("logStreamNames");
        var prefix = input.text("logStreamNamePrefix", "");
        if (!names.isEmpty() && !prefix.isEmpty()) {
            throw LogsErrors.invalid("LogStreamNames and LogStreamNamePrefix cannot both be specified.");
        }
        return names.isEmpty()
                ? group.streams().stream()
                        .filter(stream -> stream.name().startsWith(prefix))
                        .toList()
                : names.stream().distinct().map(name -> stream(group, name)).toList();
    }
}
