package dev.baton.local.logs;

import java.util.ArrayList;
import java.util.List;

/// What is known of a stream's text without reading it: blocks of lines with their times, so that a query reads only
/// what it may tell of.
final class EventBlocks {
    private static final int BLOCK = 32 << 10;

    private final List<Block> blocks = new ArrayList<>();
    private boolean ordered = true;
    private long newest = Long.MIN_VALUE;
    private long ingested;

    /// Some lines in a row.
    ///
    /// @param offset where the first of them begins
    /// @param first the smallest of their timestamps
    /// @param last the largest of their timestamps
    record Block(long offset, int length, long first, long last) {
        Block with(int more, long timestamp) {
            return new Block(offset, length + more, Math.min(first, timestamp), Math.max(last, timestamp));
        }

        long end() {
            return offset + length;
        }
    }

    /// One more line at the end.
    ///
    /// @param length with its line break
    void add(long offset, int length, long timestamp, long when) {
        ordered &= timestamp >= newest;
        newest = Math.max(newest, timestamp);
        ingested = Math.max(ingested, when);
        var open = blocks.isEmpty() ? null : blocks.getLast();
        if (open != null && open.length() < BLOCK && open.end() == offset) {
            blocks.set(blocks.size() - 1, open.with(length, timestamp));
        } else {
            blocks.add(new Block(offset, length, timestamp, timestamp));
        }
    }

    /// Forgets what was dropped from the text.
    void dropBefore(long start) {
        while (!blocks.isEmpty() && blocks.getFirst().end() <= start) {
            blocks.removeFirst();
        }
    }

    void clear() {
        blocks.clear();
        ordered = true;
        newest = Long.MIN_VALUE;
    }

    /// Whether the lines lie in the order of their timestamps.
    boolean isOrdered() {
        return ordered;
    }

    /// Those that may have events of a time, in the order of the text.
    ///
    /// @param end not of it any more
    List<Block> between(long start, long end) {
        return blocks.stream()
                .filter(block -> block.last() >= start && block.first() < end)
                .toList();
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /// The smallest timestamp.
    long first() {
        return blocks.stream().mapToLong(Block::first).min().orElse(0);
    }

    /// The largest timestamp.
    long last() {
        return blocks.stream().mapToLong(Block::last).max().orElse(0);
    }

    /// When the last line came.
    long ingested() {
        return ingested;
    }
}
