package dev.baton.compiler.structure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// A moment of the graph whose edges are blocks: all of [#joins] have finished.
final class Vertex {

    /// A vertex's connection with the rest.
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
    private @Nullable Guarantee guarantee;
    private @Nullable Allowance allowance;
    private int permitted = -1;
    private Vertex[] judged = {};
    private @Nullable Vertex dominator;

    Vertex(int id, Kind kind, List<Integer> joins) {
        this.id = id;
        this.kind = kind;
        this.joins = joins;
    }

    /// A moment at which nothing has finished for certain.
    ///
    /// @param allowance what the blocks that start here may wait for nevertheless
    static Vertex floating(int id, Allowance allowance) {
        var vertex = new Vertex(id, Kind.FLOATING, List.of());
        vertex.allowance = allowance;
        return vertex;
    }

    /// What has finished where a block starts here: all of [#joins], by the blocks that end here or by the await that
    /// is put in front. Nobody changes it.
    Guarantee guarantee(Dag dag) {
        var certain = guarantee;
        if (certain == null) {
            certain = Guarantee.of(dag, joins);
            guarantee = certain;
        }
        return certain;
    }

    /// What a block that starts here may wait for. Wherever it is put, it waits for no more.
    Allowance allowance(Dag dag) {
        var allowed = allowance;
        if (allowed == null) {
            allowed = guarantee(dag).allowance();
            allowance = allowed;
        }
        return allowed;
    }

    /// The number of nodes that [#allowance] has.
    private int permitted(Dag dag) {
        if (permitted < 0) {
            permitted = allowance(dag).size();
        }
        return permitted;
    }

    /// The one start of the blocks that end here which comes before all their other starts, or null where there is
    /// none. What comes before what never changes, so it is found anew only when blocks came or went.
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
            if (earliest == null || start.permitted(dag) < earliest.permitted(dag)) {
                earliest = start;
            }
        }
        if (earliest == null) {
            return null;
        }
        for (var start : starts) {
            if (start != earliest && !earliest.allowance(dag).isWithin(start.allowance(dag))) {
                return null;
            }
        }
        return earliest;
    }

    boolean isNormal() {
        return kind == Kind.NORMAL && !removed;
    }
}
