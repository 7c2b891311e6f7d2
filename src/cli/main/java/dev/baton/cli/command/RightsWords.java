package dev.baton.cli.command;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.identity.RightsCall;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.run.RightsGrant;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;

/// The words of commands about rights for a while.
///
/// @param pipeline on which
/// @param id of the request
record RightsWords(String pipeline, String id) {

    /// `weather/20261201T031742Z-3f2a9c1b`, as commands print it.
    ///
    /// @throws DiagnosticException CLI133
    static RightsWords of(String word) {
        var slash = word.indexOf('/');
        if (slash <= 0 || slash == word.length() - 1) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI133",
                    Location.named(word),
                    "is no request for rights: it has to be PIPELINE/ID",
                    "baton access list PIPELINE shows the requests that there are"));
        }
        return new RightsWords(word.substring(0, slash), word.substring(slash + 1));
    }

    RightsCall call(Endpoint endpoint) {
        return new RightsCall(endpoint, DeployedPipeline.of(endpoint, pipeline));
    }

    /// The request that is meant, as whoever asks may see it.
    ///
    /// @throws DiagnosticException CLI133
    RightsGrant find(RightsCall call) {
        return call.grants().stream()
                .filter(grant -> grant.request().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new DiagnosticException(Diagnostic.error(
                        "CLI133",
                        Location.named(pipeline + "/" + id),
                        "is no request for rights that you may see",
                        "baton access list " + pipeline + " shows those that there are")));
    }

    /// A time such as `PT1H`, in seconds.
    ///
    /// @throws DiagnosticException CLI132
    static long seconds(String word) {
        try {
            return Duration.parse(word).toSeconds();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI132",
                    Location.named("--for " + word),
                    "is not a time as ISO 8601 has it",
                    "give one such as PT1H or PT30M"));
        }
    }

    /// What is granted, in lines for people.
    static void tell(RightsGrant grant, InstantSource time, PrintWriter out) {
        var request = grant.request();
        out.println(request.pipeline() + "/" + request.id());
        out.printf(
                "%s asks to %s %s in %s for %s: %s%n",
                request.requester().shown(),
                String.join(", ", request.actions()),
                request.pipeline(),
                request.environment(),
                Duration.ofSeconds(request.seconds()),
                request.reason());
        out.println(phase(grant, time.instant()));
    }

    /// How far it has come, in a line.
    static String phase(RightsGrant grant, Instant now) {
        return switch (grant.at(now)) {
            case OPEN -> "open until " + grant.request().openUntil();
            case LAPSED -> "approved by nobody until " + grant.request().openUntil();
            case REJECTED -> "rejected by " + grant.verdict().orElseThrow().by().shown();
            case GRANTED ->
                "granted by " + grant.verdict().orElseThrow().by().shown() + " until "
                        + grant.ends().orElseThrow();
            case EXPIRED -> "ended " + grant.ends().orElseThrow();
            case REVOKED ->
                "revoked by " + grant.revocation().orElseThrow().by().shown();
        };
    }
}
