package dev.baton.local.scheduler;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAnswer;
import dev.baton.local.service.RequestMembers;
import dev.baton.local.service.RestRoute;
import dev.baton.local.service.RestService;
import dev.baton.local.service.Violation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Scheduler's REST API, for schedules of the group `default`.
final class ScheduleOperations {
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_.-]{1,64}");
    private static final RequestMembers MEMBERS = RequestMembers.of("scheduler");
    private static final int MOST = 100;
    private static final int LARGEST = 1 << 20;

    private final EventScheduler scheduler;

    ScheduleOperations(EventScheduler scheduler) {
        this.scheduler = scheduler;
    }

    List<ApiOperation<RestRoute>> all() {
        return List.of(
                ApiOperation.changing(
                        "CreateSchedule", named("POST", this::create), "scheduler:CreateSchedule", "iam:PassRole"),
                ApiOperation.changing(
                        "UpdateSchedule", named("PUT", this::update), "scheduler:UpdateSchedule", "iam:PassRole"),
                ApiOperation.reading("GetSchedule", named("GET", this::get)),
                ApiOperation.changing("DeleteSchedule", named("DELETE", this::delete)),
                ApiOperation.reading(
                        "ListSchedules",
                        RestRoute.of("GET", "/schedules", (call, path) -> RestService.answer(200, list(call)))));
    }

    /// What is done with one schedule.
    private interface Action {
        Map<String, @Nullable Object> handle(ApiCall call, String name) throws IOException;
    }

    private static RestRoute named(String method, Action action) {
        return RestRoute.of(method, "/schedules/{Name}", (call, path) -> {
            var name = String.valueOf(path.get("Name"));
            if (!NAME.matcher(name).matches()) {
                throw Violation.ofPattern(name, "name", "^[0-9a-zA-Z-_.]+$").error();
            }
            return RestService.answer(200, action.handle(call, name));
        });
    }

    private Map<String, @Nullable Object> create(ApiCall call, String name) throws IOException {
        call.require(scheduler.arn(name));
        MEMBERS.check("CreateSchedule", body(call));
        if (scheduler.find(name) != null) {
            throw new AwsError(409, "ConflictException", "Schedule " + name + " already exists.");
        }
        return put(call, name, scheduler.now());
    }

    private Map<String, @Nullable Object> update(ApiCall call, String name) throws IOException {
        call.require(scheduler.arn(name));
        MEMBERS.check("UpdateSchedule", body(call));
        return put(call, name, there(call, name).created());
    }

    private Map<String, @Nullable Object> put(ApiCall call, String name, Instant created) throws IOException {
        var body = body(call);
        body.remove("ClientToken");
        var entry = new ScheduleEntry(name, scheduler.arn(name), body, created, scheduler.now());
        call.passRole(entry.roleArn(), "scheduler.amazonaws.com");
        scheduler.put(entry);
        return JsonAnswer.of("ScheduleArn", entry.arn());
    }

    private Map<String, @Nullable Object> get(ApiCall call, String name) {
        call.require(scheduler.arn(name));
        var entry = there(call, name);
        var answer = new LinkedHashMap<String, @Nullable Object>(entry.json());
        answer.putIfAbsent("State", "ENABLED");
        answer.putIfAbsent("ScheduleExpressionTimezone", "UTC");
        answer.putAll(described(entry));
        return answer;
    }

    private Map<String, @Nullable Object> delete(ApiCall call, String name) {
        call.require(scheduler.arn(name));
        scheduler.remove(there(call, name).name());
        return new LinkedHashMap<>();
    }

    private Map<String, @Nullable Object> list(ApiCall call) {
        call.require(scheduler.arn("*"));
        var query = call.request().query();
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
        described.put("CreationDate", JsonAnswer.seconds(entry.created()));
        described.put("LastModificationDate", JsonAnswer.seconds(entry.changed()));
        return described;
    }

    private ScheduleEntry there(ApiCall call, String name) {
        var group = call.request().query().get("groupName", ScheduleEntry.GROUP);
        var entry = group.equals(ScheduleEntry.GROUP) ? scheduler.find(name) : null;
        if (entry == null) {
            throw new AwsError(404, "ResourceNotFoundException", "Schedule " + name + " does not exist.");
        }
        return entry;
    }

    private static Map<String, @Nullable Object> body(ApiCall call) throws IOException {
        return new LinkedHashMap<>(call.body(LARGEST).json());
    }
}
