package dev.baton.local.states.integration;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.ServiceRefusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sns:publish`.
///
/// See [Publish messages to SNS](https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html).
record SnsTasks(SdkTasks sdk, Scheduler scheduler) {
    /// How long SNS's own answer is, which is indented.
    private static final int LENGTH = 294;
    /// What a sequence number adds to it.
    private static final int NUMBERED = 58;

    Map<String, @Nullable Object> publish(Caller caller, Map<String, @Nullable Object> parameters) throws TaskFailure {
        try {
            var answer = new LinkedHashMap<>(sdk.sns(caller, "Publish", parameters));
            int length = LENGTH + (answer.containsKey("SequenceNumber") ? NUMBERED : 0);
            SdkMetadata.addTo(answer, "text/xml", length, scheduler.now(), Map.of());
            return answer;
        } catch (ServiceRefusal e) {
            throw TaskFailure.optimised("SNS", "AmazonSNS", e);
        }
    }
}
