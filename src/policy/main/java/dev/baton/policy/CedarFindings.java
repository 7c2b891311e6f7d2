package dev.baton.policy;

import static java.util.stream.Collectors.joining;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.name.NearestName;
import dev.baton.policy.Cedar.CedarError;
import java.util.Collection;
import java.util.List;

/// The wording of what is wrong with policies about people.
final class CedarFindings {
    private CedarFindings() {}

    static Diagnostic tooLong(String file, int letters, int most) {
        return Diagnostic.error(
                "POL001",
                new Location.InText(file, 1, 1, ""),
                "the policies have " + letters + " letters, and may have " + most,
                "let teams, and not lists of people, say who may do what");
    }

    static Diagnostic tooDeep(Location place, int depth, int most) {
        return Diagnostic.error(
                "POL001",
                place,
                "the policy's expressions are nested " + depth + " deep or deeper, and may be " + most,
                "write several policies with smaller conditions");
    }

    static Diagnostic syntax(WrittenPolicy policy, CedarError error) {
        return error.message().contains("template")
                ? Diagnostic.error(
                        "POL005",
                        policy.at(Math.max(0, error.start())),
                        "this is a template, which nothing links: it would never decide anything",
                        "name who and what in the policy instead of ?principal and ?resource")
                : Diagnostic.error(
                        "POL001",
                        policy.at(Math.max(0, error.start())),
                        "this is not Cedar: " + error.message(),
                        error.help().isEmpty() ? "write it as Cedar's grammar has it" : error.help());
    }

    static Diagnostic noPolicy(String file) {
        return Diagnostic.warning(
                "POL009",
                new Location.InText(file, 1, 1, ""),
                "there is no policy in the text, so that nobody may do anything",
                "begin with the policies that `baton policy show --default` prints");
    }

    static Diagnostic unavailable(String file, CedarUnavailable failure) {
        return Diagnostic.error(
                "POL008",
                Location.named(file),
                failure.why() + ", so that everything is denied",
                "run it on Linux with glibc, on macOS, each on x86-64 or arm64, or on Windows on x86-64");
    }

    static Diagnostic invalid(WrittenPolicy policy, List<CedarError> errors) {
        var help = errors.stream()
                .map(CedarError::help)
                .filter(text -> !text.isEmpty())
                .findFirst();
        return Diagnostic.error(
                "POL002",
                policy.at(Math.max(0, errors.getFirst().start())),
                errors.stream().map(CedarError::message).distinct().limit(3).collect(joining("; ")),
                help.orElse("write what the schema has: `baton policy schema`"));
    }

    static Diagnostic idle(WrittenPolicy policy, CedarError warning) {
        return Diagnostic.warning(
                "POL006",
                policy.at(Math.max(0, warning.start())),
                warning.message(),
                "mend the policy, or take it away: as it is, it decides nothing, or not what it seems to");
    }

    static Diagnostic id(ParsedPolicy policy) {
        return Diagnostic.error(
                "POL004",
                policy.written().of("@id"),
                "the id \"" + policy.id() + "\" is another policy's as well, or is not 1 to 64 of A-Z a-z 0-9 _ . -",
                "give each policy an @id(\"…\") of its own: decisions and evidence name policies by it");
    }

    static Diagnostic unknown(ParsedPolicy policy, ParsedPolicy.EntityLiteral literal, Collection<String> known) {
        var name = literal.toString();
        return Diagnostic.error(
                "POL003",
                policy.written().of(name),
                "there is no " + name + "; there " + (known.size() == 1 ? "is " : "are ") + list(known),
                mend(literal, known));
    }

    static Diagnostic unknownTeam(ParsedPolicy policy, ParsedPolicy.EntityLiteral literal, Collection<String> known) {
        return Diagnostic.warning(
                "POL007",
                policy.written().of(literal.toString()),
                "no pipeline, task or role is known to be of the team " + literal.id() + "; known are " + list(known),
                mend(literal, known) + ", unless the identity provider tells this team");
    }

    private static String mend(ParsedPolicy.EntityLiteral literal, Collection<String> known) {
        return NearestName.to(literal.id(), known)
                .map(name -> "write \"" + name + "\"")
                .orElse("name one that is there");
    }

    private static String list(Collection<String> known) {
        return known.isEmpty()
                ? "none"
                : known.stream().limit(8).collect(joining(", ")) + (known.size() > 8 ? ", …" : "");
    }

    static Diagnostic unknownInCase(String file, int line, String missing) {
        return Diagnostic.error(
                "POL021",
                new Location.InText(file, line, 1, ""),
                "there is no " + missing + ", so that the sentence tests nothing",
                "write the name that was meant; `baton policy schema` lists what is there");
    }

    static Diagnostic everything(ParsedPolicy policy) {
        return Diagnostic.error(
                "POL010",
                policy.written().of("permit"),
                "everybody may do everything by the policy " + policy.id()
                        + ": it names no principal, no action and no resource, and has no condition",
                "say who may do what: `principal in Baton::Team::\"…\"`, `action == …`, `resource == …`");
    }

    static Diagnostic anybody(ParsedPolicy policy, String who, String what) {
        return Diagnostic.error(
                "POL011",
                policy.written().of("permit"),
                who + " may " + what + " by the policy " + policy.id(),
                "let `approve` and `deploy` be a team's: `principal in Baton::Team::\"…\"`");
    }

    static Diagnostic event(ParsedPolicy policy, String event, String what) {
        return Diagnostic.error(
                "POL012",
                policy.written().of("permit"),
                "an event, " + event + ", may " + what + " by the policy " + policy.id()
                        + ": whoever can upload, could do so",
                "let events only start, rerun and redrive");
    }

    static Diagnostic idleCondition(ParsedPolicy policy) {
        return Diagnostic.error(
                "POL013",
                policy.written().of("{"),
                "a condition of the policy " + policy.id() + " says nothing: it looks like a limit and is none",
                "write what it was to ask for, or take the condition away");
    }

    static Diagnostic everyKind(ParsedPolicy policy, String type) {
        return Diagnostic.error(
                "POL014",
                policy.written().of("permit"),
                "every " + type + " may do everything by the policy " + policy.id()
                        + ": a type of principal alone is no limit",
                "say which: `principal in Baton::Team::\"…\"`, or which actions");
    }
}
