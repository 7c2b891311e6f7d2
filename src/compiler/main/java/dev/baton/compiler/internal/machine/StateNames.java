package dev.baton.compiler.internal.machine;

import dev.baton.compiler.internal.ResourceNames;
import java.util.HashSet;
import java.util.Set;

/// Names of states: at most 80 characters, unique in one machine.
final class StateNames {
    private static final int LONGEST = 80;

    private final Set<String> taken = new HashSet<>();

    /// The wanted name if it is free and short enough, else one that begins like it and ends in a hash.
    String take(String wanted) {
        var name = wanted.length() <= LONGEST ? wanted : hashed(wanted, wanted);
        for (var n = 2; !taken.add(name); n++) {
            name = hashed(wanted, wanted + "\n" + n);
        }
        return name;
    }

    private static String hashed(String wanted, String whole) {
        return wanted.substring(0, Math.min(wanted.length(), LONGEST - 9)) + "-" + ResourceNames.hash(whole, 8);
    }
}
