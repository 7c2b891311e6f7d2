package dev.baton.local.logs;

import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The actions on log groups: made and taken away, listed, and how long their events are kept.
record LogGroupActions(Account account, Logs logs) {
    private static final Set<Integer> DAYS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateLogGroup", this::create, "CreateLogGroup", "TagResource"),
                ApiOperation.reading("DescribeLogGroups", this::describe),
                ApiOperation.changing("DeleteLogGroup", this::delete),
                ApiOperation.changing("PutRetentionPolicy", this::retain),
                ApiOperation.changing("DeleteRetentionPolicy", this::keep));
    }

    /// A group as policies name it where no stream is meant.
    static String whole(Account account, String name) {
        return account.arn("logs", "log-group:" + name + ":log-stream:");
    }

    /// The tags of a group, as conditions ask for them.
    static RequestContext keys(@Nullable LogGroup group) {
        return group == null
                ? RequestContext.EMPTY
                : RequestContext.builder().tags("aws:ResourceTag", group.tags()).build();
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = input.require("logGroupName");
        var tags = input.map("tags");
        var keys = RequestContext.builder().requestTags(tags).build();
        call.require(whole(account, name), keys);
        if (!tags.isEmpty()) {
            call.require("logs:TagResource", account.arn("logs", "log-group:" + name), keys);
        }
        var made = logs.add(name);
        if (made == null) {
            throw LogsErrors.groupExists();
        }
        made.tag(tags);
        return Map.of();
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        call.require(whole(account, ""));
        var prefix = input.text("logGroupNamePrefix", "");
        var pattern = input.text("logGroupNamePattern", "");
        if (!prefix.isEmpty() && !pattern.isEmpty()) {
            throw LogsErrors.invalid(
                    "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        var found = logs.described().stream()
                .filter(group -> group.name().startsWith(prefix) && group.name().contains(pattern))
                .toList();
        return LogsErrors.PAGES.answer(input, "logGroups", found, LogGroup::name, this::told);
    }

    private Map<String, @Nullable Object> told(LogGroup group) {
        return new JsonAnswer()
                .put("logGroupName", group.name())
                .put("creationTime", group.created())
                .putIf("retentionInDays", group.retentionDays())
                .put("metricFilterCount", 0)
                .put("arn", group.arn(account) + ":*")
                .put("logGroupArn", group.arn(account))
                .put("logGroupClass", "STANDARD")
                .map();
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        allowed(input, call);
        logs.delete(input.require("logGroupName"));
        return Map.of();
    }

    private Map<String, @Nullable Object> retain(ApiInput input, ApiCall call) {
        var group = allowed(input, call);
        var days = input.integer("retentionInDays", 0);
        if (!DAYS.contains(days)) {
            throw LogsErrors.invalid("The retention policy of " + days + " days is none of those that there are: "
                    + DAYS.stream().sorted().toList());
        }
        group.retain(days);
        return Map.of();
    }

    private Map<String, @Nullable Object> keep(ApiInput input, ApiCall call) {
        allowed(input, call).retain(null);
        return Map.of();
    }

    private LogGroup allowed(ApiInput input, ApiCall call) {
        var name = input.require("logGroupName");
        var group = logs.find(name);
        call.require(whole(account, name), keys(group));
        if (group == null) {
            throw LogsErrors.noGroup();
        }
        return group;
    }
}
