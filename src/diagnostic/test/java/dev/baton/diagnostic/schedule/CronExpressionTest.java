package dev.baton.diagnostic.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {

    /// The next times after one, as they show on the clocks of the zone; of equal ones the earlier offset is told.
    private static List<String> next(String fields, String zone, String after, int count) {
        var cron = CronExpression.parse(fields);
        var id = ZoneId.of(zone);
        var times = new ArrayList<String>();
        var at = Instant.parse(after);
        for (var i = 0; i < count; i++) {
            var next = cron.after(at, id);
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
            times.add(at.atZone(id).toOffsetDateTime().toString());
        }
        return times;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 6 * * ? *            | 2026-11-30T06:00:00Z | 2026-12-01T06:00Z
            0 6 * * ? *            | 2026-11-30T05:59:59Z | 2026-11-30T06:00Z
            0/15 8-17 ? * MON-FRI *| 2026-11-27T17:45:00Z | 2026-11-30T08:00Z
            */20 * * * ? *         | 2026-11-30T23:41:00Z | 2026-12-01T00:00Z
            5,35 14 * * ? *        | 2026-11-30T14:05:00Z | 2026-11-30T14:35Z
            0 10-20/5 * * ? *      | 2026-11-30T15:00:00Z | 2026-11-30T20:00Z
            0 0 L * ? *            | 2027-02-01T00:00:00Z | 2027-02-28T00:00Z
            0 0 L FEB ? *          | 2027-03-01T00:00:00Z | 2028-02-29T00:00Z
            0 0 31 * ? *           | 2026-08-31T00:00:00Z | 2026-10-31T00:00Z
            0 0 29 2 ? *           | 2026-01-01T00:00:00Z | 2028-02-29T00:00Z
            0 0 15W * ? *          | 2026-08-01T00:00:00Z | 2026-08-14T00:00Z
            0 0 1W * ? *           | 2026-08-01T00:00:00Z | 2026-08-03T00:00Z
            0 0 31W * ? *          | 2026-05-01T00:00:00Z | 2026-05-29T00:00Z
            0 0 LW * ? *           | 2026-10-01T00:00:00Z | 2026-10-30T00:00Z
            0 0 ? * 6L *           | 2026-11-01T00:00:00Z | 2026-11-27T00:00Z
            0 0 ? * FRIL *         | 2026-11-27T00:00:00Z | 2026-12-25T00:00Z
            0 0 ? * L *            | 2026-11-30T00:00:00Z | 2026-12-05T00:00Z
            0 0 ? * 3#2 *          | 2026-11-01T00:00:00Z | 2026-11-10T00:00Z
            0 0 ? * MON#5 *        | 2026-12-01T00:00:00Z | 2027-03-29T00:00Z
            0 0 ? * SUN *          | 2026-11-30T00:00:00Z | 2026-12-06T00:00Z
            0 0 1 1 ? 2199         | 2026-01-01T00:00:00Z | 2199-01-01T00:00Z
            0 12 1 JAN,JUL ? 2027/2| 2026-01-01T00:00:00Z | 2027-01-01T12:00Z
            """)
    void the_next_time_is_the_first_that_all_fields_mean(String fields, String after, String expected) {
        assertThat(next(fields, "UTC", after, 1)).containsExactly(expected);
    }

    @Test
    void a_time_that_clocks_leap_over_in_spring_does_not_come_that_day() {
        assertThat(next("30 2 * * ? *", "Europe/Berlin", "2027-03-26T12:00:00Z", 3))
                .containsExactly("2027-03-27T02:30+01:00", "2027-03-29T02:30+02:00", "2027-03-30T02:30+02:00");
        assertThat(next("0/30 1-3 * * ? *", "Europe/Berlin", "2027-03-28T00:00:00Z", 4))
                .containsExactly(
                        "2027-03-28T01:30+01:00",
                        "2027-03-28T03:00+02:00",
                        "2027-03-28T03:30+02:00",
                        "2027-03-29T01:00+02:00");
    }

    @Test
    void a_time_that_clocks_show_twice_in_autumn_comes_once() {
        assertThat(next("30 2 * * ? *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
        // Also when it is asked for between the two.
        assertThat(next("45 2 * * ? *", "Europe/Berlin", "2026-10-25T01:30:00Z", 1))
                .containsExactly("2026-10-26T02:45+01:00");
        assertThat(next("0 * * * ? *", "America/New_York", "2026-11-01T04:30:00Z", 3))
                .containsExactly("2026-11-01T01:00-04:00", "2026-11-01T02:00-05:00", "2026-11-01T03:00-05:00");
    }

    @Test
    void zones_whose_clocks_leap_by_half_an_hour_or_at_midnight_have_their_own_gaps() {
        assertThat(next("15 2 * * ? *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", 2))
                .containsExactly("2026-10-05T02:15+11:00", "2026-10-06T02:15+11:00");
        assertThat(next("0 0 * * ? *", "Africa/Cairo", "2026-04-23T12:00:00Z", 1))
                .containsExactly("2026-04-25T00:00+03:00");
    }

    @Test
    void what_never_comes_is_nothing() {
        assertThat(next("0 0 30 2 ? *", "UTC", "2026-01-01T00:00:00Z", 1)).isEmpty();
        assertThat(next("0 0 1 1 ? 2020", "UTC", "2026-01-01T00:00:00Z", 1)).isEmpty();
        assertThat(CronExpression.parse("0 0 1 1 ? 2030").until(Instant.parse("2026-01-01T00:00:00Z"), ZoneId.of("UTC")))
                .isEmpty();
    }

    @Test
    void the_last_time_until_one_is_the_one_before_the_next() {
        var seed = System.nanoTime();
        var random = RandomGeneratorFactory.getDefault().create(seed);
        for (var round = 0; round < 300; round++) {
            var fields = fields(random);
            var zone = ZoneId.of(List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")
                    .get(random.nextInt(4)));
            var cron = CronExpression.parse(fields);
            var begin = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextLong(Duration.ofDays(700).toSeconds()));
            var described = "seed " + seed + ": " + fields + " in " + zone + " after " + begin;
            var next = cron.after(begin, zone);
            assertThat(next).as(described).isEqualTo(minuteByMinute(fields, zone, begin));
            next.ifPresent(time -> {
                assertThat(cron.until(time, zone)).as(described).contains(time);
                var before = cron.until(time.minusMillis(1), zone);
                assertThat(before.isEmpty() || !before.get().isAfter(begin)).as(described).isTrue();
                before.ifPresent(last -> assertThat(cron.after(last, zone)).as(described).contains(time));
            });
        }
    }

    private static String fields(RandomGenerator random) {
        var minute = random.nextInt(60);
        var hour = random.nextBoolean() ? "*" : Integer.toString(random.nextInt(24));
        return random.nextBoolean()
                ? minute + " " + hour + " " + (1 + random.nextInt(28)) + " * ? *"
                : minute + " " + hour + " ? * " + (1 + random.nextInt(7)) + " *";
    }

    /// The same by trying every minute, as somebody would who looks at the clock: numbers and `*` only.
    private static Optional<Instant> minuteByMinute(String fields, ZoneId zone, Instant begin) {
        var wanted = fields.split(" ");
        var seen = begin.atZone(zone).minusHours(3).truncatedTo(ChronoUnit.MINUTES);
        var shown = new HashSet<LocalDateTime>();
        for (var i = 0; i < 60 * 24 * 62; i++, seen = seen.plusMinutes(1)) {
            if (matches(wanted, seen) && shown.add(seen.toLocalDateTime()) && seen.toInstant().isAfter(begin)) {
                return Optional.of(seen.toInstant());
            }
        }
        return Optional.empty();
    }

    private static boolean matches(String[] wanted, ZonedDateTime time) {
        return Integer.parseInt(wanted[0]) == time.getMinute()
                && (wanted[1].equals("*") || Integer.parseInt(wanted[1]) == time.getHour())
                && (wanted[2].equals("?") || Integer.parseInt(wanted[2]) == time.getDayOfMonth())
                && (wanted[4].equals("?")
                        || Integer.parseInt(wanted[4]) == time.getDayOfWeek().getValue() % 7 + 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 6 * * *        | has 5 fields
            0 6 * * * *      | exactly one of them is ?
            0 6 ? * ? *      | exactly one of them is ?
            60 6 * * ? *     | 60, which is not from 0 to 59
            0 24 * * ? *     | 24, which is not from 0 to 23
            0 0 0 * ? *      | 0, which is not from 1 to 31
            0 0 32W * ? *    | 32, which is not from 1 to 31
            0 0 * 13 ? *     | 13, which is not from 1 to 12
            0 0 * JUNE ? *   | "JUNE", which is not a number from 1 to 12, nor one of JAN
            0 0 ? * 0 *      | 0, which is not from 1 to 7
            0 0 ? * MON#6 *  | "6" after #
            0 0 ? * FRI-MON *| runs backwards
            0/0 0 * * ? *    | the step "0"
            0 0 1,L * ? *    | "L", which is not a number
            0 0 * * ? 1969   | 1969, which is not from 1970 to 2199
            a 0 * * ? *      | "a", which is not a number from 0 to 59
            1-2-3 0 * * ? *  | a range with three ends
            1/2/3 0 * * ? *  | two steps
            ? 0 * * ? *      | "?", which is not a number
            """)
    void what_eventbridge_refuses_is_refused_with_the_field_that_is_wrong(String fields, String problem) {
        assertThatThrownBy(() -> CronExpression.parse(fields))
                .isInstanceOf(ScheduleProblem.class)
                .hasMessageContaining(problem);
    }

    @Test
    void a_rate_that_goes_into_an_hour_or_a_day_is_told_by_the_clock() {
        assertThat(RateExpression.parse("15 minutes").byTheClock()).contains("0/15 * * * ? *");
        assertThat(RateExpression.parse("rate(1 hour)").byTheClock()).contains("0 0/1 * * ? *");
        assertThat(RateExpression.parse("60 minutes").byTheClock()).contains("0 0/1 * * ? *");
        assertThat(RateExpression.parse("12 hours").byTheClock()).contains("0 0/12 * * ? *");
        assertThat(RateExpression.parse("1 day").byTheClock()).contains("0 0 * * ? *");
        assertThat(RateExpression.parse("24 hours").byTheClock()).contains("0 0 * * ? *");
        for (var uneven : List.of("7 minutes", "90 minutes", "7 hours", "2 days", "61 minutes")) {
            assertThat(RateExpression.parse(uneven).byTheClock()).as(uneven).isEmpty();
        }
        for (var none : List.of("1 hours", "2 hour", "0 minutes", "1 week", "hour", "-1 hours", "1.5 hours")) {
            assertThatThrownBy(() -> RateExpression.parse(none)).as(none).isInstanceOf(ScheduleProblem.class);
        }
    }
}
