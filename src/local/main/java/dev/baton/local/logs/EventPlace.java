package dev.baton.local.logs;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in the order of a stream's events: by their timestamps, and where these are equal as they came.
///
/// As a boundary it lies before the event that is there.
record EventPlace(long timestamp, long offset) implements Comparable<EventPlace> {
    static final EventPlace FIRST = new EventPlace(0, 0);
    static final EventPlace END = new EventPlace(Long.MAX_VALUE, Long.MAX_VALUE);

    private static final Comparator<EventPlace> ORDER =
            Comparator.comparingLong(EventPlace::timestamp).thenComparingLong(EventPlace::offset);
    private static final Pattern TEXT = Pattern.compile("(\\d{28})(\\d{28})");

    /// The boundary before the first event of a moment.
    static EventPlace at(long timestamp) {
        return new EventPlace(timestamp, 0);
    }

    /// The boundary behind the event.
    EventPlace next() {
        return new EventPlace(timestamp, offset + 1);
    }

    @Override
    public int compareTo(EventPlace other) {
        return ORDER.compare(this, other);
    }

    /// 56 digits, as many as tokens of CloudWatch Logs have.
    String token() {
        return String.format(Locale.ROOT, "%028d%028d", timestamp, offset);
    }

    /// @return null where it is none
    static @Nullable EventPlace parse(String token) {
        var matcher = TEXT.matcher(token);
        try {
            return matcher.matches()
                    ? new EventPlace(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
