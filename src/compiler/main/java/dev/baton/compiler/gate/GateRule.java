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
    COST("GAT008", Level.ERROR),
    /// Data goes, and work is given, only where somebody declared.
    DESTINATION("GAT011", Level.OFF),
    /// Nothing changes who may do what, or reaches code, secrets, records and what waits.
    RIGHTS("GAT012", Level.OFF),
    /// A failure that is caught is told to somebody.
    SWALLOWED("GAT013", Level.OFF),
    /// Timeouts stand in the definition, and they and retries are within bounds.
    BOUNDS("GAT014", Level.OFF),
    /// No credential stands in the definition or passes through it.
    SECRET("GAT015", Level.OFF),
    /// Names and ARNs are what they look like.
    LOOKALIKE("GAT016", Level.OFF);

    private final String code;
    private final Level byDefault;

    GateRule(String code, Level byDefault) {
        this.code = code;
        this.byDefault = byDefault;
    }

    /// The level for what is proposed, where no policy file says otherwise: all are errors but what only helps readers.
    public Level inProposal() {
        return this == INTENT ? Level.WARNING : Level.ERROR;
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
