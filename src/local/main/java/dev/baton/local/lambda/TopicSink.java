package dev.baton.local.lambda;

import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.RequestContext;
import java.util.Map;

/// The way to topics that are told how asynchronous invocations end.
public interface TopicSink {

    /// Asks whether a caller may publish to a topic.
    ///
    /// @throws dev.baton.local.http.ServiceRefusal where the caller may not, or there is no such topic
    void require(Caller caller, String topicArn, RequestContext context);

    /// Publishes. What is accepted is on the disk when this returns.
    ///
    /// @param message its members as the API's request has them, `Message` among them
    /// @return the message's id
    /// @throws dev.baton.local.http.ServiceRefusal where it cannot be published
    String publish(Caller caller, String topicArn, Map<String, String> message, RequestContext context);
}
