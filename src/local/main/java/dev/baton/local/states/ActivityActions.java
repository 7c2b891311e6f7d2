package dev.baton.local.states;

import dev.baton.json.Json;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on activities.
record ActivityActions(Activities activities) {
    private static final Map<String, @Nullable Object> ENCRYPTION = Map.of("type", "AWS_OWNED_KEY");

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateActivity", this::create),
                ApiOperation.reading("DescribeActivity", this::describe),
                ApiOperation.reading("ListActivities", this::list),
                ApiOperation.changing("DeleteActivity", this::delete),
                ApiOperation.reading("GetActivityTask", this::task));
    }

    private StatesArn arn(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("activityArn"), "activity");
        call.require(arn.text());
        return arn;
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = input.require("name");
        call.require(activities.arn(name));
        StatesErrors.requireOwnedKey(input);
        var activity = activities.create(NameRules.check(name));
        var tags = MachineTagActions.tags(input.objects("tags"));
        synchronized (activity.tags()) {
            activity.tags().putAll(tags);
        }
        return new JsonAnswer()
                .put("activityArn", activity.arn())
                .time("creationDate", activity.created())
                .map();
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var activity = activities.get(arn(input, call).text());
        return row(activity).put("encryptionConfiguration", ENCRYPTION).map();
    }

    private static JsonAnswer row(Activities.Activity activity) {
        return new JsonAnswer()
                .put("activityArn", activity.arn())
                .put("name", activity.name())
                .time("creationDate", activity.created());
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        return StatesErrors.PAGES.answer(
                input,
                "activities",
                activities.all(),
                activity -> activity.arn(),
                activity -> row(activity).map());
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        activities.delete(arn(input, call).text());
        return Map.of();
    }

    /// On a virtual thread, so that waiting for work costs nothing.
    private Map<String, @Nullable Object> task(ApiInput input, ApiCall call) {
        var activity = activities.get(arn(input, call).text());
        var work = activities.poll(activity);
        if (work == null) {
            return Map.of();
        }
        work.completion().started(input.text("workerName"));
        return new JsonAnswer()
                .put("taskToken", work.invocation().taskToken())
                .put("input", Json.print(work.invocation().parameters()))
                .map();
    }
}
