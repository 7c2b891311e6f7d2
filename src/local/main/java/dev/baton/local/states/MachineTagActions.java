package dev.baton.local.states;

import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tags of state machines and activities.
record MachineTagActions(Machines machines, Activities activities) {
    private static final int MOST = 50;
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{N}\\p{Z}\\s_.:/=+\\-@]*");

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("TagResource", this::tag),
                ApiOperation.changing("UntagResource", this::untag),
                ApiOperation.reading("ListTagsForResource", this::list));
    }

    /// The tags that a request gives.
    static Map<String, String> tags(List<ApiInput> list) {
        if (list.size() > MOST) {
            throw tooMany();
        }
        var tags = new LinkedHashMap<String, String>();
        for (var tag : list) {
            var key = checked(tag.require("key"), "key");
            tags.put(key, checked(tag.text("value"), "value"));
        }
        return tags;
    }

    /// See the developer guide, *Restrictions related to tagging*.
    private static String checked(@Nullable String text, String member) {
        if (text == null) {
            return "";
        }
        if (text.startsWith("aws:")) {
            throw StatesErrors.validation("aws: prefixed tag " + member + "s are not allowed for external use");
        }
        if (!CHARACTERS.matcher(text).matches()) {
            throw StatesErrors.validation("Tags may only contain unicode letters, digits, white space, or one of these"
                    + " symbols: _ . : / = + - @");
        }
        return text;
    }

    private static void bound(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw tooMany();
        }
    }

    private static AwsError tooMany() {
        return new AwsError(400, "TooManyTags", "Tag count exceeds the limit of " + MOST + " tags per resource.");
    }

    /// Applies something to the tags of what the request names; versions and aliases have none.
    private Map<String, String> on(
            ApiInput input,
            ApiCall call,
            RequestContext.Builder keys,
            Function<Map<String, String>, Map<String, String>> change) {
        var arn = StatesArn.parse(input.require("resourceArn"));
        var machine = machines.find(arn.text());
        var found = activities.find(arn.text());
        var there = machine != null ? machine.tags() : found != null ? found.tags() : Map.<String, String>of();
        call.require(arn.text(), keys.tags("aws:ResourceTag", there).build());
        if (machine != null) {
            synchronized (machine) {
                var tags = change.apply(machine.tags());
                machine.untag(List.copyOf(machine.tags().keySet()));
                machine.tag(tags);
                return tags;
            }
        }
        var activity = found;
        if (activity == null) {
            throw StatesErrors.noResource(arn.text());
        }
        synchronized (activity.tags()) {
            var tags = change.apply(new LinkedHashMap<>(activity.tags()));
            activity.tags().clear();
            activity.tags().putAll(tags);
            return tags;
        }
    }

    private Map<String, @Nullable Object> tag(ApiInput input, ApiCall call) {
        var more = tags(input.objects("tags"));
        on(input, call, RequestContext.builder().requestTags(more), tags -> {
            tags.putAll(more);
            bound(tags);
            return tags;
        });
        return Map.of();
    }

    private Map<String, @Nullable Object> untag(ApiInput input, ApiCall call) {
        var keys = input.texts("tagKeys");
        on(input, call, RequestContext.builder().put("aws:TagKeys", keys), tags -> {
            keys.forEach(tags::remove);
            return tags;
        });
        return Map.of();
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        var tags = on(input, call, RequestContext.builder(), all -> all);
        return new JsonAnswer()
                .put(
                        "tags",
                        tags.entrySet().stream()
                                .map(tag -> new JsonAnswer()
                                        .put("key", tag.getKey())
                                        .put("value", tag.getValue())
                                        .map())
                                .toList())
                .map();
    }
}
