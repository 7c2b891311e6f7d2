package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.name.Arn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.constructs.Construct;

/// The notifications of buckets without EventBridge, how a pipeline's start function hears of uploads to buckets that
/// tell no EventBridge: it reads their queue, or subscribes to their topic. Queue and topic are the bucket's owner's,
/// with what lets S3 send to them; so is the dead-letter queue of a queue.
final class UploadNotifications {
    private static final int BATCH = 10;

    private final Construct scope;
    private final CfnQueue deadLetters;
    private final List<CfnResource> made = new ArrayList<>();
    private final List<String> topics = new ArrayList<>();

    /// @param deadLetters for what a topic cannot deliver
    UploadNotifications(
            Construct scope,
            Environment environment,
            CompiledPipeline pipeline,
            Map<String, FunctionConstructs.Made> functions,
            CfnQueue deadLetters) {
        this.scope = scope;
        this.deadLetters = deadLetters;
        var name = pipeline.function(CompiledFunction.Kind.START).name();
        var start = Objects.requireNonNull(functions.get(name));
        for (var arn : environment.notifications(pipeline)) {
            if (arn.contains(":sqs:")) {
                read(arn, start);
            } else {
                subscribe(arn, start);
            }
        }
    }

    List<CfnResource> made() {
        return List.copyOf(made);
    }

    /// The ARNs of the topics, whose undelivered messages the dead-letter queue must take.
    List<String> topics() {
        return List.copyOf(topics);
    }

    private void read(String queue, FunctionConstructs.Made start) {
        made.add(CfnEventSourceMapping.Builder.create(scope, "Reads-" + Arn.last(queue))
                .eventSourceArn(queue)
                .functionName(start.function().getRef())
                .batchSize(BATCH)
                .enabled(true)
                // Without it a message that failed would be deleted with the others.
                .functionResponseTypes(List.of("ReportBatchItemFailures"))
                .build());
    }

    private void subscribe(String topic, FunctionConstructs.Made start) {
        topics.add(topic);
        made.add(CfnPermission.Builder.create(scope, "Permission-" + Arn.last(topic))
                .action("lambda:InvokeFunction")
                .functionName(start.function().getRef())
                .principal("sns.amazonaws.com")
                .sourceArn(topic)
                .build());
        made.add(CfnSubscription.Builder.create(scope, "Hears-" + Arn.last(topic))
                .topicArn(topic)
                .region(Arn.parse(topic).region())
                .protocol("lambda")
                .endpoint(start.function().getAttrArn())
                .redrivePolicy(Map.of("deadLetterTargetArn", deadLetters.getAttrArn()))
                .build());
    }
}
