package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Approval;
import dev.baton.task.ExternalTask;
import java.time.Duration;
import java.util.function.Consumer;

/// The checks of an [Approval], and their wording: TSK110 to TSK115.
final class ApprovalChecks {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    /// No execution of Step Functions lasts longer.
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final int MOST_PEOPLE = 10;
    private static final int LONGEST_REASON = 200;

    private ApprovalChecks() {}

    static void check(Class<?> type, Consumer<Diagnostic> report) {
        var approval = type.getAnnotation(Approval.class);
        if (approval == null) {
            return;
        }
        if (ExternalTask.class.isAssignableFrom(type)) {
            report.accept(GraphFindings.error(
                    "TSK114",
                    type,
                    "has an @Approval, but somebody else completes it: nothing of it runs here",
                    "put the @Approval on the task that reads it"));
        }
        if (!approval.by().matches("[A-Za-z0-9_.-]{1,64}")) {
            report.accept(GraphFindings.error(
                    "TSK110",
                    type,
                    "@Approval(by) must be 1 to 64 of [A-Za-z0-9_.-], but was \"" + approval.by() + "\"",
                    "name a team as @Owner and the identity provider do"));
        }
        var within = Declarations.of(type).approval().orElseThrow().within();
        if (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0 || within.toNanosPart() > 0) {
            report.accept(GraphFindings.error(
                    "TSK111",
                    type,
                    "@Approval(within) must be whole seconds from PT1M to P365D, but was \"" + approval.within() + "\"",
                    "say how long people have, such as PT8H or P7D"));
        }
        if (approval.quorum() < 1 || approval.quorum() > MOST_PEOPLE) {
            report.accept(GraphFindings.error(
                    "TSK112",
                    type,
                    "@Approval(quorum) must be from 1 to " + MOST_PEOPLE + ", but was " + approval.quorum(),
                    "ask for as many different people as have to approve"));
        }
        if (approval.why().isBlank() || approval.why().length() > LONGEST_REASON) {
            report.accept(GraphFindings.error(
                    "TSK113",
                    type,
                    "@Approval(why) must be 1 to " + LONGEST_REASON + " characters, but has "
                            + approval.why().strip().length(),
                    "say in a sentence what whoever approves answers for"));
        }
    }

    /// Of a class whose tasks are items.
    static void item(Class<?> type, Class<?> expanding, Consumer<Diagnostic> report) {
        if (type.isAnnotationPresent(Approval.class)) {
            report.accept(GraphFindings.error(
                    "TSK115",
                    type,
                    "has an @Approval, but its tasks are items of " + expanding.getSimpleName()
                            + ", which nobody can look at one by one",
                    "put the @Approval on " + expanding.getSimpleName() + ", or on the task that reads the items"));
        }
    }
}
