package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.utils.DateTimeUtils;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Timestamps as texts, by a picture, and back.
final class TimestampFunctions {
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?)?(T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?(Z|[+-]\\d{2}:?\\d{2})?");

    private static final Pattern ISO_WEEK_MARKER = Pattern.compile("\\[([XxW w])([^\\]]*)\\]");

    /// The last moment that JavaScript's dates know, in the year 275760; the library takes a call for a thousand years.
    private static final long LATEST = 8_640_000_000_000_000L;

    private static final Pattern ZONE = Pattern.compile("[+-]?\\d{4}|0");

    private TimestampFunctions() {}

    static @Nullable Object now(List<@Nullable Object> arguments, Evaluation evaluation) {
        return format(evaluation.millis(), (String) arguments.get(0), (String) arguments.get(1), evaluation);
    }

    static @Nullable Object fromMillis(List<@Nullable Object> arguments, Evaluation evaluation) {
        return arguments.get(0) instanceof Number millis
                ? format(millis.longValue(), (String) arguments.get(1), (String) arguments.get(2), evaluation)
                : null;
    }

    private static String format(long millis, @Nullable String picture, @Nullable String zone, Evaluation evaluation) {
        if (picture != null) {
            var parts = new DatePicture(picture);
            if (Math.abs(millis) > LATEST && parts.isRoman()) {
                throw evaluation.tooDeep();
            }
        }
        if (zone != null && !ZONE.matcher(zone).matches()) {
            throw new JException("D3134", -1, zone);
        }
        var iso = picture == null ? null : withIsoWeeks(picture, millis, zone);
        return DateTimeUtils.formatDateTime(millis, iso, zone);
    }

    /// The picture with the parts that count in weeks written out, for the library counts those from the calendar year.
    private static String withIsoWeeks(String picture, long millis, @Nullable String zone) {
        if (!picture.contains("[X") && !picture.contains("[x") && !picture.contains("[w")) {
            return picture;
        }
        var offset = zone == null ? 0 : Integer.parseInt(zone);
        var date = LocalDateTime.ofInstant(
                        Instant.ofEpochMilli(millis).plusSeconds((offset / 100 * 60L + offset % 100) * 60),
                        ZoneOffset.UTC)
                .toLocalDate();
        return ISO_WEEK_MARKER.matcher(picture).replaceAll(marker -> {
            var presentation = marker.group(2).replaceAll("\\s", "");
            var text = switch (marker.group(1)) {
                case "X" -> number(date.get(IsoFields.WEEK_BASED_YEAR), presentation);
                case "x" -> month(thursday(date), presentation);
                case "w" -> number((thursday(date).getDayOfMonth() - 1) / 7 + 1, presentation);
                default -> null;
            };
            return Matcher.quoteReplacement(
                    text == null ? marker.group() : text.replace("[", "[[").replace("]", "]]"));
        });
    }

    /// A week belongs to the month and the year that its Thursday is in.
    private static LocalDate thursday(LocalDate date) {
        return date.plusDays(4 - date.getDayOfWeek().getValue());
    }

    private static String number(int value, String presentation) {
        return DateTimeUtils.formatInteger(
                value, presentation.isEmpty() ? "1" : presentation.split(",")[0]);
    }

    private static String month(LocalDate date, String presentation) {
        var name = date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return switch (presentation.split(",")[0]) {
            case "Nn" -> name;
            case "N" -> name.toUpperCase(Locale.ROOT);
            case "n" -> name.toLowerCase(Locale.ROOT);
            default -> number(date.getMonthValue(), presentation);
        };
    }

    static @Nullable Object toMillis(List<@Nullable Object> arguments, Evaluation evaluation) throws Throwable {
        if (!(arguments.get(0) instanceof String timestamp)) {
            return null;
        }
        if (!(arguments.get(1) instanceof String picture)) {
            return iso(timestamp);
        }
        new DatePicture(picture).checkReading(timestamp, evaluation);
        return Functions.dateTimeToMillis(timestamp, picture);
    }

    /// Without an offset it is UTC, wherever it runs.
    private static long iso(String timestamp) {
        var match = ISO.matcher(timestamp);
        if (!match.matches()) {
            throw new JException("D3110", -1, timestamp);
        }
        var month = match.group(2) == null ? "01" : match.group(2);
        var day = match.group(3) == null ? "01" : match.group(3);
        var time = match.group(4) == null ? "T00:00" : match.group(4);
        var offset = match.group(5) == null ? "Z" : match.group(5);
        if (offset.length() == 5) {
            offset = offset.substring(0, 3) + ":" + offset.substring(3);
        }
        try {
            YearMonth.of(Integer.parseInt(match.group(1)), Integer.parseInt(month));
            return OffsetDateTime.parse(match.group(1) + "-" + month + "-" + day + time + offset)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            throw new JException("D3110", -1, timestamp);
        }
    }
}
