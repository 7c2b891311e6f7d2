package dev.baton.lambda.people;

import dev.baton.run.IdentityProof;
import dev.baton.run.StrictFields;
import java.util.LinkedHashMap;
import java.util.Optional;

/// A request of somebody to a function: what is asked, and the proof of who asks.
///
/// @param proof absent where nothing is said
/// @param asked everything else of the request
record PeopleRequest(Optional<IdentityProof> proof, StrictFields asked) {

    /// @param what how a sentence calls the request: `the approval function's request`
    /// @throws dev.baton.task.InvalidInput when this is not a JSON object, or its proof is none
    static PeopleRequest parse(String what, byte[] utf8) {
        var fields = StrictFields.parse(what, utf8);
        var asked = new LinkedHashMap<>(fields.values());
        asked.remove(IdentityProof.FIELD);
        return new PeopleRequest(
                fields.maybeObject(IdentityProof.FIELD).map(IdentityProof::of), new StrictFields(what, asked));
    }

    /// Without the proof.
    @Override
    public String toString() {
        return asked.what();
    }
}
