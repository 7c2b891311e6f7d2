package dev.baton.local.events;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.policy.RequestContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The actions on tags of rules: TagResource, UntagResource, ListTagsForResource.
final class RuleTags {
    private static final int MOST = 50;
    private static final Pattern ARN =
            Pattern.compile("arn:[^:]+:events:[^:]*:[^:]*:rule/(?:(?<bus>[^/]+)/)?(?<rule>[^/]+)");
    private static final Pattern KEY = Pattern.compile("(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

    private final EventBridge bridge;
    private final Authorizer authorizer;

    RuleTags(EventBridge bridge, Authorizer authorizer) {
        this.bridge = bridge;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        return Map.of("TagResource", this::tag, "UntagResource", this::untag, "ListTagsForResource", this::list);
    }

    /// A rule's tags as conditions know them; nothing where there is no rule.
    static RequestContext context(@Nullable Rule rule) {
        return rule == null
                ? RequestContext.EMPTY
                : RequestContext.builder().tags("aws:ResourceTag", rule.tags()).build();
    }

    /// The tags that a request gives.
    static Map<String, String> of(Map<String, @Nullable Object> input) {
        var tags = new LinkedHashMap<String, String>();
        if (input.get("Tags") instanceof List<?> list) {
            for (var each : list) {
                var tag = each instanceof Map<?, ?> map ? map : Map.of();
                var key = String.valueOf(tag.get("Key"));
                var value = String.valueOf(tag.get("Value"));
                if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
                    throw invalid("The tag " + key + "=" + value + " is not valid: a key has 1 to 128, a value up to"
                            + " 256 letters, digits, blanks and _.:/=+-@, and no key begins with aws:.");
                }
                tags.put(key, value);
            }
        }
        return bounded(tags);
    }

    private static Map<String, String> bounded(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw invalid("A rule has up to " + MOST + " tags.");
        }
        return tags;
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    private Map<String, @Nullable Object> tag(Map<String, @Nullable Object> input, AwsRequest request) {
        var more = of(input);
        change(
                input,
                request,
                "TagResource",
                RequestContext.builder().requestTags(more).build(),
                tags -> {
                    tags.putAll(more);
                    return bounded(tags);
                });
        return Map.of();
    }

    private Map<String, @Nullable Object> untag(Map<String, @Nullable Object> input, AwsRequest request) {
        var keys = input.get("TagKeys") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.<String>of();
        change(
                input,
                request,
                "UntagResource",
                RequestContext.builder().put("aws:TagKeys", keys).build(),
                tags -> {
                    tags.keySet().removeAll(keys);
                    return tags;
                });
        return Map.of();
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        var tags = change(input, request, "ListTagsForResource", RequestContext.EMPTY, same -> same);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put(
                "Tags",
                tags.entrySet().stream()
                        .map(tag -> Map.of("Key", tag.getKey(), "Value", tag.getValue()))
                        .toList());
        return answer;
    }

    /// @param keys beside the tags that the rule has
    private Map<String, String> change(
            Map<String, @Nullable Object> input,
            AwsRequest request,
            String action,
            RequestContext keys,
            UnaryOperator<Map<String, String>> change) {
        var arn = String.valueOf(RuleTarget.text(input, "ResourceARN"));
        var matcher = ARN.matcher(arn);
        var there = matcher.matches() ? bridge.bus(matcher.group("bus")) : null;
        var rule = there == null ? null : there.find(matcher.group("rule"));
        authorizer.require(
                request.caller(),
                "events:" + action,
                arn,
                keys.or(context(rule)).or(request.context()));
        if (there == null || rule == null) {
            throw new AwsError(400, "ResourceNotFoundException", "There is no rule " + arn + ".");
        }
        var tags = change.apply(new LinkedHashMap<>(rule.tags()));
        there.put(rule.tagged(tags));
        return tags;
    }
}
