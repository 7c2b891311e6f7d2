package dev.baton.lambda.people;

import dev.baton.lambda.internal.identity.CallerIdentities;
import dev.baton.run.IdentityProof;
import dev.baton.run.IdentityProof.SignedCall;
import dev.baton.run.IdentityProof.Token;
import dev.baton.run.Requester;

/// The identities that tokens of providers and calls that STS answers prove.
///
/// @param granted which make a session of rights for a while the person whom they were granted to
record VerifiedIdentities(TokenIdentities people, CallerIdentities callers, GrantedRights granted) {
    /// Who asks.
    ///
    /// @throws dev.baton.task.InvalidInput when it proves nothing: a sentence says which credential, whose, and why
    Requester of(IdentityProof proof) {
        return granted.person(
                switch (proof) {
                    case Token token -> people.requester(token);
                    case SignedCall call -> callers.requester(call);
                });
    }
}
