package dev.baton.cli.openlineage;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The wording of what `baton openlineage` finds.
final class OpenLineageFindings {
    private static final int LONGEST = 300;

    private OpenLineageFindings() {}

    static DiagnosticException noAddress(String address) {
        return error(
                "CLI073",
                address,
                "is not the address of a consumer",
                "give its URL: https://marquez.example.com; the path of its API is OPENLINEAGE_ENDPOINT, where it is"
                        + " not api/v1/lineage");
    }

    static DiagnosticException keyInTheClear(String address) {
        return error(
                "CLI073",
                address,
                "would be shown OPENLINEAGE_API_KEY in the clear, for it does not speak HTTPS",
                "name it with https://, or unset the key");
    }

    static DiagnosticException refused(URI address, int status, @Nullable String body) {
        var told = body == null ? "" : body.strip();
        return error(
                "CLI074",
                address.toString(),
                "does not take the event: it answers " + status
                        + (told.isEmpty() ? "" : ": " + told.substring(0, Math.min(LONGEST, told.length()))),
                status == 401 || status == 403
                        ? "set OPENLINEAGE_API_KEY to a key that it knows, and call again"
                        : "look whether this is where it takes events (OPENLINEAGE_ENDPOINT), and call again: what it"
                                + " has taken it knows by its run");
    }

    static DiagnosticException unreachable(URI address, Exception failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return error(
                "CLI075",
                address.toString(),
                "cannot be reached: " + cause.getMessage(),
                "look whether it runs, and call again: what it has taken it knows by its run");
    }

    static DiagnosticException refusedByBus(String bus, String code, @Nullable String message) {
        return error(
                "CLI076",
                bus,
                "does not take the event: " + code + (message == null ? "" : ": " + message),
                "do what it says, and call again: who has got an event knows it by its run");
    }

    static DiagnosticException tooLarge(String job, int size, int most) {
        return error(
                "CLI077",
                job,
                "has an event of " + size + " bytes, and a bus takes at most " + most,
                "send the events by --url or --file; it is perhaps one with many inputs");
    }

    static DiagnosticException notTime(String text) {
        return error(
                "CLI078",
                text,
                "is not a time",
                "write it as 2026-11-30T06:00:00Z, or a day as 2026-11-30, which is in UTC");
    }

    private static DiagnosticException error(String code, String place, String message, String remedy) {
        return new DiagnosticException(Diagnostic.error(code, Location.named(place), message, remedy));
    }
}
