package dev.baton.cli.approval;

import dev.baton.run.ApprovalDecision;
import dev.baton.run.ApprovalRecord;
import dev.baton.run.PinnedObject;
import java.io.PrintWriter;

/// An approval in lines for people.
public record ApprovalText(ApprovalRecord approval) {
    private static final int DIGITS = 12;

    /// The beginning of the hash of a request, by which people name it.
    public static String shortHash(ApprovalRecord approval) {
        return approval.request().hash().substring(0, DIGITS);
    }

    /// Prints what is asked, about what, and how to decide.
    public void print(PrintWriter out) {
        var request = approval.request();
        var facts = request.facts();
        out.println(execution() + "  " + request.node() + "  " + state());
        out.println("    why         " + request.why());
        out.println("    started by  " + request.starter().shown());
        facts.parameters().forEach((name, value) -> out.println("    parameter   --" + name + " " + value));
        for (var input : facts.inputs()) {
            out.println("    reads       " + shown(input));
        }
        out.println("    code        "
                + facts.code().substring(0, Math.min(DIGITS, facts.code().length()))
                + (facts.revision().isEmpty() ? "" : ", revision " + facts.revision()));
        for (var decision : approval.decisions()) {
            out.println("    " + shown(decision));
        }
        if (approval.end().isEmpty()) {
            out.println("    decide      baton approve " + execution() + " \"" + request.node() + "\" --request "
                    + shortHash(approval) + " --reason …");
        }
    }

    private String execution() {
        var run = approval.request().run();
        return run.substring(0, run.lastIndexOf('.'));
    }

    /// How it stands, in a sentence.
    public String state() {
        var request = approval.request();
        return approval.end()
                .map(end -> end.outcome().word() + " " + end.at() + ": " + end.why())
                .orElseGet(() -> "waits for approval of "
                        + (request.quorum() == 1
                                ? request.by()
                                : request.quorum() + " of " + request.by() + " ("
                                        + approval.decisions().size() + " so far)")
                        + " since " + request.askedAt() + ", until " + request.expiresAt());
    }

    private static String shown(PinnedObject input) {
        return input.uri() + " version " + input.version() + ", " + input.size() + " bytes";
    }

    private static String shown(ApprovalDecision decision) {
        return (decision.approved() ? "approved    " : "rejected    ")
                + decision.requester().shown() + " " + decision.at() + ": " + decision.reason();
    }
}
