package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The distribution of functions over nested stacks, which nested stack a function lies in: its name alone decides. A
/// function, its roles and its log have fixed names, so one that moved would be made in the new stack while the old one
/// still has it, which fails; and were it not, the old one would take it away with all its versions, which executions
/// still need. So nothing moves, whatever tasks come and go.
final class NestedStacks {
    /// A class takes six resources of a stack's 500, and other limits (200 outputs and parameters) lie lower.
    static final int MOST = 60;

    /// There are 32 stacks, of which those that are empty are not made: enough for 1,500 classes, where IAM's quota of
    /// 1,000 roles is used up by 500. With another number, or another hash, what is deployed would move.
    private static final int BITS = 5;

    private NestedStacks() {}

    /// @return the functions by the name of their stack
    static SortedMap<String, List<CompiledFunction>> of(List<CompiledFunction> functions) {
        var shards = new TreeMap<String, List<CompiledFunction>>();
        for (var function : functions) {
            shards.computeIfAbsent(name(function.name()), name -> new ArrayList<>())
                    .add(function);
        }
        return shards;
    }

    /// The findings that a stack would have more than it holds (ENV011).
    static List<Diagnostic> tooFull(String pipeline, List<CompiledFunction> functions) {
        return of(functions).entrySet().stream()
                .filter(shard -> shard.getValue().size() > MOST)
                .map(shard -> Environment.tooManyTasks(
                        pipeline, shard.getKey(), shard.getValue().size(), MOST))
                .toList();
    }

    /// The name of a function's stack.
    static String name(String function) {
        // Spread well, since String's own hash has its entropy in the low bits of similar names.
        return "Tasks%02d".formatted((function.hashCode() * 0x9E3779B9) >>> (32 - BITS));
    }
}
