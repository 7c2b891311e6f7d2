package dev.baton.compiler.gate;

import java.util.Optional;
import java.util.stream.Stream;

/// A rule of the gate. Each has a page `META-INF/baton/codes/CODE.md`.
public enum GateRule {
    /// A Task state says how long it waits.
    TIMEOUT("GAT001", Level.WARNING),
    /// Whoever holds a task token for long gives signs of life.
    HEARTBEAT("GAT002", Level.WARNING),
    /// The role of a state stands in the definition.
    CREDENTIALS("GAT003", Level.ERROR),
    /// The function that a state invokes stands in the definition.
    FUNCTION("GAT004", Level.ERROR),
    /// A function is invoked in a version or through an alias.
    UNQUALIFIED("GAT005", Level.WARNING),
    /// A Task state, and the machine, say what they are for.
    INTENT("GAT006", Level.WARNING),
    /// What the policy file names is reached only through an approval.
    APPROVAL("GAT007", Level.ERROR),
    /// An execution costs at most what the policy file says.
    COST("GAT008", Level.ERROR);

    private final String code;
    private final Level byDefault;

    GateRule(String code, Level byDefault) {
        this.code = code;
        this.byDefault = byDefault;
    }

    public String code() {
        return code;
    }

    /// The level where no policy file says otherwise.
    public Level byDefault() {
        return byDefault;
    }

    static Optional<GateRule> of(String code) {
        return Stream.of(values()).filter(rule -> rule.code.equals(code)).findFirst();
    }

    /// The consequence of breaking a rule.
    public enum Level {
        ERROR,
        WARNING,
        OFF
    }
}
