package dev.baton.local.states;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.policy.RequestContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tags of state machines and activities.
final class MachineTagActions {
    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{N}\\p{Z}\\s_.:/=+\\-@]*");

    private final Machines machines;
    private final Activities activities;
    private final Authorizer authorizer;

    MachineTagActions(Machines machines, Activities activities, Authorizer authorizer) {
        this.machines = machines;
        this.activities = activities;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("TagResource", this::tag);
        actions.put("UntagResource", this::untag);
        actions.put("ListTagsForResource", this::list);
        return actions;
    }

    /// The tags that a request gives.
    static Map<String, String> tags(List<?> list) {
        if (list.size() > MOST) {
            throw tooMany();
        }
        var tags = new LinkedHashMap<String, String>();
        for (var tag : list) {
            var map = (Map<?, ?>) tag;
            StatesMembers.required(map, "key");
            var key = checked(StatesMembers.text(map, "key", LONGEST_KEY), "key");
            tags.put(key, checked(StatesMembers.text(map, "value", LONGEST_VALUE), "value"));
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
            Map<String, @Nullable Object> input,
            AwsRequest request,
            String action,
            RequestContext.Builder keys,
            Function<Map<String, String>, Map<String, String>> change) {
        var arn = StatesArn.parse(StatesMembers.required(input, "resourceArn"));
        var machine = machines.find(arn.text());
        var found = activities.find(arn.text());
        var there = machine != null ? machine.tags() : found != null ? found.tags() : Map.<String, String>of();
        authorizer.require(
                request.caller(),
                "states:" + action,
                arn.text(),
                keys.tags("aws:ResourceTag", there).build().or(request.context()));
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

    private Map<String, @Nullable Object> tag(Map<String, @Nullable Object> input, AwsRequest request) {
        var more = tags(StatesMembers.list(input, "tags"));
        on(input, request, "TagResource", RequestContext.builder().requestTags(more), tags -> {
            tags.putAll(more);
            bound(tags);
            return tags;
        });
        return Map.of();
    }

    private Map<String, @Nullable Object> untag(Map<String, @Nullable Object> input, AwsRequest request) {
        var keys = StatesMembers.list(input, "tagKeys").stream()
                .map(String::valueOf)
                .toList();
        on(input, request, "UntagResource", RequestContext.builder().put("aws:TagKeys", keys), tags -> {
            keys.forEach(tags::remove);
            return tags;
        });
        return Map.of();
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        var tags = on(input, request, "ListTagsForResource", RequestContext.builder(), all -> all);
        return new StatesMembers()
                .put(
                        "tags",
                        tags.entrySet().stream()
                                .map(tag -> new StatesMembers()
                                        .put("key", tag.getKey())
                                        .put("value", tag.getValue())
                                        .map())
                                .toList())
                .map();
    }
}
