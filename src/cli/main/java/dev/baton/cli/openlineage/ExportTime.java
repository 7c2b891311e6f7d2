package dev.baton.cli.openlineage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// The time from which on runs are told of, as people write it.
public final class ExportTime {
    private static final int DAY = "2026-11-30".length();

    private ExportTime() {}

    /// @param text a time, or a day in UTC; null for all times
    /// @throws dev.baton.diagnostic.DiagnosticException CLI078 when it is neither
    public static Instant of(@Nullable String text) {
        try {
            return text == null
                    ? Instant.EPOCH
                    : text.length() == DAY
                            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw OpenLineageFindings.notTime(String.valueOf(text));
        }
    }
}
