package dev.baton.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.Identities;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.logs.Logs;
import dev.baton.local.service.Foundation;
import dev.baton.local.sqs.Sqs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Schedules in virtual time: a year of ticks takes no time.
class EventSchedulerTest {
    private static final Account ACCOUNT = new Account("000000000000", "eu-central-1");
    private static final String MACHINE = "arn:aws:states:eu-central-1:000000000000:stateMachine:m";
    private static final Instant BEGIN = Instant.parse("2026-10-24T00:00:00Z");

    private final List<String> started = new ArrayList<>();
    private final List<AwsError> trouble = new ArrayList<>();

    private EventScheduler on(VirtualScheduler time) {
        var anybody = Authorizer.unenforced();
        var sessions = new RoleSessions() {
            @Override
            public boolean mayAssumeAsService(String service, String roleArn, RequestContext context) {
                return true;
            }

            @Override
            public AccessKey assumeAsService(String service, String role, String name, RequestContext context) {
                assertThat(service).isEqualTo("scheduler.amazonaws.com");
                assertThat(context.values("aws:sourcearn"))
                        .containsExactly("arn:aws:scheduler:eu-central-1:000000000000:schedule-group/default");
                return credentials();
            }

            @Override
            public AccessKey assume(Caller caller, String role, String name, RequestContext context) {
                throw new UnsupportedOperationException();
            }
        };
        var clock = Clock.systemUTC();
        var foundation = new Foundation(
                ACCOUNT, clock, time, new Identities(ACCOUNT, clock), anybody, sessions, null, () -> null);
        var queues = new Sqs(foundation).queues();
        var lambda = new Lambda(foundation, new Logs(clock, null, null), queues);
        return new EventScheduler(foundation, new ScheduleTargets(lambda, this::start, queues, null, null), time);
    }

    private static AccessKey credentials() {
        return new AccessKey("AKIA", "secret", null, Caller.service("scheduler.amazonaws.com", "eu-central-1"));
    }

    private void start(Caller caller, String machine, String name, String input, RequestContext context) {
        if (!trouble.isEmpty()) {
            throw trouble.removeFirst();
        }
        started.add(input);
    }

    private static ScheduleEntry entry(String expression, String zone, String until) {
        return entry(
                expression,
                Map.of(
                        "ScheduleExpressionTimezone",
                        zone,
                        "EndDate",
                        Instant.parse(until).getEpochSecond()));
    }

    private static ScheduleEntry entry(String expression, Map<String, ?> more) {
        var json = new LinkedHashMap<String, Object>(Map.of(
                "ScheduleExpression", expression,
                "FlexibleTimeWindow", Map.of("Mode", "OFF"),
                "Target",
                        Map.of(
                                "Arn", MACHINE,
                                "RoleArn", "arn:aws:iam::000000000000:role/r",
                                "Input", "<aws.scheduler.scheduled-time>")));
        json.putAll(more);
        return new ScheduleEntry(
                "s", "arn:aws:scheduler:eu-central-1:000000000000:schedule/default/s", json, BEGIN, BEGIN);
    }

    @Test
    void it_ticks_by_the_clocks_of_its_zone_over_the_end_of_summer_time() {
        var time = new VirtualScheduler(BEGIN);
        on(time).put(entry("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-27T00:00:00Z"));
        time.run();
        assertThat(started).containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void rates_are_counted_from_when_they_were_made_and_one_time_is_once() {
        var time = new VirtualScheduler(BEGIN);
        var scheduler = on(time);
        scheduler.put(entry("rate(7 hours)", "UTC", "2026-10-24T22:00:00Z"));
        time.run();
        assertThat(started).containsExactly("2026-10-24T07:00:00Z", "2026-10-24T14:00:00Z", "2026-10-24T21:00:00Z");
        started.clear();
        scheduler.put(entry("at(2026-12-24T18:00:00)", Map.of("ScheduleExpressionTimezone", "Europe/Berlin")));
        time.run();
        assertThat(started).containsExactly("2026-12-24T17:00:00Z");
    }

    @Test
    void what_is_disabled_removed_or_replaced_does_not_tick() {
        var time = new VirtualScheduler(BEGIN);
        var scheduler = on(time);
        scheduler.put(entry("at(2026-12-24T18:00:00)", Map.of("State", "DISABLED")));
        time.run();
        scheduler.put(entry("at(2026-12-24T18:00:00)", Map.of()));
        scheduler.remove("s");
        time.run();
        scheduler.put(entry("at(2026-12-24T18:00:00)", Map.of()));
        scheduler.put(entry("at(2026-12-25T18:00:00)", Map.of()));
        time.run();
        assertThat(started).containsExactly("2026-12-25T18:00:00Z");
    }

    @Test
    void a_tick_is_tried_again_with_the_time_that_it_was_planned_for() {
        var time = new VirtualScheduler(BEGIN);
        trouble.add(new AwsError(429, "ThrottlingException", "slower"));
        trouble.add(new AwsError(500, "InternalFailure", "later"));
        on(time).put(entry("at(2026-12-24T18:00:00)", Map.of()));
        time.run();
        assertThat(started).containsExactly("2026-12-24T18:00:00Z");
        assertThat(time.now()).isEqualTo(Instant.parse("2026-12-24T18:00:03Z"));
    }

    @Test
    void a_tick_that_its_target_refuses_is_told() {
        var time = new VirtualScheduler(BEGIN);
        trouble.add(new AwsError(400, "StateMachineDoesNotExist", "it is gone"));
        var scheduler = on(time);
        scheduler.put(entry("at(2026-12-24T18:00:00)", Map.of()));
        time.run();
        assertThat(started).isEmpty();
        assertThat(scheduler.failures()).containsExactly("s at 2026-12-24T18:00:00Z: it is gone");
    }

    @Test
    void schedules_outlast_a_restart_and_ticks_that_nobody_ran_are_told_and_not_made_up_for(@TempDir Path folder) {
        var before = new VirtualScheduler(BEGIN);
        var first = on(before);
        first.keep(folder);
        first.put(entry("cron(0 6 * * ? *)", "UTC", "2026-11-03T00:00:00Z"));
        first.close();

        var later = new VirtualScheduler(BEGIN.plus(Duration.ofDays(7)));
        var second = on(later);
        second.keep(folder);
        assertThat(second.missed())
                .containsExactly(new EventScheduler.Missed("s", 7, Instant.parse("2026-10-30T06:00:00Z")));
        later.run();
        assertThat(started).containsExactly("2026-10-31T06:00:00Z", "2026-11-01T06:00:00Z", "2026-11-02T06:00:00Z");
    }

    @Test
    void without_an_input_it_makes_up_a_scheduled_event() {
        var time = new VirtualScheduler(BEGIN);
        on(time).put(entry(
                "at(2026-12-24T18:00:00)",
                Map.of("Target", Map.of("Arn", MACHINE, "RoleArn", "arn:aws:iam::000000000000:role/r"))));
        time.run();
        assertThat(Json.parseObject(started.getFirst()))
                .containsEntry("detail-type", "Scheduled Event")
                .containsEntry("source", "aws.scheduler")
                .containsEntry("time", "2026-12-24T18:00:00Z")
                .containsEntry("detail", "{}");
    }

    @Test
    void what_scheduler_refuses_is_refused() {
        for (var expression :
                List.of("cron(0 6 * * *)", "rate(0 hours)", "at(today)", "every day", "cron(0 25 * * ? *)")) {
            assertThatThrownBy(() -> entry(expression, Map.of()))
                    .as(expression)
                    .isInstanceOfSatisfying(
                            AwsError.class, e -> assertThat(e.code()).isEqualTo("ValidationException"));
        }
        assertThatThrownBy(() -> entry("rate(1 hour)", Map.of("ScheduleExpressionTimezone", "Europe/Bonn")))
                .isInstanceOf(AwsError.class);
        assertThatThrownBy(() -> entry("rate(1 hour)", Map.of("FlexibleTimeWindow", Map.of("Mode", "MAYBE"))))
                .isInstanceOf(AwsError.class);
        assertThatThrownBy(() -> entry("rate(1 hour)", Map.of("GroupName", "mine")))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.status()).isEqualTo(404));
    }
}
