package dev.baton.lambda.internal.items;

import dev.baton.run.OutputMetadata;
import dev.baton.run.RunOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an item says of itself in its attribute `baton`: whose work it is, and of which document.
///
/// @param order of the run as a text that sorts as runs do: its start, then its id
/// @param sha256 of the document
record ItemMark(String fingerprint, String run, String order, String sha256) {
    private static final String FINGERPRINT = "fingerprint";
    private static final String RUN = "run";
    /// The member that a put is conditional on.
    static final String ORDER = "order";
    private static final String SHA256 = "sha256";

    static ItemMark of(OutputMetadata marks, String sha256) {
        return new ItemMark(marks.fingerprint(), marks.run(), order(marks.order()), sha256);
    }

    /// The mark as DynamoDB has it, null where somebody else put the item.
    static @Nullable ItemMark of(@Nullable Object attribute) {
        if (!(attribute instanceof Map<?, ?> typed && typed.get("M") instanceof Map<?, ?> members)) {
            return null;
        }
        var fingerprint = text(members.get(FINGERPRINT));
        var run = text(members.get(RUN));
        var order = text(members.get(ORDER));
        var sha256 = text(members.get(SHA256));
        return fingerprint == null || run == null || order == null || sha256 == null
                ? null
                : new ItemMark(fingerprint, run, order, sha256);
    }

    private static @Nullable String text(@Nullable Object attribute) {
        return attribute instanceof Map<?, ?> typed && typed.get("S") instanceof String text ? text : null;
    }

    Map<String, ?> attribute() {
        var members = new LinkedHashMap<String, Object>();
        members.put(FINGERPRINT, Map.of("S", fingerprint));
        members.put(RUN, Map.of("S", run));
        members.put(ORDER, Map.of("S", order));
        members.put(SHA256, Map.of("S", sha256));
        return Map.of("M", members);
    }

    /// Texts of one width: DynamoDB compares them byte by byte.
    private static String order(RunOrder order) {
        Instant start = order.startedAt();
        return String.format(Locale.ROOT, "%012d.%09d %s", start.getEpochSecond(), start.getNano(), order.run());
    }
}
