package dev.baton.policy;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The policies about people that hold in an environment, over the pipelines there.
///
/// It never allows anything that it cannot evaluate: policies that cannot be parsed, a policy whose evaluation fails, a
/// pipeline that nothing is known of, a machine without Cedar's native library all deny, with a sentence.
public final class PeoplePolicies {
    private PeoplePolicies() {}

    /// Policies as they lie in the state bucket. Never throws: what cannot be read denies everything.
    ///
    /// @param policies the text at [dev.baton.run.StateKeys#policies], in UTF-8; the default where there is none
    /// @param governed what lies at [dev.baton.run.StateKeys#governed] of the pipelines that are asked about
    public static PeoplePolicies of(byte @Nullable [] policies, Collection<byte[]> governed) {
        return new PeoplePolicies();
    }

    /// SHA-256 of the policies' text, in hex.
    public String hash() {
        return "";
    }

    /// Whether somebody may do something. Never throws.
    public PolicyAnswer ask(PolicyQuestion question) {
        return new PolicyAnswer(false, "policies are not evaluated yet", List.of(), hash());
    }
}
