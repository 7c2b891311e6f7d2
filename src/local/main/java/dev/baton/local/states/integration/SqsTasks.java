package dev.baton.local.states.integration;

import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.ServiceRefusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sqs:sendMessage`.
///
/// See [Send messages to SQS](https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html).
record SqsTasks(SdkTasks sdk, Scheduler scheduler) {

    Map<String, @Nullable Object> sendMessage(Caller caller, Map<String, @Nullable Object> parameters)
            throws TaskFailure {
        try {
            var answer = new LinkedHashMap<>(sdk.sqs(caller, "SendMessage", parameters));
            int length = Json.bytes(answer).length;
            SdkMetadata.addTo(answer, Protocol.JSON_1_0.contentType(), length, scheduler.now(), Map.of());
            return answer;
        } catch (AwsError e) {
            throw TaskFailure.queryCompatible("SQS", "AmazonSQS", e);
        } catch (ServiceRefusal e) {
            throw TaskFailure.optimised("SQS", "AmazonSQS", e);
        }
    }
}
