package dev.baton.local.scheduler;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAnswer;
import dev.baton.local.service.Pagination;
import dev.baton.local.service.RestRoute;
import dev.baton.local.service.RestService;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scheduler's REST API, for schedules of the group `default`.
record ScheduleOperations(EventScheduler scheduler) {
    private static final Pagination PAGES = new Pagination(
            "MaxResults", "NextToken", "NextToken", 100, () -> ScheduleEntry.invalid("Invalid NextToken."));

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
                        RestRoute.of(
                                "GET", "/schedules", (input, call) -> RestService.answer(200, list(input, call)))));
    }

    /// The handler of an operation on one schedule.
    private interface Action {
        Map<String, @Nullable Object> handle(ApiInput input, ApiCall call, String name);
    }

    private static RestRoute named(String method, Action action) {
        return RestRoute.of(
                method,
                "/schedules/{Name}",
                (input, call) -> RestService.answer(200, action.handle(input, call, input.require("Name"))));
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call, String name) {
        call.require(scheduler.arn(name));
        if (scheduler.find(name) != null) {
            throw new AwsError(409, "ConflictException", "Schedule " + name + " already exists.");
        }
        return put(input, call, name, scheduler.now());
    }

    private Map<String, @Nullable Object> update(ApiInput input, ApiCall call, String name) {
        call.require(scheduler.arn(name));
        return put(input, call, name, there(input, name).created());
    }

    private Map<String, @Nullable Object> put(ApiInput input, ApiCall call, String name, Instant created) {
        var body = new LinkedHashMap<>(input.json());
        body.remove("Name");
        body.remove("ClientToken");
        var entry = new ScheduleEntry(name, scheduler.arn(name), body, created, scheduler.now());
        call.passRole(entry.roleArn(), "scheduler.amazonaws.com");
        scheduler.put(entry);
        return JsonAnswer.of("ScheduleArn", entry.arn());
    }

    private Map<String, @Nullable Object> get(ApiInput input, ApiCall call, String name) {
        call.require(scheduler.arn(name));
        var entry = there(input, name);
        var answer = new LinkedHashMap<String, @Nullable Object>(entry.json());
        answer.putIfAbsent("State", "ENABLED");
        answer.putIfAbsent("ScheduleExpressionTimezone", "UTC");
        answer.putAll(described(entry));
        return answer;
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call, String name) {
        call.require(scheduler.arn(name));
        scheduler.remove(there(input, name).name());
        return new LinkedHashMap<>();
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require(scheduler.arn("*"));
        var prefix = input.text("NamePrefix", "");
        var found = scheduler.all().stream()
                .filter(entry -> input.text("GroupName", ScheduleEntry.GROUP).equals(ScheduleEntry.GROUP)
                        && entry.name().startsWith(prefix)
                        && input.text("State", state(entry)).equals(state(entry)))
                .toList();
        return PAGES.answer(input, "Schedules", found, ScheduleEntry::name, ScheduleOperations::summary);
    }

    private static Map<String, @Nullable Object> summary(ScheduleEntry entry) {
        var summary = described(entry);
        summary.put("State", state(entry));
        summary.put("Target", Map.of("Arn", entry.targetArn()));
        return summary;
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

    private ScheduleEntry there(ApiInput input, String name) {
        var group = input.text("GroupName", ScheduleEntry.GROUP);
        var entry = group.equals(ScheduleEntry.GROUP) ? scheduler.find(name) : null;
        if (entry == null) {
            throw new AwsError(404, "ResourceNotFoundException", "Schedule " + name + " does not exist.");
        }
        return entry;
    }
}
