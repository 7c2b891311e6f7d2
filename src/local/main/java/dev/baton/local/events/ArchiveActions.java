package dev.baton.local.events;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The actions on archives.
final class ArchiveActions {
    static final String PREFIX = "archive/";
    private static final String ENABLED = "ENABLED";
    private static final String PATTERN = "EventPattern";

    private final EventBridge bridge;
    private final Archives archives;
    private final Account account;
    private final Authorizer authorizer;
    private final InstantSource clock;

    ArchiveActions(EventBridge bridge, Archives archives, Account account, Authorizer authorizer, InstantSource clock) {
        this.bridge = bridge;
        this.archives = archives;
        this.account = account;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("CreateArchive", this::create);
        actions.put("UpdateArchive", this::update);
        actions.put("DescribeArchive", this::describe);
        actions.put("ListArchives", this::list);
        actions.put("DeleteArchive", this::delete);
        return actions;
    }

    private String name(String action, Map<String, @Nullable Object> input, AwsRequest request) {
        var name = Objects.requireNonNullElse(RuleTarget.text(input, "ArchiveName"), "");
        authorizer.require(request.caller(), "events:" + action, arn(name), request.context());
        if (!name.matches("[.\\-_A-Za-z0-9]{1,48}")) {
            throw EventBridge.invalid(
                    "1 validation error detected: Value '" + name + "' at 'archiveName' failed to satisfy"
                            + " constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
        }
        return name;
    }

    private String arn(String name) {
        return account.arn("events", PREFIX + name);
    }

    private Archive there(String action, Map<String, @Nullable Object> input, AwsRequest request) {
        var name = name(action, input, request);
        var archive = archives.find(name);
        if (archive == null) {
            throw new AwsError(400, "ResourceNotFoundException", "Archive " + name + " does not exist.");
        }
        return archive;
    }

    private Map<String, @Nullable Object> create(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = name("CreateArchive", input, request);
        var bus = bridge.bus(String.valueOf(RuleTarget.text(input, "EventSourceArn")));
        if (archives.find(name) != null) {
            throw new AwsError(400, "ResourceAlreadyExistsException", "Archive " + name + " already exists.");
        }
        var archive = new Archive(
                name,
                arn(name),
                bus.arn(),
                Objects.requireNonNullElse(RuleTarget.text(input, "Description"), ""),
                pattern(input),
                retention(input, 0),
                clock.instant());
        archives.put(archive);
        return answer(archive);
    }

    private static @Nullable EventPattern pattern(Map<String, @Nullable Object> input) {
        var text = RuleTarget.text(input, PATTERN);
        return text == null ? null : EventPattern.parse(text);
    }

    private static long retention(Map<String, @Nullable Object> input, long otherwise) {
        var days = input.get("RetentionDays");
        if (days == null) {
            return otherwise;
        }
        if (days instanceof Long number && number >= 0) {
            return number;
        }
        throw EventBridge.invalid(
                "1 validation error detected: Value '" + days
                        + "' at 'retentionDays' failed to satisfy constraint: Member must have value greater than or equal to 0");
    }

    private Map<String, @Nullable Object> update(Map<String, @Nullable Object> input, AwsRequest request) {
        var before = there("UpdateArchive", input, request);
        var pattern = pattern(input);
        var archive = new Archive(
                before.name(),
                before.arn(),
                before.busArn(),
                Objects.requireNonNullElse(RuleTarget.text(input, "Description"), before.description()),
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
        answer.put("CreationTime", archive.created().toEpochMilli() / 1000.0);
        return answer;
    }

    private Map<String, @Nullable Object> describe(Map<String, @Nullable Object> input, AwsRequest request) {
        var archive = there("DescribeArchive", input, request);
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
        json.put("CreationTime", archive.created().toEpochMilli() / 1000.0);
        return json;
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        authorizer.require(request.caller(), "events:ListArchives", "*", request.context());
        var prefix = RuleTarget.text(input, "NamePrefix");
        var source = RuleTarget.text(input, "EventSourceArn");
        var state = RuleTarget.text(input, "State");
        if (Stream.of(prefix, source, state).filter(Objects::nonNull).count() > 1) {
            throw EventBridge.invalid("At most one filter is allowed for ListArchives. "
                    + "Use either : State, EventSourceArn, or NamePrefix.");
        }
        var found = archives.all().stream()
                .filter(archive -> prefix == null || archive.name().startsWith(prefix))
                .filter(archive -> source == null || archive.busArn().equals(source))
                .filter(archive -> state == null || state.equals(ENABLED))
                .toList();
        return NamedPage.of("Archives", found, Archive::name, this::listed, input);
    }

    private Map<String, @Nullable Object> delete(Map<String, @Nullable Object> input, AwsRequest request) {
        archives.remove(there("DeleteArchive", input, request));
        return Map.of();
    }
}
