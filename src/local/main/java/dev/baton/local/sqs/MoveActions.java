package dev.baton.local.sqs;

import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import dev.baton.local.sqs.Queues.AccountQueue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Moving the messages of dead-letter queues on, once what was wrong is mended. Tasks end with the process; what they
/// have not moved stays in its queue.
///
/// See
/// [StartMessageMoveTask](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html).
final class MoveActions {
    private static final int FASTEST = 500;
    private static final int MOST_TOLD = 10;

    private final Queues queues;
    private final QueueRequests requests;
    private final List<MoveTask> tasks = new ArrayList<>();

    MoveActions(Queues queues, QueueRequests requests) {
        this.queues = queues;
        this.requests = requests;
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing(
                        "StartMessageMoveTask",
                        this::start,
                        "StartMessageMoveTask",
                        "ReceiveMessage",
                        "DeleteMessage",
                        "GetQueueAttributes",
                        "SendMessage"),
                ApiOperation.changing("CancelMessageMoveTask", this::cancel),
                ApiOperation.reading("ListMessageMoveTasks", this::list));
    }

    private Map<String, @Nullable Object> start(ApiInput input, ApiCall call) {
        var arn = arn(input);
        var source = requests.byArn(arn, call, call.right());
        for (var right : List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")) {
            requests.byArn(arn, call, right);
        }
        var sources = QueueActions.sourcesOf(queues, arn);
        if (sources.isEmpty()) {
            throw SqsErrors.invalidParameter("Source queue must be configured as a Dead Letter Queue.");
        }
        var destination = input.text("DestinationArn");
        if (destination == null) {
            sources.forEach(each -> requests.byArn(each.arn(), call, "sqs:SendMessage"));
        } else if (requests.byArn(destination, call, "sqs:SendMessage")
                        .messages()
                        .isFifo()
                != source.messages().isFifo()) {
            throw SqsErrors.unsupported("Source and destination queues must be of the same type.");
        }
        var perSecond = input.integer("MaxNumberOfMessagesPerSecond");
        if (perSecond != null && (perSecond < 1 || perSecond > FASTEST)) {
            throw SqsErrors.outOfRange(
                    perSecond, "MaxNumberOfMessagesPerSecond", "Must be between 1 and 500, if provided.");
        }
        var task = begin(source, destination, perSecond);
        queues.scheduler().execute(() -> turn(task));
        return JsonAnswer.of("TaskHandle", task.handle);
    }

    private static String arn(ApiInput input) {
        var arn = input.text("SourceArn", "");
        if (arn.isEmpty()) {
            throw SqsErrors.missing("SourceArn");
        }
        return arn;
    }

    private MoveTask begin(AccountQueue source, @Nullable String destination, @Nullable Integer perSecond) {
        var text = "{\"taskId\":\"" + UUID.randomUUID() + "\",\"sourceArn\":\"" + source.arn() + "\"}";
        var task = new MoveTask(
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)),
                source.arn(),
                destination,
                perSecond,
                queues.now(),
                source.messages().counts().available());
        synchronized (tasks) {
            if (tasks.stream().anyMatch(each -> each.isRunning() && each.source.equals(source.arn()))) {
                throw SqsErrors.unsupported("There is already a task running. Only one active task is allowed for a"
                        + " source queue arn at a given time.");
            }
            tasks.addFirst(task);
        }
        return task;
    }

    /// Moves what may be moved within a second, and comes again where there is more.
    private void turn(MoveTask task) {
        var source = queues.byArn(task.source);
        if (!task.isRunning() || source == null) {
            task.end(MoveTask.Status.FAILED, "AWS.SimpleQueueService.NonExistentQueue");
            return;
        }
        int most = task.perSecond == null ? FASTEST : task.perSecond;
        var taken = source.messages().takeAway(most);
        for (var entry : taken) {
            var wanted = task.destination == null ? entry.message.source() : task.destination;
            var target = wanted == null ? null : queues.byArn(wanted);
            if (target == null) {
                source.messages().takeBack(entry);
            } else if (source.messages().move(entry, target.messages())) {
                task.moved(1);
                continue;
            }
            task.end(
                    MoveTask.Status.FAILED,
                    wanted == null ? "CouldNotDetermineMessageSource" : "AWS.SimpleQueueService.NonExistentQueue");
        }
        queues.await();
        if (taken.size() < most) {
            task.end(MoveTask.Status.COMPLETED, null);
        } else {
            queues.scheduler().at(queues.now().plus(Duration.ofSeconds(1)), () -> turn(task));
        }
    }

    private Map<String, @Nullable Object> cancel(ApiInput input, ApiCall call) {
        var handle = input.text("TaskHandle", "");
        if (handle.isEmpty()) {
            throw SqsErrors.missing("TaskHandle");
        }
        MoveTask found;
        synchronized (tasks) {
            found = tasks.stream()
                    .filter(task -> task.handle.equals(handle))
                    .findFirst()
                    .orElse(null);
        }
        if (found == null) {
            call.require("*");
            throw SqsErrors.notFound("Task does not exist.");
        }
        requests.byArn(found.source, call, call.right());
        if (!found.isRunning()) {
            throw SqsErrors.unsupported("Only active tasks can be cancelled.");
        }
        found.end(MoveTask.Status.CANCELLED, null);
        return JsonAnswer.of("ApproximateNumberOfMessagesMoved", found.moved());
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        var source = requests.byArn(arn(input), call, call.right());
        int most = input.integer("MaxResults", 1);
        if (most < 1 || most > MOST_TOLD) {
            throw SqsErrors.outOfRange(most, "MaxResults", "Must be between 1 and 10, if provided.");
        }
        List<MoveTask> told;
        synchronized (tasks) {
            told = tasks.stream()
                    .filter(task -> task.source.equals(source.arn()))
                    .limit(most)
                    .toList();
        }
        return JsonAnswer.of("Results", told.stream().map(MoveTask::json).toList());
    }
}
