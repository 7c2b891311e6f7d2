package dev.baton.cli.audit;

import dev.baton.run.EvidenceEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The kind of a line of evidence, and the controls of SOC 2 (2017 Trust Services Criteria) that it is evidence for.
public enum AuditKind {
    /// An execution started, was redriven or ended.
    EXECUTION("execution", List.of("CC7.2", "CC8.1")),
    /// A state of an execution was entered or left.
    TRANSITION("transition", List.of("CC7.2")),
    /// A task worked under its role.
    SESSION("session", List.of("CC6.1", "CC6.3")),
    /// Somebody asked S3 for something, and got it or not.
    DATA_ACCESS("data-access", List.of("CC6.1", "CC7.2")),
    /// Evidence is there that cannot be read: it is named, so that it is not passed over.
    UNREADABLE("unreadable", List.of("CC7.2")),
    DECISION(EvidenceEntry.Kind.DECISION),
    APPROVAL(EvidenceEntry.Kind.APPROVAL),
    ACCESS(EvidenceEntry.Kind.ACCESS),
    POLICY(EvidenceEntry.Kind.POLICY),
    PERMISSION(EvidenceEntry.Kind.PERMISSION),
    DEPLOYMENT(EvidenceEntry.Kind.DEPLOYMENT),
    CHECK(EvidenceEntry.Kind.CHECK),
    ROTATION(EvidenceEntry.Kind.ROTATION),
    OPERATION(EvidenceEntry.Kind.OPERATION);

    private final String word;
    private final List<String> controls;

    AuditKind(String word, List<String> controls) {
        this.word = word;
        this.controls = controls;
    }

    AuditKind(EvidenceEntry.Kind kind) {
        this(kind.word(), kind.controls());
    }

    /// As it stands in lines.
    public String word() {
        return word;
    }

    /// Such as `CC6.1`, sorted.
    public List<String> controls() {
        return controls;
    }

    static AuditKind of(EvidenceEntry.Kind kind) {
        return find(kind.word()).orElseThrow();
    }

    static Optional<AuditKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /// All controls that lines are evidence for, sorted.
    public static List<String> allControls() {
        var all = new TreeSet<String>();
        for (var kind : values()) {
            all.addAll(kind.controls);
        }
        return List.copyOf(all);
    }
}
