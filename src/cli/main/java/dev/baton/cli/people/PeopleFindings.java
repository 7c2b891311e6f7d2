package dev.baton.cli.people;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.policy.PolicyAnswer;

/// The wording of what commands have to say about policies about people.
public final class PeopleFindings {
    private PeopleFindings() {}

    /// Policies do not allow what was asked for (CLI110).
    ///
    /// @param what it was, such as `deploy weather to prod`
    public static Diagnostic denied(String environment, String what, PolicyAnswer answer) {
        return Diagnostic.error(
                "CLI110",
                Location.named(environment),
                "the policies about people do not let you " + what + ": " + answer.reason(),
                "ask somebody whom they let do it, or ask them for the right; `baton policy show " + environment
                        + "` prints the policies");
    }

    /// There is no file of policies (CLI111).
    public static Diagnostic noFile(String file) {
        return Diagnostic.error(
                "CLI111",
                Location.named(file),
                "there is no file of policies about people here",
                "begin with the default, `baton policy show --default > " + file + "`, or name another file");
    }

    /// Somebody else has changed the policies meanwhile (CLI112).
    public static Diagnostic changed(String environment) {
        return Diagnostic.error(
                "CLI112",
                Location.named(environment),
                "somebody has changed the policies since they were looked at, and nothing was written",
                "look at what changed, `baton policy diff " + environment + "`, and put yours again");
    }
}
