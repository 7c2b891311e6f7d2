package dev.baton.cli.serve;

import java.io.Writer;

/// A text that is written and may not grow beyond a bound; what is more is counted and not kept.
final class BoundedText extends Writer {
    private final int most;
    private final StringBuilder text = new StringBuilder();
    private boolean cut;

    BoundedText(int most) {
        this.most = most;
    }

    @Override
    public void write(char[] characters, int from, int length) {
        synchronized (text) {
            var room = Math.min(length, most - text.length());
            text.append(characters, from, room);
            cut |= room < length;
        }
    }

    /// Whether there was more.
    boolean isCut() {
        synchronized (text) {
            return cut;
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        synchronized (text) {
            return text.toString();
        }
    }
}
