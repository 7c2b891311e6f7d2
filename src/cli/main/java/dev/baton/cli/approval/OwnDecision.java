package dev.baton.cli.approval;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.operate.ExecutionLookup;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.run.ApprovalRecord;
import java.util.List;
import java.util.Optional;

/// A decision of whoever runs the command.
///
/// @param execution its name or ARN
/// @param task the id of a node, or the name of its class where one of it waits
/// @param request the beginning of the hash of the request that was looked at; nothing for the one that waits now
/// @param reason for the evidence
public record OwnDecision(String execution, String task, Optional<String> request, boolean approved, String reason) {

    /// Sends it.
    ///
    /// @throws DiagnosticException CLI015, CLI120 to CLI123, and what the function refuses
    public ApprovalRecord send(Endpoint endpoint) {
        var found = new ExecutionLookup(endpoint).execution(execution);
        var deployed = DeployedPipeline.ofMachine(endpoint, found.stateMachineArn())
                .orElseThrow(() -> new DiagnosticException(Diagnostic.error(
                        "CLI121",
                        Location.named(execution),
                        "it is no pipeline's of Baton, so nothing of it has to be approved",
                        "name an execution that baton status lists")));
        var calls = new ApprovalCalls(endpoint, deployed);
        var all = calls.list(Optional.of(found.name()));
        if (all.isEmpty()) {
            throw calls.nothing();
        }
        return calls.decide(chosen(all), approved, reason);
    }

    private ApprovalRecord chosen(List<ApprovalRecord> all) {
        var named = all.stream()
                .filter(each -> each.request().node().equals(task)
                        || each.request().task().equals(task))
                .toList();
        var open = named.stream().filter(each -> each.end().isEmpty()).toList();
        var candidates = open.isEmpty() ? named : open;
        if (candidates.size() != 1) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI122",
                    Location.named(execution),
                    candidates.isEmpty()
                            ? "nothing of \"" + task + "\" waits for an approval; there is " + nodes(all)
                            : "several of \"" + task + "\" wait for an approval: " + nodes(candidates),
                    "name one of these"));
        }
        var one = candidates.getFirst();
        if (request.isPresent() && !one.request().hash().startsWith(request.get())) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI123",
                    Location.named(execution),
                    "the request of " + one.request().node() + " is " + ApprovalText.shortHash(one) + " and not "
                            + request.get() + ": it was asked anew at "
                            + one.request().askedAt(),
                    "look at it with baton approvals, and decide then"));
        }
        return one;
    }

    private static String nodes(List<ApprovalRecord> approvals) {
        return String.join(
                ", ",
                approvals.stream().map(each -> each.request().node()).sorted().toList());
    }
}
