package dev.baton.local.iam.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates as policies write them: one of the W3C profile of ISO 8601, from the year to fractions of a second, or
/// seconds since 1970.
final class PolicyDate {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?");

    private PolicyDate() {}

    static @Nullable Instant parse(String text) {
        try {
            // Four digits are a year; seconds since 1970 have more.
            if (text.matches("[0-9]{4}")) {
                return Year.parse(text).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            if (NUMBER.matcher(text).matches()) {
                return Instant.EPOCH.plusNanos(
                        new BigDecimal(text).movePointRight(9).longValueExact());
            }
            if (text.matches("[0-9]{4}-[0-9]{2}")) {
                return YearMonth.parse(text).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return zoned(text)
                    ? OffsetDateTime.parse(text.replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2"))
                            .toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static boolean zoned(String text) {
        int time = text.indexOf('T');
        return text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
    }
}
