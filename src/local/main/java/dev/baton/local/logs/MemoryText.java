package dev.baton.local.logs;

import java.util.Arrays;

/// The text of a stream in memory: the newest of it, where there is too much.
final class MemoryText implements StreamText {
    private final int most;
    private byte[] bytes = new byte[0];
    private int length;
    private long start;

    /// @param most how much is kept at least half of, in bytes
    MemoryText(int most) {
        this.most = most;
    }

    @Override
    public synchronized long end() {
        return start + length;
    }

    @Override
    public synchronized long start() {
        return start;
    }

    @Override
    public synchronized void append(byte[] lines, boolean forced) {
        if (length > 0 && length + lines.length > most) {
            drop();
        }
        if (length + lines.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + lines.length, 2 * bytes.length));
        }
        System.arraycopy(lines, 0, bytes, length, lines.length);
        length += lines.length;
    }

    /// The older half, to the end of a line.
    private void drop() {
        int cut = length / 2;
        while (cut < length && bytes[cut - 1] != '\n') {
            cut++;
        }
        System.arraycopy(bytes, cut, bytes, 0, length - cut);
        length -= cut;
        start += cut;
    }

    @Override
    public synchronized byte[] read(long from, int count) {
        long begin = Math.clamp(from, start, end());
        long finish = Math.clamp(from + count, begin, end());
        return Arrays.copyOfRange(bytes, (int) (begin - start), (int) (finish - start));
    }

    @Override
    public synchronized void clear() {
        start += length;
        length = 0;
    }

    @Override
    public void delete() {
        clear();
    }
}
