package dev.baton.run.profile;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import org.jspecify.annotations.Nullable;

/// The number of different values: counted up to a thousand, then estimated by a sketch of 4 KB whose standard error is
/// 1 %.
final class DistinctValues {
    static final int COUNTED = 1_000;

    private static final Hasher64 HASHER = Hashing.komihash5_0();
    private static final int PRECISION = 12;
    private static final int FIRST_SLOTS = 16;

    /// Open addressing; 0 is a free slot.
    private long[] slots = new long[FIRST_SLOTS];

    private int used;
    private @Nullable UltraLogLog sketch;

    void add(byte[] bytes, int offset, int length) {
        var hash = HASHER.hashBytesToLong(bytes, offset, length);
        if (sketch != null) {
            sketch.add(hash);
            return;
        }
        if (put(slots, hash == 0 ? 1 : hash) && ++used > COUNTED) {
            var made = UltraLogLog.create(PRECISION);
            for (var one : slots) {
                if (one != 0) {
                    made.add(one);
                }
            }
            sketch = made;
            slots = new long[0];
        } else if (used * 2 > slots.length) {
            var wider = new long[slots.length * 2];
            for (var one : slots) {
                if (one != 0) {
                    put(wider, one);
                }
            }
            slots = wider;
        }
    }

    long count() {
        return sketch == null ? used : Math.round(sketch.getDistinctCountEstimate());
    }

    /// @return whether it was not there before
    private static boolean put(long[] slots, long hash) {
        var mask = slots.length - 1;
        for (var at = (int) (hash >>> 32) & mask; ; at = (at + 1) & mask) {
            if (slots[at] == hash) {
                return false;
            }
            if (slots[at] == 0) {
                slots[at] = hash;
                return true;
            }
        }
    }
}
