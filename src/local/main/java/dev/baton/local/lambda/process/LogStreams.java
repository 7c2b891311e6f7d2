package dev.baton.local.lambda.process;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The names that Lambda gives the log streams of execution environments.
public final class LogStreams {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    private LogStreams() {}

    /// @param id 32 hexadecimal digits
    /// @return `2026/11/22/[1]0123456789abcdef…`
    public static String name(InstantSource clock, String version, String id) {
        return DAY.format(clock.instant()) + "/[" + version + "]" + id;
    }
}
