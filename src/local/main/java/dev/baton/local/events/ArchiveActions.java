package dev.baton.local.events;

import dev.baton.local.http.Account;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on archives.
record ArchiveActions(EventBridge bridge, Archives archives, Account account, InstantSource clock) {
    static final String PREFIX = "archive/";
    private static final String ENABLED = "ENABLED";
    private static final String PATTERN = "EventPattern";

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateArchive", this::create),
                ApiOperation.changing("UpdateArchive", this::update),
                ApiOperation.reading("DescribeArchive", this::describe),
                ApiOperation.reading("ListArchives", this::list),
                ApiOperation.changing("DeleteArchive", this::delete));
    }

    private String name(ApiInput input, ApiCall call) {
        var name = input.text("ArchiveName", "");
        call.require(arn(name));
        return name;
    }

    private String arn(String name) {
        return account.arn("events", PREFIX + name);
    }

    private Archive there(ApiInput input, ApiCall call) {
        var name = name(input, call);
        var archive = archives.find(name);
        if (archive == null) {
            throw EventErrors.notFound("Archive " + name + " does not exist.");
        }
        return archive;
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = name(input, call);
        var bus = bridge.bus(String.valueOf(input.text("EventSourceArn")));
        if (archives.find(name) != null) {
            throw EventErrors.exists("Archive " + name + " already exists.");
        }
        var archive = new Archive(
                name,
                arn(name),
                bus.arn(),
                input.text("Description", ""),
                pattern(input),
                retention(input, 0),
                clock.instant());
        archives.put(archive);
        return answer(archive);
    }

    private static @Nullable EventPattern pattern(ApiInput input) {
        var text = input.text(PATTERN);
        return text == null ? null : EventPattern.parse(text);
    }

    private static long retention(ApiInput input, long otherwise) {
        var days = input.number("RetentionDays");
        return days == null ? otherwise : days.longValue();
    }

    private Map<String, @Nullable Object> update(ApiInput input, ApiCall call) {
        var before = there(input, call);
        var pattern = pattern(input);
        var archive = new Archive(
                before.name(),
                before.arn(),
                before.busArn(),
                input.text("Description", before.description()),
                pattern == null ? before.pattern() : pattern,
                retention(input, before.retentionDays()),
                before.created());
        archives.put(archive);
        return answer(archive);
    }

    private static Map<String, @Nullable Object> answer(Archive archive) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ArchiveArn", archive.arn());
        answer.put("State", ENABLED);
        answer.put("CreationTime", JsonAnswer.seconds(archive.created()));
        return answer;
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var archive = there(input, call);
        var answer = listed(archive);
        answer.put("ArchiveArn", archive.arn());
        answer.put("Description", archive.description());
        var pattern = archive.pattern();
        if (pattern != null) {
            answer.put(PATTERN, pattern.text());
        }
        return answer;
    }

    private Map<String, @Nullable Object> listed(Archive archive) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("ArchiveName", archive.name());
        json.put("EventSourceArn", archive.busArn());
        json.put("State", ENABLED);
        json.put("RetentionDays", archive.retentionDays());
        json.put("SizeBytes", archives.bytes(archive));
        json.put("EventCount", archives.count(archive));
        json.put("CreationTime", JsonAnswer.seconds(archive.created()));
        return json;
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        var filter = ListFilter.of(input, "ListArchives");
        var found = archives.all().stream()
                .filter(archive -> filter.accepts(archive.name(), archive.busArn(), ENABLED))
                .toList();
        return EventErrors.page(input, "Archives", found, Archive::name, this::listed);
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        archives.remove(there(input, call));
        return Map.of();
    }
}
