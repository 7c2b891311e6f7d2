package dev.baton.local.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Dates as HTTP writes them: `Sun, 22 Nov 2026 05:18:25 GMT`.
public final class HttpDate {
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    /// The second that was asked for last; nearly always the one asked for next.
    private record Last(long second, String text) {}

    private static volatile Last last = new Last(Long.MIN_VALUE, "");

    private HttpDate() {}

    public static String of(Instant instant) {
        var known = last;
        long second = instant.getEpochSecond();
        if (known.second() == second) {
            return known.text();
        }
        // By hand: a formatter made from a pattern takes a tenth of our start.
        var at = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        var text =
                new StringBuilder(29).append(DAYS[at.getDayOfWeek().ordinal()]).append(", ");
        twoDigits(text, at.getDayOfMonth()).append(' ').append(MONTHS[at.getMonthValue() - 1]);
        text.append(' ').append(at.getYear()).append(' ');
        twoDigits(text, at.getHour()).append(':');
        twoDigits(text, at.getMinute()).append(':');
        twoDigits(text, at.getSecond()).append(" GMT");
        last = new Last(second, text.toString());
        return text.toString();
    }

    private static StringBuilder twoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// The instant, or nothing where the text is no such date.
    public static @Nullable Instant parse(String text) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
