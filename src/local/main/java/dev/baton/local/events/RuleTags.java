package dev.baton.local.events;

import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The actions on tags of rules: TagResource, UntagResource, ListTagsForResource.
record RuleTags(EventBridge bridge) {
    private static final int MOST = 50;
    private static final Pattern ARN =
            Pattern.compile("arn:[^:]+:events:[^:]*:[^:]*:rule/(?:(?<bus>[^/]+)/)?(?<rule>[^/]+)");
    private static final Pattern KEY = Pattern.compile("(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("TagResource", this::tag),
                ApiOperation.changing("UntagResource", this::untag),
                ApiOperation.reading("ListTagsForResource", this::list));
    }

    /// A rule's tags as conditions know them; nothing where there is no rule.
    static RequestContext context(@Nullable Rule rule) {
        return rule == null
                ? RequestContext.EMPTY
                : RequestContext.builder().tags("aws:ResourceTag", rule.tags()).build();
    }

    /// The tags that a request gives.
    static Map<String, String> of(ApiInput input) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : input.objects("Tags")) {
            var key = String.valueOf(tag.value("Key"));
            var value = String.valueOf(tag.value("Value"));
            if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
                throw EventErrors.invalid("The tag " + key + "=" + value
                        + " is not valid: a key has 1 to 128, a value up to"
                        + " 256 letters, digits, blanks and _.:/=+-@, and no key begins with aws:.");
            }
            tags.put(key, value);
        }
        return bounded(tags);
    }

    private static Map<String, String> bounded(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw EventErrors.invalid("A rule has up to " + MOST + " tags.");
        }
        return tags;
    }

    private Map<String, @Nullable Object> tag(ApiInput input, ApiCall call) {
        var more = of(input);
        change(input, call, RequestContext.builder().requestTags(more).build(), tags -> {
            tags.putAll(more);
            return bounded(tags);
        });
        return Map.of();
    }

    private Map<String, @Nullable Object> untag(ApiInput input, ApiCall call) {
        var keys = input.texts("TagKeys");
        change(input, call, RequestContext.builder().put("aws:TagKeys", keys).build(), tags -> {
            tags.keySet().removeAll(keys);
            return tags;
        });
        return Map.of();
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        var tags = change(input, call, RequestContext.EMPTY, same -> same);
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
            ApiInput input, ApiCall call, RequestContext keys, UnaryOperator<Map<String, String>> change) {
        var arn = String.valueOf(input.text("ResourceARN"));
        var matcher = ARN.matcher(arn);
        var there = matcher.matches() ? bridge.bus(matcher.group("bus")) : null;
        var rule = there == null ? null : there.find(matcher.group("rule"));
        call.require(arn, keys.or(context(rule)));
        if (there == null || rule == null) {
            throw EventErrors.notFound("There is no rule " + arn + ".");
        }
        var tags = change.apply(new LinkedHashMap<>(rule.tags()));
        there.put(rule.tagged(tags));
        return tags;
    }
}
