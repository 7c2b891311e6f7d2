package dev.baton.lambda.internal.start;

import dev.baton.run.IdentityProof;
import dev.baton.run.Requester;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import java.util.List;
import java.util.Optional;

/// The authority over a pipeline's executions: who asks for them, and whether they may.
public interface StartAuthority {
    /// Whether it decides anything: else whoever may invoke the function may all.
    boolean decides();

    /// Who makes a request.
    ///
    /// @throws dev.baton.task.InvalidInput when that has to be proven, and is not (RUN071 to RUN075)
    Requester requester(Optional<IdentityProof> proof);

    /// Whether somebody may do something. Never throws: what cannot be decided is denied.
    StartVerdict rule(StartQuestion question);

    /// Does something with an execution that is there already.
    ///
    /// @param starts by which runs are started
    /// @throws dev.baton.task.InvalidInput RUN077 where it does nothing of the kind
    List<StartResult> change(Requester requester, StartInvocation.OfExecution asked, RunStarter starts);
}
