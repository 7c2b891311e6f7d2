package dev.baton.lambda.internal.task;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.lambda.internal.identity.IdentityFindings;
import dev.baton.run.ApprovalRecord;
import dev.baton.run.PinnedObject;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.util.Collection;
import java.util.Set;

/// The approval without which a task does not run where policies about people hold, whatever the state machine says.
///
/// @param workplace what the function has
/// @param work what is to be done
record RequiredApproval(FunctionContext workplace, ResolvedTask work) {

    /// @param inputs what the task is about to read
    /// @throws InvalidInput where it is required and nobody approved this code and these inputs (RUN088)
    void demand(Collection<PinnedObject> inputs) {
        if (!workplace.environment().approved()) {
            return;
        }
        var run = work.run();
        var node = work.node();
        var key = StateKeys.approval(run.pipeline(), run.run(), node.taskClass(), node.id(), run.parameters())
                + ApprovalRecord.NAME;
        var content = workplace.ownS3().read(workplace.environment().stateBucket(), key, null);
        var approval = content == null ? null : ApprovalRecord.parse(content.bytes());
        if (approval == null || !approval.approved()) {
            throw refused("nobody approved it in this run");
        }
        var facts = approval.request().facts();
        if (!facts.code().equals(work.codeHash())) {
            throw refused("other code was approved");
        }
        if (!Set.copyOf(facts.inputs()).containsAll(inputs)) {
            throw refused("it was approved for other inputs");
        }
    }

    private InvalidInput refused(String why) {
        return IdentityFindings.refused(Diagnostic.error(
                "RUN088",
                Location.named(work.node().id()),
                "needs an approval, and " + why,
                "start a run with baton start, in which it is asked for"));
    }
}
