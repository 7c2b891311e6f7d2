package dev.baton.local.logs;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tags of log groups. Rights on them name a group without `:*`.
record LogTagActions(Account account, Logs logs) {
    private static final int MOST = 50;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("TagResource", this::tag),
                ApiOperation.changing("UntagResource", this::untag),
                ApiOperation.reading("ListTagsForResource", this::list));
    }

    private Map<String, @Nullable Object> tag(ApiInput input, ApiCall call) {
        var given = input.map("tags");
        var group =
                allowed(input, call, RequestContext.builder().requestTags(given).build());
        var tags = new TreeMap<>(group.tags());
        tags.putAll(given);
        if (tags.size() > MOST) {
            throw new AwsError(400, "TooManyTagsException", "A resource can have no more than " + MOST + " tags.");
        }
        group.tag(tags);
        return Map.of();
    }

    private Map<String, @Nullable Object> untag(ApiInput input, ApiCall call) {
        var names = input.texts("tagKeys");
        var group = allowed(
                input, call, RequestContext.builder().put("aws:TagKeys", names).build());
        var tags = new TreeMap<>(group.tags());
        tags.keySet().removeAll(names);
        group.tag(tags);
        return Map.of();
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        return JsonAnswer.of("tags", allowed(input, call, RequestContext.EMPTY).tags());
    }

    private LogGroup allowed(ApiInput input, ApiCall call, RequestContext keys) {
        var name = LogsErrors.nameOf(input.require("resourceArn"));
        var group = logs.find(name);
        call.require(account.arn("logs", "log-group:" + name), keys.or(LogGroupActions.keys(group)));
        if (group == null) {
            throw LogsErrors.noGroup();
        }
        return group;
    }
}
