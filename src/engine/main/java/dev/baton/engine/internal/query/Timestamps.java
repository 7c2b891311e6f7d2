package dev.baton.engine.internal.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// Timestamps as the service writes and reads them.
public final class Timestamps {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Timestamps() {}

    /// With milliseconds and `Z`, such as `2026-11-22T05:06:41.000Z`.
    public static String text(long epochMillis) {
        return MILLIS.format(Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC));
    }

    /// The instant of an ISO-8601 date, time and offset, or null where the text is none. `T` and `Z` are capitals.
    ///
    /// See the developer guide, *Choice Rules (JSONPath)*.
    public static @Nullable Instant parse(String text) {
        if (text.indexOf('t') >= 0 || text.indexOf('z') >= 0) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        } catch (DateTimeException e) {
            // Beyond what an Instant holds.
            return null;
        }
    }
}
