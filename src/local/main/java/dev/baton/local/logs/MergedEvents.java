package dev.baton.local.logs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The events of several streams in the order of their times. A stream is read when its turn comes.
final class MergedEvents {
    private final long end;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparing(Turn::place)
            .thenComparing(turn -> turn.stream().name()));

    /// An event, and whose it is.
    ///
    /// @param id as many digits as AWS's have
    record Merged(String stream, LogEvent event) {
        String id() {
            var crc = new CRC32C();
            crc.update(stream.getBytes(StandardCharsets.UTF_8));
            return String.format(Locale.ROOT, "%018d%019d%019d", event.timestamp(), crc.getValue(), event.offset());
        }

        /// Where the next page begins: with this one.
        String token() {
            var text = event.place().token() + stream;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A stream at its next event; at the first that it may have, while it has not been read.
    private record Turn(
            LogStream stream,
            EventPlace place,
            @Nullable LogEvent next,
            @Nullable Iterator<LogEvent> more) {}

    /// @param token of a page before; null from the beginning
    MergedEvents(Collection<LogStream> streams, long start, long end, @Nullable String token) {
        this.end = end;
        var after = token == null ? null : Merging.parse(token);
        for (var stream : streams) {
            var span = stream.span(start);
            if (span != null && span.first() < end) {
                var first = EventPlace.at(span.first());
                turns.add(new Turn(stream, after == null ? first : after.from(stream.name(), first), null, null));
            }
        }
    }

    /// Where a page goes on.
    private record Merging(EventPlace place, String stream) {
        private static final int DIGITS = 56;

        static Merging parse(String token) {
            try {
                var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
                var place = text.length() < DIGITS ? null : EventPlace.parse(text.substring(0, DIGITS));
                if (place != null) {
                    return new Merging(place, text.substring(DIGITS));
                }
            } catch (IllegalArgumentException e) {
                // no token of ours
            }
            throw LogsErrors.invalidToken();
        }

        /// Equal places are told in the order of the streams' names.
        EventPlace from(String name, EventPlace first) {
            var here = name.compareTo(stream) < 0 ? place.next() : place;
            return here.compareTo(first) > 0 ? here : first;
        }
    }

    /// The next one; null at the end.
    @Nullable
    Merged next() {
        while (true) {
            var turn = turns.poll();
            if (turn == null) {
                return null;
            }
            var more = turn.more();
            if (more == null) {
                again(turn.stream(), turn.stream().forward(turn.place(), end));
                continue;
            }
            var event = turn.next();
            again(turn.stream(), more);
            if (event != null) {
                return new Merged(turn.stream().name(), event);
            }
        }
    }

    private void again(LogStream stream, Iterator<LogEvent> more) {
        if (more.hasNext()) {
            var event = more.next();
            turns.add(new Turn(stream, event.place(), event, more));
        }
    }
}
