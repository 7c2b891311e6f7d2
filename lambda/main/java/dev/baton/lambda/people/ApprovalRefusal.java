package dev.baton.lambda.people;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.run.ApprovalRecord;
import dev.baton.run.ApprovalRequest;
import java.util.Collection;

/// A refusal of what somebody asked the approval function: RUN080 to RUN089. It is an answer, not a failure.
final class ApprovalRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Diagnostic finding;

    private ApprovalRefusal(String code, String where, String message, String remedy) {
        super(message);
        this.finding = Diagnostic.error(code, Location.named(where), message, remedy);
    }

    Diagnostic finding() {
        return finding;
    }

    static ApprovalRefusal nothing(String execution, String task) {
        return new ApprovalRefusal(
                "RUN080",
                execution,
                "nothing of " + task + " waits, or waited, for an approval there",
                "see what does with baton approvals");
    }

    static ApprovalRefusal several(String execution, String task, Collection<String> nodes) {
        return new ApprovalRefusal(
                "RUN081",
                execution,
                "several of " + task + " wait for an approval: " + String.join(", ", nodes),
                "name one of them");
    }

    static ApprovalRefusal unseen(ApprovalRequest request) {
        return new ApprovalRefusal(
                "RUN082",
                request.node(),
                "what is asked is not what you looked at: it was asked anew at " + request.askedAt(),
                "look at it with baton approvals, and decide then");
    }

    static ApprovalRefusal own(ApprovalRequest request) {
        return new ApprovalRefusal(
                "RUN083",
                request.node(),
                "nobody approves what they started themselves, and "
                        + request.starter().shown() + " started this run",
                "let somebody else of " + request.by() + " decide");
    }

    static ApprovalRefusal startedByNobody(ApprovalRequest request) {
        return new ApprovalRefusal(
                "RUN083",
                request.node(),
                "nobody knows who started this run, so it may have been you",
                "start it with baton start, which says who asks");
    }

    static ApprovalRefusal over(ApprovalRequest request, ApprovalRecord.End end) {
        return new ApprovalRefusal(
                "RUN084",
                request.node(),
                "it is over since " + end.at() + " (" + end.outcome().word() + "): " + end.why(),
                "a new run asks anew");
    }

    static ApprovalRefusal second(ApprovalRequest request, String who) {
        return new ApprovalRefusal(
                "RUN085",
                request.node(),
                who + " has decided already, and " + request.quorum() + " different people have to",
                "let somebody else of " + request.by() + " decide");
    }

    static ApprovalRefusal denied(ApprovalRequest request, String who, String reason) {
        return new ApprovalRefusal(
                "RUN086",
                request.node(),
                who + " may not approve it: " + reason,
                "ask somebody of " + request.by() + ", or have the policies changed");
    }

    static ApprovalRefusal unheard(String pipeline) {
        return new ApprovalRefusal(
                "RUN089",
                pipeline,
                "only the state machine says that something is to be approved, and it calls a version of the function",
                "start an execution, whose states ask by themselves");
    }

    static ApprovalRefusal noReason(String task) {
        return new ApprovalRefusal(
                "RUN089", task, "a decision has a reason of 1 to 500 characters, and this has none", "add --reason");
    }
}
