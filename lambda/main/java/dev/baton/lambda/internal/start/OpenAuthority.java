package dev.baton.lambda.internal.start;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.identity.CallerIdentities;
import dev.baton.lambda.internal.identity.IdentityFindings;
import dev.baton.run.IdentityProof;
import dev.baton.run.IdentitySettings;
import dev.baton.run.Requester;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import dev.baton.task.InvalidInput;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The authority where no policies about people hold: whoever may invoke the function may all. Who it was is known as
/// far as STS can tell it.
public record OpenAuthority(CallerIdentities callers) implements StartAuthority {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAuthority.class);

    public OpenAuthority(FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        this(new CallerIdentities(environment, clients, IdentitySettings.NONE, time));
    }

    @Override
    public boolean decides() {
        return false;
    }

    @Override
    public Requester requester(Optional<IdentityProof> proof) {
        if (proof.isPresent() && proof.get() instanceof IdentityProof.SignedCall call) {
            try {
                return callers.requester(call);
            } catch (InvalidInput e) {
                // Nothing hangs on it here but a name.
                LOG.atWarn().log("who asks is not known: {}", e.getMessage());
            }
        }
        return Requester.NOBODY;
    }

    @Override
    public StartVerdict rule(StartQuestion question) {
        return StartVerdict.FREE;
    }

    @Override
    public List<StartResult> change(Requester requester, StartInvocation.OfExecution asked, RunStarter starts) {
        throw IdentityFindings.refused(Diagnostic.error(
                "RUN077",
                Location.named(asked.execution()),
                "is an execution of a pipeline for which no policies about people hold, and this function changes none",
                "redrive or stop it with rights of your own, as the baton command does"));
    }
}
