package dev.baton.lambda.people;

import dev.baton.policy.PolicyAnswer;
import dev.baton.policy.PolicyQuestion;

/// What the policies say that are in the state bucket now. Each answer is written down as evidence.
interface Authorization {

    /// Never throws: what cannot be evaluated is denied.
    PolicyAnswer ask(PolicyQuestion question);
}
