package dev.baton.compiler.structure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// A moment of the graph whose edges are blocks: all of [#joins] have finished.
final class Vertex {

    /// How a vertex hangs together with the rest.
    enum Kind {
        /// Between the blocks that end here and those that start here.
        NORMAL,
        /// The start of everything.
        SOURCE,
        /// The end of everything.
        SINK,
        /// An await: what starts here may hang anywhere before [#joins] are all finished.
        FLOATING,
        /// The end of a block that only awaits look for: it may be enclosed by whatever ends after it.
        FREE
    }

    final int id;
    final List<Integer> joins;
    Kind kind;
    boolean removed;
    boolean queued;
    /// By the vertex where the block ends.
    final SequencedMap<Vertex, Block> out = new LinkedHashMap<>();
    final SequencedSet<Vertex> in = new LinkedHashSet<>();
    private @Nullable BitSet known;
    private int knownCount = -1;
    private Vertex[] judged = {};
    private @Nullable Vertex dominator;

    Vertex(int id, Kind kind, List<Integer> joins) {
        this.id = id;
        this.kind = kind;
        this.joins = joins;
    }

    Vertex(int id, Kind kind, List<Integer> joins, BitSet known) {
        this(id, kind, joins);
        this.known = known;
    }

    /// Every node that has finished at this moment. Nobody changes the set.
    BitSet known(Dag dag) {
        var set = known;
        if (set == null) {
            set = new BitSet(dag.size());
            for (var join : joins) {
                set.or(dag.ancestors(join));
                set.set(join);
            }
            known = set;
        }
        return set;
    }

    /// How many nodes [#known] has.
    private int knownCount(Dag dag) {
        if (knownCount < 0) {
            knownCount = known(dag).cardinality();
        }
        return knownCount;
    }

    /// The one start of the blocks that end here which comes before all their other starts, or null where there is none.
    /// What comes before what never changes, so it is found anew only when blocks came or went.
    @Nullable
    Vertex dominator(Dag dag) {
        var starts = in.toArray(Vertex[]::new);
        if (!Arrays.equals(starts, judged)) {
            judged = starts;
            dominator = dominator(dag, starts);
        }
        return dominator;
    }

    private static @Nullable Vertex dominator(Dag dag, Vertex[] starts) {
        Vertex earliest = null;
        for (var start : starts) {
            if (earliest == null || start.knownCount(dag) < earliest.knownCount(dag)) {
                earliest = start;
            }
        }
        if (earliest == null) {
            return null;
        }
        for (var start : starts) {
            if (start != earliest && !subset(earliest.known(dag), start.known(dag))) {
                return null;
            }
        }
        return earliest;
    }

    boolean isNormal() {
        return kind == Kind.NORMAL && !removed;
    }

    /// Whether all of `some` is in `all`.
    static boolean subset(BitSet some, BitSet all) {
        for (var i = some.nextSetBit(0); i >= 0; i = some.nextSetBit(i + 1)) {
            if (!all.get(i)) {
                return false;
            }
            // A run of equal bits is passed in one step: sets of early nodes are long runs.
            i = Math.min(some.nextClearBit(i), all.nextClearBit(i)) - 1;
        }
        return true;
    }
}
