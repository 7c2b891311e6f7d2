package dev.baton.cli.identity;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.name.Arn;
import dev.baton.run.IdentityProof;
import dev.baton.run.IdentityProof.Token;
import dev.baton.run.IdentitySettings;

/// The identity of whoever runs the command: the token of an identity provider where there is one and the environment
/// takes some, and else a call of `sts:GetCallerIdentity` that is signed with the AWS credentials.
public record OwnIdentity(Endpoint endpoint) {

    /// A proof for the functions of one pipeline, good for minutes.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI113, CLI114
    public IdentityProof proof(DeployedPipeline deployed) {
        return endpoint.tokens()
                .find(deployed.identities().orElse(IdentitySettings.NONE))
                .filter(token -> deployed.governed())
                .<IdentityProof>map(Token::new)
                .orElseGet(() -> call(deployed.machine()));
    }

    /// A signed call for the functions of a pipeline.
    ///
    /// @param machine the ARN of its state machine, which is called like the pipeline with its prefix
    public IdentityProof call(String machine) {
        var arn = Arn.parse(machine);
        return endpoint.callerProof(IdentityProof.audience(arn.account(), arn.region(), arn.name()));
    }
}
