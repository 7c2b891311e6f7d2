package dev.baton.local.logs;

import dev.baton.local.http.Account;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on log streams.
record LogStreamActions(Account account, Logs logs, InstantSource clock) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateLogStream", this::create),
                ApiOperation.reading("DescribeLogStreams", this::describe),
                ApiOperation.changing("DeleteLogStream", this::delete));
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = input.require("logStreamName");
        var made = group(input, call, name).add(name);
        if (made == null) {
            throw LogsErrors.streamExists();
        }
        made.force();
        return Map.of();
    }

    private LogGroup group(ApiInput input, ApiCall call, String stream) {
        var name = input.require("logGroupName");
        var group = logs.find(name);
        call.require(LogGroupActions.whole(account, name) + stream, LogGroupActions.keys(group));
        if (group == null) {
            throw LogsErrors.noGroup();
        }
        return group;
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var name = input.require("logStreamName");
        var gone = group(input, call, name).remove(name);
        if (gone == null) {
            throw LogsErrors.noStream();
        }
        gone.delete();
        return Map.of();
    }

    /// A stream with what is known of its events.
    private record Described(LogStream stream, LogStream.@Nullable Span span) {
        long last() {
            return span == null ? 0 : span.last();
        }
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var name = LogsErrors.group(input);
        var group = logs.find(name);
        call.require(LogGroupActions.whole(account, name), LogGroupActions.keys(group));
        if (group == null) {
            throw LogsErrors.noGroup();
        }
        var prefix = input.text("logStreamNamePrefix", "");
        var isByTime = "LastEventTime".equals(input.text("orderBy"));
        if (isByTime && !prefix.isEmpty()) {
            throw LogsErrors.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        long oldest = group.oldest(clock.instant());
        Comparator<Described> order = Comparator.comparing(each -> each.stream().name());
        if (isByTime) {
            order = Comparator.comparingLong(Described::last).thenComparing(order);
        }
        var found = group.streams().stream()
                .filter(stream -> stream.name().startsWith(prefix))
                .map(stream -> new Described(stream, stream.span(oldest)))
                .sorted(input.flag("descending") ? order.reversed() : order)
                .toList();
        return LogsErrors.PAGES.answer(
                input, "logStreams", found, each -> each.stream().name(), each -> told(group, each));
    }

    private Map<String, @Nullable Object> told(LogGroup group, Described described) {
        var span = described.span();
        var answer = new JsonAnswer()
                .put("logStreamName", described.stream().name())
                .put("creationTime", described.stream().created());
        if (span != null) {
            answer.put("firstEventTimestamp", span.first())
                    .put("lastEventTimestamp", span.last())
                    .put("lastIngestionTime", span.ingested());
        }
        return answer.put("arn", group.arn(account, described.stream().name()))
                // AWS counts no bytes of single streams any more.
                .put("storedBytes", 0)
                .map();
    }
}
