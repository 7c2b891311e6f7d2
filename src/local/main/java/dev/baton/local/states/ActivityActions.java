package dev.baton.local.states;

import dev.baton.json.Json;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on activities.
final class ActivityActions {
    private static final Map<String, @Nullable Object> ENCRYPTION = Map.of("type", "AWS_OWNED_KEY");

    private final Activities activities;
    private final Authorizer authorizer;

    ActivityActions(Activities activities, Authorizer authorizer) {
        this.activities = activities;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("CreateActivity", this::create);
        actions.put("DescribeActivity", this::describe);
        actions.put("ListActivities", this::list);
        actions.put("DeleteActivity", this::delete);
        actions.put("GetActivityTask", this::task);
        return actions;
    }

    private StatesArn arn(Map<String, @Nullable Object> input, AwsRequest request, String action) {
        var arn = StatesArn.parse(StatesMembers.required(input, "activityArn"), "activity");
        authorizer.require(request.caller(), "states:" + action, arn.text(), request.context());
        return arn;
    }

    private Map<String, @Nullable Object> create(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = StatesMembers.required(input, "name");
        authorizer.require(request.caller(), "states:CreateActivity", activities.arn(name), request.context());
        StatesMembers.requireOwnedKey(input);
        var activity = activities.create(NameRules.check(name));
        var tags = MachineTagActions.tags(StatesMembers.list(input, "tags"));
        synchronized (activity.tags()) {
            activity.tags().putAll(tags);
        }
        return new StatesMembers()
                .put("activityArn", activity.arn())
                .time("creationDate", activity.created())
                .map();
    }

    private Map<String, @Nullable Object> describe(Map<String, @Nullable Object> input, AwsRequest request) {
        var activity = activities.get(arn(input, request, "DescribeActivity").text());
        return row(activity).put("encryptionConfiguration", ENCRYPTION).map();
    }

    private static StatesMembers row(Activities.Activity activity) {
        return new StatesMembers()
                .put("activityArn", activity.arn())
                .put("name", activity.name())
                .time("creationDate", activity.created());
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        authorizer.require(request.caller(), "states:ListActivities", "*", request.context());
        return TokenPage.of(input)
                .answer(
                        "activities",
                        activities.all(),
                        activity -> row(activity).map());
    }

    private Map<String, @Nullable Object> delete(Map<String, @Nullable Object> input, AwsRequest request) {
        activities.delete(arn(input, request, "DeleteActivity").text());
        return Map.of();
    }

    /// On a virtual thread, so that waiting for work costs nothing.
    private Map<String, @Nullable Object> task(Map<String, @Nullable Object> input, AwsRequest request) {
        var activity = activities.get(arn(input, request, "GetActivityTask").text());
        var work = activities.poll(activity);
        if (work == null) {
            return Map.of();
        }
        work.completion().started(StatesMembers.text(input, "workerName"));
        return new StatesMembers()
                .put("taskToken", work.invocation().taskToken())
                .put("input", Json.print(work.invocation().parameters()))
                .map();
    }
}
