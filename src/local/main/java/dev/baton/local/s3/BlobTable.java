package dev.baton.local.s3;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A number for each of many blobs, in few bytes: the names of most are 32 random digits, which stand here as two
/// numbers in a hash table with open addresses.
final class BlobTable {
    private static final int DIGITS = 16;
    private static final HexFormat HEX = HexFormat.of();

    private long[] high = new long[64];
    private long[] low = new long[64];
    /// One more than what somebody put; 0 for a free place.
    private long[] values = new long[64];

    private int size;
    /// What is called otherwise.
    private final Map<String, Long> others = new HashMap<>();

    private static boolean isUsual(String id) {
        if (id.length() != 2 * DIGITS) {
            return false;
        }
        for (var i = 0; i < id.length(); i++) {
            var c = id.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static long high(String id) {
        return HexFormat.fromHexDigitsToLong(id, 0, DIGITS);
    }

    private static long low(String id) {
        return HexFormat.fromHexDigitsToLong(id, DIGITS, 2 * DIGITS);
    }

    /// The place of the blob, or the free one where it would be put.
    private int place(long itsHigh, long itsLow) {
        var at = home(itsLow);
        while (values[at] != 0 && (high[at] != itsHigh || low[at] != itsLow)) {
            at = next(at);
        }
        return at;
    }

    private int home(long itsLow) {
        return (int) Long.remainderUnsigned(itsLow, values.length);
    }

    private int next(int at) {
        return at + 1 == values.length ? 0 : at + 1;
    }

    /// The blob's number, or another one where it has none.
    synchronized long getOrDefault(String id, long otherwise) {
        if (!isUsual(id)) {
            return others.getOrDefault(id, otherwise);
        }
        var value = values[place(high(id), low(id))];
        return value == 0 ? otherwise : value - 1;
    }

    /// @param number not negative
    synchronized void put(String id, long number) {
        if (!isUsual(id)) {
            others.put(id, number);
            return;
        }
        if ((size + 1) * 4L > values.length * 3L) {
            grow();
        }
        put(high(id), low(id), number + 1);
    }

    private void put(long itsHigh, long itsLow, long value) {
        var at = place(itsHigh, itsLow);
        if (values[at] == 0) {
            size++;
        }
        high[at] = itsHigh;
        low[at] = itsLow;
        values[at] = value;
    }

    private void grow() {
        var highBefore = high;
        var lowBefore = low;
        var valuesBefore = values;
        var length = Math.toIntExact(values.length * 3L / 2 + 1);
        high = new long[length];
        low = new long[length];
        values = new long[length];
        size = 0;
        for (var i = 0; i < valuesBefore.length; i++) {
            if (valuesBefore[i] != 0) {
                put(highBefore[i], lowBefore[i], valuesBefore[i]);
            }
        }
    }

    synchronized void remove(String id) {
        if (!isUsual(id)) {
            others.remove(id);
            return;
        }
        var at = place(high(id), low(id));
        if (values[at] == 0) {
            return;
        }
        values[at] = 0;
        size--;
        // What follows may have been put there only because this was in its way.
        for (var after = next(at); values[after] != 0; after = next(after)) {
            var value = values[after];
            values[after] = 0;
            size--;
            put(high[after], low[after], value);
        }
    }

    synchronized int size() {
        return size + others.size();
    }

    synchronized void forEach(Consumer<String> into) {
        for (var i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                into.accept(HEX.toHexDigits(high[i]) + HEX.toHexDigits(low[i]));
            }
        }
        others.keySet().forEach(into);
    }

    /// The names of all blobs.
    List<String> ids() {
        var ids = new ArrayList<String>();
        forEach(ids::add);
        return ids;
    }
}
