package dev.baton.compiler.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The moments of an execution, and which of them come after which. Only what every execution keeps is in it: a moment
/// comes when all have come that it is after, and not before.
final class MomentOrder {
    private int[] later = new int[1024];
    private int[] earlier = new int[1024];
    private int relations;
    private int size;

    /// @param size how many moments there are at first, numbered from 0
    MomentOrder(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    /// A further moment.
    int add() {
        return size++;
    }

    /// `moment` comes after `before`.
    void after(int moment, int before) {
        if (relations == later.length) {
            later = Arrays.copyOf(later, 2 * relations);
            earlier = Arrays.copyOf(earlier, 2 * relations);
        }
        later[relations] = moment;
        earlier[relations++] = before;
    }

    /// By moment: those that it is after. Nobody else uses the arrays.
    int[][] before() {
        return grouped(later, earlier);
    }

    private int[][] grouped(int[] by, int[] what) {
        var counts = new int[size];
        for (var i = 0; i < relations; i++) {
            counts[by[i]]++;
        }
        var groups = new int[size][];
        Arrays.setAll(groups, moment -> new int[counts[moment]]);
        for (var i = 0; i < relations; i++) {
            groups[by[i]][--counts[by[i]]] = what[i];
        }
        return groups;
    }

    /// The moments that can come, in an order in which each stands behind those that it is after. Those that wait in a
    /// circle, and what comes after them, are missing.
    int[] order() {
        var after = grouped(earlier, later);
        var open = new int[size];
        for (var i = 0; i < relations; i++) {
            open[later[i]]++;
        }
        var order = new int[size];
        var filled = 0;
        for (var moment = 0; moment < size; moment++) {
            if (open[moment] == 0) {
                order[filled++] = moment;
            }
        }
        for (var next = 0; next < filled; next++) {
            for (var moment : after[order[next]]) {
                if (--open[moment] == 0) {
                    order[filled++] = moment;
                }
            }
        }
        return Arrays.copyOf(order, filled);
    }

    /// Moments that wait for each other in a circle, each for the next.
    ///
    /// @param order of [#order], which does not have all
    List<Integer> circle(int[] order) {
        var comes = new boolean[size];
        for (var moment : order) {
            comes[moment] = true;
        }
        var before = before();
        var at = 0;
        while (comes[at]) {
            at++;
        }
        var way = new ArrayList<Integer>();
        var passed = new boolean[size];
        while (!passed[at]) {
            passed[at] = true;
            way.add(at);
            at = Arrays.stream(before[at])
                    .filter(moment -> !comes[moment])
                    .findFirst()
                    .orElseThrow();
        }
        return way.subList(way.indexOf(at), way.size());
    }
}
