package dev.baton.local.sns;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;

/// Publish and PublishBatch.
record PublishActions(Sns sns, Topics topics) {
    private static final int MOST = 10;

    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.reading("Publish", this::publish),
                ApiOperation.reading("PublishBatch", this::publishBatch, "Publish"));
    }

    private void publish(ApiInput input, ApiCall call, Xml result) {
        var arn = input.text("TopicArn", input.text("TargetArn", ""));
        if (arn.isEmpty()) {
            throw SnsErrors.invalid("TopicArn or TargetArn Reason: no value for required parameter");
        }
        var topic = topic(call, arn);
        write(sns.publish(topic, Publication.of(input, topic)), topic, result);
    }

    private Topic topic(ApiCall call, String arn) {
        if (!arn.matches("arn:[^:]+:sns:[^:]+:[0-9]{12}:[^:]+")) {
            throw SnsErrors.invalid(
                    "TopicArn Reason: An ARN must have at least 6 elements, not " + arn.split(":", -1).length);
        }
        TopicActions.require(topics, call, call.right(), arn, RequestContext.EMPTY);
        return topics.topic(arn);
    }

    private static void write(FifoOrder.Seen answered, Topic topic, Xml result) {
        result.element("MessageId", answered.messageId());
        if (topic.isFifo()) {
            result.element("SequenceNumber", answered.sequence());
        }
    }

    private void publishBatch(ApiInput input, ApiCall call, Xml result) {
        var topic = topic(call, input.require("TopicArn"));
        var entries = input.objects("PublishBatchRequestEntries");
        check(entries);
        var failed = new LinkedHashMap<String, AwsError>();
        long size = 0;
        var publications = new LinkedHashMap<String, Publication>();
        for (var entry : entries) {
            var id = entry.require("Id");
            try {
                var publication = Publication.of(entry, topic);
                size += publication.size();
                publications.put(id, publication);
            } catch (AwsError e) {
                failed.put(id, e);
            }
        }
        if (size > Publication.LARGEST) {
            throw error("BatchRequestTooLong", "The length of all the messages put together is more than the limit.");
        }
        result.open("Successful");
        publications.forEach((id, publication) -> {
            result.open("member").element("Id", id);
            write(sns.publish(topic, publication), topic, result);
            result.close();
        });
        result.close().open("Failed");
        failed.forEach((id, error) -> result.open("member")
                .element("Id", id)
                .element("Code", error.code())
                .element("Message", error.message())
                .element("SenderFault", true)
                .close());
        result.close();
    }

    private static void check(List<ApiInput> entries) {
        if (entries.isEmpty()) {
            throw error("EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > MOST) {
            throw error("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
        }
        var ids = new HashSet<String>();
        for (var entry : entries) {
            var id = entry.require("Id");
            if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
                throw error(
                        "InvalidBatchEntryId",
                        "The Id of a batch entry in a batch request doesn't abide by the" + " specification.");
            }
            if (!ids.add(id)) {
                throw error("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
            }
        }
    }

    private static AwsError error(String code, String message) {
        return new AwsError(400, code, message);
    }
}
