package dev.baton.lambda.people;

import dev.baton.lambda.internal.identity.CallerIdentities;
import dev.baton.run.IdentityProof;
import dev.baton.run.IdentityProof.SignedCall;
import dev.baton.run.IdentityProof.Token;
import dev.baton.run.Requester;

/// The identities that tokens of providers and calls that STS answers prove.
record VerifiedIdentities(TokenIdentities tokens, CallerIdentities callers) implements Identities {
    @Override
    public Requester of(IdentityProof proof) {
        return switch (proof) {
            case Token token -> tokens.requester(token);
            case SignedCall call -> callers.requester(call);
        };
    }
}
