package dev.baton.local.states.integration;

import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.ServiceRefusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `events:putEvents`.
///
/// See [Add EventBridge events](https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html).
record EventTasks(ServiceCalls calls, Scheduler scheduler) {
    Map<String, @Nullable Object> putEvents(
            Caller caller, Map<String, @Nullable Object> parameters, TaskStateInvocation invocation)
            throws TaskFailure {
        var entries = new ArrayList<@Nullable Object>();
        if (parameters.get("Entries") instanceof List<?> list) {
            list.forEach(entry -> entries.add(entry((Map<?, ?>) entry, invocation)));
        }
        var request = new LinkedHashMap<String, @Nullable Object>(parameters);
        request.put("Entries", entries);
        try {
            var answer = new LinkedHashMap<>(calls.json("events", "PutEvents", request, caller));
            if (answer.get("FailedEntryCount") instanceof Number failed && failed.intValue() > 0) {
                var cause = new LinkedHashMap<String, @Nullable Object>();
                cause.put("Entries", answer.get("Entries"));
                cause.put("FailedEntryCount", answer.get("FailedEntryCount"));
                throw new TaskFailure("EventBridge.FailedEntry", Json.print(cause));
            }
            SdkMetadata.addTo(answer, "application/x-amz-json-1.1", 100, scheduler.now(), Map.of());
            return answer;
        } catch (ServiceRefusal e) {
            throw TaskFailure.optimised("EventBridge", "AmazonEventBridge", e);
        }
    }

    /// The detail as text, and the execution among the resources.
    private static Map<String, @Nullable Object> entry(Map<?, ?> given, TaskStateInvocation invocation) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        given.forEach((name, value) -> entry.put((String) name, value));
        var detail = entry.get("Detail");
        if (detail != null && !(detail instanceof String)) {
            entry.put("Detail", Json.print(detail));
        }
        var resources = new ArrayList<@Nullable Object>();
        if (entry.get("Resources") instanceof List<?> list) {
            resources.addAll(list);
        }
        if (invocation.context().get("StateMachine") instanceof Map<?, ?> machine) {
            resources.add(machine.get("Id"));
        }
        resources.add(invocation.executionArn());
        entry.put("Resources", resources);
        return entry;
    }
}
