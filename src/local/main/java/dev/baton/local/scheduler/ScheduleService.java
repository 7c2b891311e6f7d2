package dev.baton.local.scheduler;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.PercentCode;
import dev.baton.local.http.Problem;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.RequestMembers;
import dev.baton.local.http.Service;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.policy.RequestContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Scheduler's REST API, for schedules of the group `default`.
final class ScheduleService implements Service {
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_.-]{1,64}");
    private static final RequestMembers MEMBERS = RequestMembers.of("scheduler");
    private static final int MOST = 100;
    private static final int LARGEST = 1 << 20;

    private final EventScheduler scheduler;
    private final Authorizer authorizer;

    ScheduleService(EventScheduler scheduler, Authorizer authorizer) {
        this.scheduler = scheduler;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "scheduler";
    }

    @Override
    public Protocol protocol() {
        return Protocol.REST_JSON;
    }

    @Override
    public void close() {
        scheduler.close();
    }

    @Override
    public AwsResponse handle(AwsRequest request) throws IOException {
        var path = Arrays.stream(request.rawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(PercentCode::decode)
                .toList();
        if (path.size() == 1
                && path.getFirst().equals("schedules")
                && request.method().equals("GET")) {
            return json(list(request));
        }
        if (path.size() != 2 || !path.getFirst().equals("schedules")) {
            throw Problem.UNKNOWN_ACTION.error("Unknown operation " + request);
        }
        var name = path.getLast();
        if (!NAME.matcher(name).matches()) {
            throw ScheduleEntry.invalid("1 validation error detected: Value '" + name
                    + "' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                    + "^[0-9a-zA-Z-_.]+$");
        }
        return json(
                switch (request.method()) {
                    case "POST" -> create(request, name);
                    case "PUT" -> update(request, name);
                    case "GET" -> get(request, name);
                    case "DELETE" -> delete(request, name);
                    default -> throw Problem.UNKNOWN_ACTION.error("Unknown operation " + request);
                });
    }

    private Map<String, @Nullable Object> create(AwsRequest request, String name) throws IOException {
        require(request, "CreateSchedule", name);
        MEMBERS.check("CreateSchedule", body(request));
        if (scheduler.find(name) != null) {
            throw new AwsError(409, "ConflictException", "Schedule " + name + " already exists.");
        }
        return put(request, name, scheduler.now());
    }

    private Map<String, @Nullable Object> update(AwsRequest request, String name) throws IOException {
        require(request, "UpdateSchedule", name);
        MEMBERS.check("UpdateSchedule", body(request));
        return put(request, name, there(request, name).created());
    }

    private Map<String, @Nullable Object> put(AwsRequest request, String name, Instant created) throws IOException {
        var body = body(request);
        body.remove("ClientToken");
        var entry = new ScheduleEntry(name, scheduler.arn(name), body, created, scheduler.now());
        var context = RequestContext.builder()
                .put("iam:PassedToService", "scheduler.amazonaws.com")
                .build();
        authorizer.require(request.caller(), "iam:PassRole", entry.roleArn(), context.or(request.context()));
        scheduler.put(entry);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ScheduleArn", entry.arn());
        return answer;
    }

    private Map<String, @Nullable Object> get(AwsRequest request, String name) {
        require(request, "GetSchedule", name);
        var entry = there(request, name);
        var answer = new LinkedHashMap<String, @Nullable Object>(entry.json());
        answer.putIfAbsent("State", "ENABLED");
        answer.putIfAbsent("ScheduleExpressionTimezone", "UTC");
        answer.putAll(described(entry));
        return answer;
    }

    private Map<String, @Nullable Object> delete(AwsRequest request, String name) {
        require(request, "DeleteSchedule", name);
        scheduler.remove(there(request, name).name());
        return new LinkedHashMap<>();
    }

    private Map<String, @Nullable Object> list(AwsRequest request) {
        authorizer.require(request.caller(), "scheduler:ListSchedules", scheduler.arn("*"), request.context());
        var query = request.query();
        var prefix = query.get("NamePrefix", "");
        var from = query.get("NextToken", "");
        var most = number(query.get("MaxResults", Integer.toString(MOST)));
        var answer = new LinkedHashMap<String, @Nullable Object>();
        var schedules = new ArrayList<@Nullable Object>();
        if (!query.get("ScheduleGroup", ScheduleEntry.GROUP).equals(ScheduleEntry.GROUP)) {
            answer.put("Schedules", schedules);
            return answer;
        }
        for (var entry : scheduler.all()) {
            if (!entry.name().startsWith(prefix)
                    || entry.name().compareTo(from) < 0
                    || !query.get("State", state(entry)).equals(state(entry))) {
                continue;
            }
            if (schedules.size() == most) {
                answer.put("NextToken", entry.name());
                break;
            }
            var summary = described(entry);
            summary.put("State", state(entry));
            summary.put("Target", Map.of("Arn", entry.targetArn()));
            schedules.add(summary);
        }
        answer.put("Schedules", schedules);
        return answer;
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw ScheduleEntry.invalid("MaxResults is a number from 1 to " + MOST + ", but was " + text + ".");
        }
        return Integer.parseInt(text);
    }

    private static String state(ScheduleEntry entry) {
        return entry.enabled() ? "ENABLED" : "DISABLED";
    }

    private static Map<String, @Nullable Object> described(ScheduleEntry entry) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        described.put("Arn", entry.arn());
        described.put("GroupName", ScheduleEntry.GROUP);
        described.put("Name", entry.name());
        described.put("CreationDate", entry.created().toEpochMilli() / 1000.0);
        described.put("LastModificationDate", entry.changed().toEpochMilli() / 1000.0);
        return described;
    }

    private ScheduleEntry there(AwsRequest request, String name) {
        var group = request.query().get("groupName", ScheduleEntry.GROUP);
        var entry = group.equals(ScheduleEntry.GROUP) ? scheduler.find(name) : null;
        if (entry == null) {
            throw new AwsError(404, "ResourceNotFoundException", "Schedule " + name + " does not exist.");
        }
        return entry;
    }

    private void require(AwsRequest request, String action, String name) {
        authorizer.require(request.caller(), "scheduler:" + action, scheduler.arn(name), request.context());
    }

    private static Map<String, @Nullable Object> body(AwsRequest request) throws IOException {
        try {
            return new LinkedHashMap<>(Json.parseObject(request.bytes(LARGEST)));
        } catch (JsonException e) {
            throw Problem.MALFORMED_BODY.error("The request's body is no JSON object: " + e.getMessage());
        }
    }

    private static AwsResponse json(Map<String, @Nullable Object> answer) {
        return AwsResponse.of(200, Protocol.REST_JSON.contentType(), Json.bytes(answer));
    }
}
