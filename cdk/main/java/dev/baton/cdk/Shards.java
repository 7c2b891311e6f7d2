package dev.baton.cdk;

import dev.baton.compiler.CompiledFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which nested stack a function lies in. A new task must not move another's function from stack to stack, for its name
/// would then be taken when the new stack makes it; so places follow from hashes of names, and only when a stack gets
/// too full do functions move, all at once: half of them into stacks that are new.
final class Shards {
    /// A class takes five resources of a stack's 500, and other limits (200 outputs and parameters) lie lower.
    static final int MOST = 60;

    private Shards() {}

    /// @return the functions by the name of their stack
    static SortedMap<String, List<CompiledFunction>> of(List<CompiledFunction> functions) {
        for (var bits = 0; ; bits++) {
            var shards = new TreeMap<String, List<CompiledFunction>>();
            for (var function : functions) {
                shards.computeIfAbsent(name(function.name(), bits), name -> new ArrayList<>())
                        .add(function);
            }
            if (shards.values().stream().allMatch(shard -> shard.size() <= MOST)) {
                return shards;
            }
        }
    }

    private static String name(String function, int bits) {
        // Spread well, since String's own hash has its entropy in the low bits of similar names.
        var hash = function.hashCode() * 0x9E3779B9;
        return bits == 0 ? "Tasks" : "Tasks" + bits + "x" + (hash >>> (32 - bits));
    }
}
