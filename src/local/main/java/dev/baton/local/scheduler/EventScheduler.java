package dev.baton.local.scheduler;

import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.RestService;
import dev.baton.local.service.Service;
import dev.baton.local.sqs.MessageAttribute;
import dev.baton.local.sqs.NewMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// EventBridge Scheduler: calls a target under a role at each tick of a schedule.
///
/// Ticks that pass while nobody runs it are not made up for; [#missed] tells of them. A flexible window is not used: it
/// ticks at its beginning. See
/// [CreateSchedule](https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html).
public final class EventScheduler {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /// So many missed ticks of a schedule are counted; more are as good as many.
    private static final int MOST_MISSED = 1_000;

    private final Account account;
    private final RoleSessions sessions;
    private final ScheduleTargets targets;
    private final Scheduler scheduler;
    private final Service service;
    private final Map<String, ScheduleEntry> entries = new TreeMap<>();
    private final Map<String, Scheduler.Alarm> alarms = new ConcurrentHashMap<>();
    private final List<Missed> missed = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private @Nullable StoredFile file;

    /// @param scheduler whose time it ticks by
    public EventScheduler(Foundation foundation, ScheduleTargets targets, Scheduler scheduler) {
        this.account = foundation.account();
        this.sessions = foundation.sessions();
        this.targets = targets;
        this.scheduler = scheduler;
        this.service = new RestService(
                "scheduler", foundation.authorizer(), new ScheduleOperations(this).all(), this::save, this::close);
    }

    /// Ticks of a schedule that passed while nobody ran it.
    ///
    /// @param count how many, 1,000 at most
    /// @param last when the last of them was
    public record Missed(String schedule, int count, Instant last) {}

    /// The API on the wire.
    public Service service() {
        return service;
    }

    /// What was missed before the folder was taken up.
    public synchronized List<Missed> missed() {
        return List.copyOf(missed);
    }

    /// What could not be delivered, a sentence each.
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /// Takes up the schedules that the folder has, and keeps there what becomes of them.
    public synchronized void keep(Path folder) {
        var kept = new StoredFile(folder.resolve("schedules.json"));
        kept.load(this::load);
        file = kept;
        save();
    }

    private synchronized void load(StoredJson content) {
        var until = content.has("until") ? content.time("until") : scheduler.now();
        for (var kept : content.objects("schedules")) {
            var entry = new ScheduleEntry(
                    kept.text("name"),
                    kept.text("arn"),
                    kept.object("request").members(),
                    kept.time("created"),
                    kept.time("changed"));
            entries.put(entry.name(), entry);
            missed(entry, until);
            arm(entry);
        }
    }

    private void missed(ScheduleEntry entry, Instant until) {
        var now = scheduler.now();
        var count = 0;
        var last = until;
        for (var tick = entry.after(until);
                entry.enabled() && tick.isPresent() && !tick.get().isAfter(now) && count < MOST_MISSED;
                tick = entry.after(tick.get())) {
            count++;
            last = tick.get();
        }
        if (count > 0) {
            missed.add(new Missed(entry.name(), count, last));
        }
    }

    private synchronized void save() {
        var kept = file;
        if (kept == null) {
            return;
        }
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("until", scheduler.now().toString());
        content.put(
                "schedules",
                entries.values().stream()
                        .map(entry -> {
                            var json = new LinkedHashMap<String, @Nullable Object>();
                            json.put("name", entry.name());
                            json.put("arn", entry.arn());
                            json.put("request", entry.json());
                            json.put("created", entry.created().toString());
                            json.put("changed", entry.changed().toString());
                            return json;
                        })
                        .toList());
        kept.write(content);
    }

    /// Everything ahead is taken back.
    void close() {
        alarms.values().forEach(Scheduler.Alarm::cancel);
        alarms.clear();
        save();
    }

    String arn(String name) {
        return account.arn("scheduler", "schedule/" + ScheduleEntry.GROUP + "/" + name);
    }

    Instant now() {
        return scheduler.now();
    }

    synchronized @Nullable ScheduleEntry find(String name) {
        return entries.get(name);
    }

    synchronized List<ScheduleEntry> all() {
        return List.copyOf(entries.values());
    }

    synchronized void put(ScheduleEntry entry) {
        entries.put(entry.name(), entry);
        arm(entry);
    }

    synchronized void remove(String name) {
        entries.remove(name);
        disarm(name);
    }

    private void disarm(String name) {
        var alarm = alarms.remove(name);
        if (alarm != null) {
            alarm.cancel();
        }
    }

    private synchronized void arm(ScheduleEntry entry) {
        disarm(entry.name());
        if (entry.enabled()) {
            entry.after(scheduler.now())
                    .ifPresent(tick -> alarms.put(entry.name(), scheduler.at(tick, () -> tick(entry, tick))));
        }
    }

    private void tick(ScheduleEntry entry, Instant tick) {
        synchronized (this) {
            if (entries.get(entry.name()) != entry) {
                return;
            }
            if (entry.isGoneAfterwards() && entry.after(scheduler.now()).isEmpty()) {
                remove(entry.name());
            } else {
                arm(entry);
            }
            save();
        }
        deliver(entry, tick, 1);
    }

    private void deliver(ScheduleEntry entry, Instant tick, int attempt) {
        try {
            send(entry, tick, attempt);
        } catch (AwsError e) {
            if ((e.status() < 500 && e.status() != 429) || attempt > entry.retries()) {
                giveUp(entry, tick, attempt, e.code(), e.message());
                return;
            }
            var pause = Duration.ofSeconds(1L << Math.min(attempt - 1, 9));
            scheduler.at(
                    scheduler.now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause),
                    () -> deliver(entry, tick, attempt + 1));
        } catch (AccessDenied e) {
            giveUp(entry, tick, attempt, "AccessDeniedException", String.valueOf(e.getMessage()));
        }
    }

    private void giveUp(ScheduleEntry entry, Instant tick, int attempt, String code, String message) {
        failures.add(entry.name() + " at " + tick + ": " + message);
        var queue = entry.deadLetterArn();
        if (queue == null) {
            return;
        }
        var execution = execution(entry, tick);
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        attributes.put("SCHEDULE_ARN", MessageAttribute.text(entry.arn()));
        attributes.put("TARGET_ARN", MessageAttribute.text(entry.targetArn()));
        attributes.put("EXECUTION_ID", MessageAttribute.text(execution));
        attributes.put(
                "SCHEDULED_TIME",
                MessageAttribute.text(tick.truncatedTo(ChronoUnit.SECONDS).toString()));
        attributes.put("ERROR_CODE", MessageAttribute.text(code));
        attributes.put("ERROR_MESSAGE", MessageAttribute.text(message));
        attributes.put("RETRY_ATTEMPTS", MessageAttribute.text(Integer.toString(attempt - 1)));
        try {
            targets.queues()
                    .send(
                            caller(entry, execution),
                            queue,
                            NewMessage.of(input(entry, tick, execution, attempt))
                                    .with(attributes),
                            RequestContext.EMPTY);
        } catch (ServiceRefusal e) {
            failures.add(entry.name() + " at " + tick + " could not be sent to " + queue + ": " + e.getMessage());
        }
    }

    private Caller caller(ScheduleEntry entry, String execution) {
        // The group, not the schedule: so do AWS's own trust policies have it.
        var context = RequestContext.builder()
                .put("aws:SourceArn", account.arn("scheduler", "schedule-group/" + ScheduleEntry.GROUP))
                .put("aws:SourceAccount", account.id())
                .build();
        return sessions.assumeAsService("scheduler.amazonaws.com", entry.roleArn(), execution, context)
                .caller();
    }

    private void send(ScheduleEntry entry, Instant tick, int attempt) {
        var execution = execution(entry, tick);
        targets.send(caller(entry, execution), entry, execution, input(entry, tick, execution, attempt));
    }

    private static String execution(ScheduleEntry entry, Instant tick) {
        var hash = Integer.toHexString(entry.arn().hashCode());
        return hash + "-" + tick.getEpochSecond();
    }

    /// What Scheduler writes in the place of its own words, and what it makes up where it is told nothing
    /// ([list](https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html)).
    private String input(ScheduleEntry entry, Instant tick, String execution, int attempt) {
        var time = tick.truncatedTo(ChronoUnit.SECONDS).toString();
        var given = entry.input();
        if (given == null) {
            var event = new LinkedHashMap<String, @Nullable Object>();
            event.put("version", "0");
            event.put("id", execution);
            event.put("detail-type", "Scheduled Event");
            event.put("source", "aws.scheduler");
            event.put("account", account.id());
            event.put("time", time);
            event.put("region", account.region());
            event.put("resources", List.of(entry.arn()));
            event.put("detail", "{}");
            return Json.print(event);
        }
        return given.replace("<aws.scheduler.schedule-arn>", entry.arn())
                .replace("<aws.scheduler.scheduled-time>", time)
                .replace("<aws.scheduler.execution-id>", execution)
                .replace("<aws.scheduler.attempt-number>", Integer.toString(attempt));
    }
}
