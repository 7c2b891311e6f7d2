package dev.baton.local.states.integration;

import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.ecs.Ecs;
import dev.baton.local.http.ServiceRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ecs:runTask`: a container, and with `.sync` the wait for its end.
///
/// See [Run Amazon ECS or Fargate tasks](https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html).
record ContainerTasks(ServiceCalls calls, Ecs ecs, Scheduler scheduler) {
    void run(
            Caller caller,
            Map<String, @Nullable Object> parameters,
            IntegrationPattern pattern,
            TaskCompletion completion)
            throws TaskFailure {
        var request = new LinkedHashMap<String, @Nullable Object>();
        parameters.forEach((name, value) -> request.put(MemberNames.lower(name), MemberNames.lowered(value)));
        request.putIfAbsent("startedBy", "AWS Step Functions");
        var answer = answer(caller, request);
        switch (pattern) {
            case REQUEST_RESPONSE -> completion.success(answer);
            case WAIT_FOR_TASK_TOKEN -> completion.submitted(answer);
            case SYNC, SYNC_2 -> {
                var task = arn(answer);
                var cluster = String.valueOf(request.getOrDefault("cluster", "default"));
                completion.submitted(answer);
                completion.onCancel(() -> stop(caller, cluster, task));
                ecs.stopped(task).thenRun(() -> complete(caller, cluster, task, completion));
            }
        }
    }

    private LinkedHashMap<String, @Nullable Object> answer(Caller caller, Map<String, @Nullable Object> request)
            throws TaskFailure {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        call("RunTask", request, caller)
                .forEach((name, value) -> answer.put(MemberNames.upper(name), raised(name, value)));
        SdkMetadata.addTo(answer, "application/x-amz-json-1.1", Json.bytes(answer).length, scheduler.now(), Map.of());
        return answer;
    }

    private Map<String, @Nullable Object> call(String action, Map<String, @Nullable Object> input, Caller caller)
            throws TaskFailure {
        try {
            return calls.json("ecs", action, input, caller);
        } catch (ServiceRefusal e) {
            throw TaskFailure.optimised("ECS", "AmazonECS", e);
        }
    }

    private static String arn(Map<String, @Nullable Object> answer) {
        if (answer.get("Tasks") instanceof List<?> tasks
                && tasks.getFirst() instanceof Map<?, ?> task
                && task.get("TaskArn") instanceof String arn) {
            return arn;
        }
        throw new IllegalStateException("RunTask answered no task: " + answer);
    }

    private void stop(Caller caller, String cluster, String task) {
        var input = new LinkedHashMap<String, @Nullable Object>();
        input.put("cluster", cluster);
        input.put("task", task);
        input.put("reason", "Stopped by AWS Step Functions");
        try {
            call("StopTask", input, caller);
        } catch (TaskFailure e) {
            // As in the account: a role without ecs:StopTask leaves the container running.
        }
    }

    /// A task fails when its container ends with another code than 0, or not at all.
    private void complete(Caller caller, String cluster, String task, TaskCompletion completion) {
        try {
            var input = new LinkedHashMap<String, @Nullable Object>();
            input.put("cluster", cluster);
            input.put("tasks", List.of(task));
            var described = call("DescribeTasks", input, caller);
            var raised = described.get("tasks") instanceof List<?> tasks ? raised("task", tasks.getFirst()) : null;
            if (succeeded(raised)) {
                completion.success(raised);
            } else {
                completion.failure("States.TaskFailed", Json.print(raised));
            }
        } catch (TaskFailure e) {
            completion.failure(e.error(), e.getMessage());
        }
    }

    private static boolean succeeded(@Nullable Object task) {
        return task instanceof Map<?, ?> map
                && "EssentialContainerExited".equals(map.get("StopCode"))
                && map.get("Containers") instanceof List<?> containers
                && containers.stream()
                        .allMatch(each -> each instanceof Map<?, ?> container
                                && container.get("ExitCode") instanceof Number code
                                && code.intValue() == 0);
    }

    private static @Nullable Object raised(String name, @Nullable Object value) {
        // Moments are whole milliseconds here.
        return MemberNames.raised(
                name,
                value,
                (member, number) -> member.endsWith("At") ? Math.round(number.doubleValue() * 1000) : number);
    }
}
