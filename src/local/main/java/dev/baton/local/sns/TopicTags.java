package dev.baton.local.sns;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The actions on tags of topics.
record TopicTags(Topics topics) {
    private static final int MOST = 50;

    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.changing("TagResource", this::tag),
                ApiOperation.changing("UntagResource", this::untag),
                ApiOperation.reading("ListTagsForResource", this::list));
    }

    /// Those that a request gives.
    static Map<String, String> of(ApiInput input) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : input.objects("Tags")) {
            var key = tag.text("Key", "");
            if (key.isEmpty() || key.startsWith("aws:")) {
                throw SnsErrors.invalid("Tags Reason: Invalid tag key: " + key);
            }
            if (tags.put(key, tag.text("Value", "")) != null) {
                throw SnsErrors.invalid("Duplicated keys are not allowed.");
            }
        }
        return bounded(tags);
    }

    private static Map<String, String> bounded(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw new AwsError(
                    400, "TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded");
        }
        return tags;
    }

    private Topic topic(ApiInput input, ApiCall call, RequestContext keys) {
        var arn = input.require("ResourceArn");
        TopicActions.require(topics, call, call.right(), arn, keys);
        var topic = topics.find(arn);
        if (topic == null) {
            throw SnsErrors.noResource();
        }
        return topic;
    }

    private void tag(ApiInput input, ApiCall call, Xml result) {
        var more = of(input);
        var topic =
                topic(input, call, RequestContext.builder().requestTags(more).build());
        var tags = new LinkedHashMap<>(topic.tags());
        tags.putAll(more);
        topics.put(topic.tagged(bounded(tags)));
    }

    private void untag(ApiInput input, ApiCall call, Xml result) {
        var keys = input.texts("TagKeys");
        var topic = topic(
                input, call, RequestContext.builder().put("aws:TagKeys", keys).build());
        var tags = new LinkedHashMap<>(topic.tags());
        tags.keySet().removeAll(keys);
        topics.put(topic.tagged(tags));
    }

    private void list(ApiInput input, ApiCall call, Xml result) {
        var topic = topic(input, call, RequestContext.EMPTY);
        result.open("Tags");
        topic.tags()
                .forEach((key, value) -> result.open("member")
                        .element("Key", key)
                        .element("Value", value)
                        .close());
        result.close();
    }
}
