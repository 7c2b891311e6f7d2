package dev.baton.lambda.internal.identity;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.task.InvalidInput;

/// The wording of what is wrong with the proof of who asks. Nothing of a proof stands in it but whose it claims to be.
public final class IdentityFindings {
    private static final String RENEW_CALL =
            "renew them as you got them (aws sso login, or assume the role again) and ask once more";
    private static final String RENEW_TOKEN =
            "get a new token from the provider, put it into the file that BATON_IDENTITY_TOKEN_FILE names, and ask once"
                    + " more";

    private IdentityFindings() {}

    /// A request that has to say who asks, and does not.
    public static InvalidInput unproven(String pipeline) {
        return refused(
                "RUN071",
                "the request to the pipeline \"" + pipeline + "\"",
                "does not prove who asks, and policies about people hold there",
                "ask by the baton command, which brings a proof; one of your own needs \"identity\" in the request");
    }

    /// A proof that is not one: it is too long, or not of the form.
    public static InvalidInput malformed(String what, String why) {
        return refused("RUN071", what, why, "ask by the baton command, which makes it anew for each request");
    }

    /// A credential that is not valid any more, or not yet.
    ///
    /// @param what which it is, and whose
    /// @param why since when, after what it is
    public static InvalidInput staleToken(String what, String why) {
        return refused("RUN072", what, why, RENEW_TOKEN);
    }

    /// Credentials of AWS that are not valid any more, or a call that was signed too long ago.
    public static InvalidInput staleCall(String what, String why) {
        return refused("RUN072", what, why, RENEW_CALL);
    }

    /// A proof that proves nothing: of an issuer that is not known, signed by nobody that is known, changed.
    public static InvalidInput untrusted(String what, String why, String remedy) {
        return refused("RUN073", what, why, remedy);
    }

    /// A proof that was made for somebody else.
    public static InvalidInput elsewhere(String what, String why, String remedy) {
        return refused("RUN074", what, why, remedy);
    }

    /// A proof that nobody could look at now.
    public static InvalidInput unreachable(String what, String why, String remedy) {
        return refused("RUN075", what, why, remedy);
    }

    private static InvalidInput refused(String code, String what, String why, String remedy) {
        return refused(Diagnostic.error(code, Location.named(what), why, remedy));
    }

    /// A finding as the exception of a function's answer.
    public static InvalidInput refused(Diagnostic finding) {
        return new InvalidInput(finding.location() + " " + finding.message() + ". Mend: " + finding.remedy()
                + " (baton explain " + finding.code() + ")");
    }
}
