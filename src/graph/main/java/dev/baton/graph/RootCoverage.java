package dev.baton.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The ways in which keys tell all of a root: of every root that is ready, one of them lies open.
///
/// What every root needs comes first: its objects are there, or nothing is ready. What it leaves open is told by what
/// only some roots need, and for them every smallest choice is a way of its own.
final class RootCoverage {
    private final List<TriggerNode> always;
    /// By what they tell: those of one group are looked through as one.
    private final Map<Set<Integer>, List<TriggerNode>> sometimes = new LinkedHashMap<>();

    /// @param always those that every root needs
    RootCoverage(List<TriggerNode> starters, Set<TaskNode> always) {
        this.always = starters.stream()
                .filter(starter -> always.contains(starter.node()))
                .toList();
        for (var starter : starters) {
            if (!always.contains(starter.node())) {
                sometimes
                        .computeIfAbsent(starter.tells(), tells -> new ArrayList<>())
                        .add(starter);
            }
        }
    }

    /// Those that every root needs.
    List<TriggerNode> always() {
        return always;
    }

    /// Every way: groups of external nodes, one after the other; of each group any node may be the one.
    ///
    /// @param missing the root parameters that are to be told
    List<List<List<TriggerNode>>> of(Set<Integer> missing) {
        var open = new HashSet<>(missing);
        var first = new ArrayList<List<TriggerNode>>();
        for (var next = best(open); next != null; next = best(open)) {
            first.add(List.of(next));
            open.removeAll(next.tells());
        }
        var choices = new ArrayList<Set<Set<Integer>>>();
        choose(open, Set.of(), choices);
        return choices.stream()
                .filter(choice -> choices.stream()
                        .noneMatch(other -> other != choice
                                && choice.containsAll(other)
                                && (other.size() < choice.size() || choices.indexOf(other) < choices.indexOf(choice))))
                .map(choice -> {
                    var way = new ArrayList<>(first);
                    choice.stream()
                            .sorted(Comparator.comparing((Set<Integer> tells) -> -tells.size())
                                    .thenComparing(Set::toString))
                            .forEach(tells -> way.add(sometimes.get(tells)));
                    return List.copyOf(way);
                })
                .toList();
    }

    private @Nullable TriggerNode best(Set<Integer> open) {
        return always.stream()
                .filter(starter -> starter.tells().stream().anyMatch(open::contains))
                .min(Comparator.comparingLong((TriggerNode starter) ->
                                -starter.tells().stream().filter(open::contains).count())
                        .thenComparingLong(TriggerNode::breadth)
                        .thenComparing(starter -> starter.node().id()))
                .orElse(null);
    }

    /// Adds every choice of groups that tells what is open: each must hold one that tells the least of it.
    private void choose(Set<Integer> open, Set<Set<Integer>> chosen, List<Set<Set<Integer>>> choices) {
        if (open.isEmpty()) {
            choices.add(chosen);
            return;
        }
        var least = open.stream().min(Comparator.naturalOrder()).orElseThrow();
        for (var tells : sometimes.keySet()) {
            if (tells.contains(least)) {
                var more = new HashSet<>(chosen);
                more.add(tells);
                var rest = new HashSet<>(open);
                rest.removeAll(tells);
                choose(rest, more, choices);
            }
        }
    }
}
