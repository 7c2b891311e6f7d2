package dev.baton.lambda.people;

import dev.baton.run.IdentityProof;
import dev.baton.run.Requester;

/// Who asks, by the proof that a request brings.
interface Identities {

    /// @throws dev.baton.task.InvalidInput when it proves nothing: a sentence says which credential, whose, and why
    Requester of(IdentityProof proof);
}
