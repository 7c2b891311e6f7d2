package dev.baton.local.states;

import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.http.Account;
import dev.baton.local.states.integration.Integrations;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The activities there are, and the work that waits in them for a worker.
final class Activities implements Integrations.ActivityQueue {
    /// GetActivityTask answers with nothing after a minute.
    private static final Duration POLL = Duration.ofSeconds(60);

    private final Account account;
    private final Scheduler scheduler;
    private final Map<String, Activity> byArn = new ConcurrentSkipListMap<>();

    /// @param tags under a lock of their own
    record Activity(
            String name, String arn, Instant created, LinkedBlockingDeque<Work> waiting, Map<String, String> tags) {}

    /// One attempt that waits for a worker.
    record Work(TaskStateInvocation invocation, TaskCompletion completion) {}

    Activities(Account account, Scheduler scheduler) {
        this.account = account;
        this.scheduler = scheduler;
    }

    String arn(String name) {
        return account.arn("states", "activity:" + name);
    }

    Activity create(String name) {
        return byArn.computeIfAbsent(
                arn(name),
                arn -> new Activity(name, arn, scheduler.now(), new LinkedBlockingDeque<>(), new LinkedHashMap<>()));
    }

    @Nullable
    Activity find(String arn) {
        return byArn.get(arn);
    }

    /// @throws dev.baton.local.http.AwsError `ActivityDoesNotExist`
    Activity get(String arn) {
        var activity = byArn.get(arn);
        if (activity == null) {
            throw StatesErrors.noActivity(arn);
        }
        return activity;
    }

    List<Activity> all() {
        return List.copyOf(byArn.values());
    }

    void delete(String arn) {
        byArn.remove(arn);
    }

    @Override
    public boolean has(String activityArn) {
        return byArn.containsKey(activityArn);
    }

    @Override
    public void add(String activityArn, TaskStateInvocation invocation, TaskCompletion completion) {
        var activity = byArn.get(activityArn);
        if (activity == null) {
            completion.failure("States.Runtime", "The activity " + activityArn + " does not exist.");
            return;
        }
        var work = new Work(invocation, completion);
        activity.waiting().add(work);
        completion.onCancel(() -> activity.waiting().remove(work));
    }

    /// Waits for work; null when there was none for a minute.
    @Nullable
    Work poll(Activity activity) {
        try {
            var end = System.nanoTime() + POLL.toNanos();
            for (var left = POLL.toNanos(); left > 0; left = end - System.nanoTime()) {
                var work = activity.waiting().poll(left, TimeUnit.NANOSECONDS);
                if (work == null || !work.completion().isOver()) {
                    return work;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }
}
