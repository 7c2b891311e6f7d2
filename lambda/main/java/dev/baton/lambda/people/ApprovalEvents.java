package dev.baton.lambda.people;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.SignedPost;
import dev.baton.run.ApprovalRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events of `Approval Requested` on the environment's bus, for whoever tells people. No secret stands in them.
record ApprovalEvents(FunctionEnvironment environment, SignedPost post) {
    static final String REQUESTED = "Approval Requested";

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalEvents.class);
    private static final Map<String, String> PUT_EVENTS =
            Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "AWSEvents.PutEvents");

    /// Tells of a request. That the bus cannot be told is logged: the request is there, and is listed.
    void requested(ApprovalRequest request, String command) {
        var bus = environment.eventBus();
        if (bus == null) {
            return;
        }
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("pipeline", request.pipeline());
        detail.put("task", request.task());
        detail.put("node", request.node());
        detail.put("run", request.run());
        detail.put("execution", request.execution());
        detail.put("starter", request.starter().shown());
        detail.put("by", request.by());
        detail.put("quorum", (long) request.quorum());
        detail.put("why", request.why());
        detail.put("askedAt", request.askedAt().toString());
        detail.put("expiresAt", request.expiresAt().toString());
        detail.put("command", command);
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("EventBusName", bus);
        entry.put("Source", environment.prefix().source(request.pipeline()));
        entry.put("DetailType", REQUESTED);
        entry.put("Detail", Json.print(detail));
        try {
            var answer = Json.parseObject(
                    post.send("events", "/", PUT_EVENTS, Json.bytes(Map.of("Entries", List.of(entry)))));
            if (answer.get("FailedEntryCount") instanceof Long failed && failed > 0) {
                LOG.atWarn().addKeyValue("answer", answer.get("Entries")).log("the event bus refused the request");
            }
        } catch (IOException | JsonException e) {
            LOG.atWarn().setCause(e).log("the event bus could not be told of the request");
        }
    }
}
