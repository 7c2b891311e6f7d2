package dev.baton.cli.lineage;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;

/// The edges of the index as numbers, some hundred bytes a record: which records say that something was made, and which
/// that it was read. Lines that share a number's last digits are chained.
final class IndexEdges {
    private static final int NONE = -1;

    private final Chains outputs = new Chains();
    private final Chains inputs = new Chains();
    /// Of each input, the line that names it.
    private int[] readers = new int[16];

    /// Numbers, each with those that came before it and end alike.
    private static final class Chains {
        private long[] uris = new long[16];
        private long[] versions = new long[16];
        private int[] next = new int[16];
        private int[] heads = filled(16);
        private int size;

        private static int[] filled(int length) {
            var heads = new int[length];
            Arrays.fill(heads, NONE);
            return heads;
        }

        int add(DatasetId id) {
            if (size == uris.length) {
                uris = Arrays.copyOf(uris, size * 2);
                versions = Arrays.copyOf(versions, size * 2);
                next = Arrays.copyOf(next, size * 2);
                heads = filled(size * 2);
                for (var i = 0; i < size; i++) {
                    link(i);
                }
            }
            uris[size] = id.uri();
            versions[size] = id.version();
            link(size);
            return size++;
        }

        private void link(int i) {
            var head = (int) versions[i] & (heads.length - 1);
            next[i] = heads[head];
            heads[head] = i;
        }

        /// The first of a number; then [#after] gives the others.
        int first(long version) {
            return matching(heads[(int) version & (heads.length - 1)], version);
        }

        int after(int i) {
            return matching(next[i], versions[i]);
        }

        private int matching(int from, long version) {
            var i = from;
            while (i != NONE && versions[i] != version) {
                i = next[i];
            }
            return i;
        }
    }

    /// Adds a line.
    ///
    /// @return its number, from 0 on
    int add(IndexLine line) {
        var number = outputs.add(line.output());
        for (var input : line.inputs()) {
            var at = inputs.add(input);
            if (at == readers.length) {
                readers = Arrays.copyOf(readers, at * 2);
            }
            readers[at] = number;
        }
        return number;
    }

    /// The lines about an object in any version, and about all that was made of it; seldom others too.
    ///
    /// @param uri the number for its URI
    BitSet below(long uri) {
        var found = new BitSet();
        var open = new ArrayDeque<Integer>();
        for (var i = 0; i < outputs.size; i++) {
            if (outputs.uris[i] == uri) {
                find(i, found, open);
            }
        }
        for (var i = 0; i < inputs.size; i++) {
            if (inputs.uris[i] == uri) {
                find(readers[i], found, open);
            }
        }
        while (!open.isEmpty()) {
            var made = outputs.versions[open.pop()];
            // Two records may be about one version: the later one counts.
            for (var i = outputs.first(made); i != NONE; i = outputs.after(i)) {
                find(i, found, open);
            }
            for (var i = inputs.first(made); i != NONE; i = inputs.after(i)) {
                find(readers[i], found, open);
            }
        }
        return found;
    }

    private static void find(int line, BitSet found, ArrayDeque<Integer> open) {
        if (!found.get(line)) {
            found.set(line);
            open.push(line);
        }
    }
}
