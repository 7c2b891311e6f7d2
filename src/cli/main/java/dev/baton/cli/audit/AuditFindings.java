package dev.baton.cli.audit;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The wording of what `baton audit` finds.
final class AuditFindings {
    private static final String RESTORE = "take the file from where it was kept first, or export the range again";

    private AuditFindings() {}

    static DiagnosticException notPast(String to, Instant now) {
        return error(
                "CLI143",
                to,
                "has not passed, it is " + now.truncatedTo(ChronoUnit.SECONDS)
                        + ": what still happens would be missing",
                "end the range with a time that has passed");
    }

    static DiagnosticException emptyRange(Instant from, Instant to) {
        return error("CLI143", from.toString(), "is not before " + to, "let --from be before --to");
    }

    static Diagnostic unreadable(String id, @Nullable Object reason) {
        return Diagnostic.warning(
                "CLI144",
                Location.named(id),
                "is evidence that cannot be read: " + reason,
                "look who wrote it; the export has a line that names it");
    }

    static Diagnostic changed(String file, int line, String how) {
        return at("CLI145", file, line, how, RESTORE);
    }

    static Diagnostic removed(String file, int line, long first, long last) {
        return at(
                "CLI146",
                file,
                line,
                first == last
                        ? "the line " + first + " is missing before this one"
                        : "the lines " + first + " to " + last + " are missing before this one",
                RESTORE);
    }

    static Diagnostic inserted(String file, int line, String how) {
        return at("CLI147", file, line, how, RESTORE);
    }

    static Diagnostic cut(String file, int line, String how) {
        return at("CLI148", file, line, how, RESTORE);
    }

    static Diagnostic noHeader(String file, @Nullable Object kind) {
        return at(
                "CLI149",
                file,
                1,
                kind == null ? "the file is empty" : "is not the header of an export, but a line of kind " + kind,
                "name a file that baton audit export wrote");
    }

    static Diagnostic otherEnd(String file, ChainHead own, ChainHead anchored, String anchor) {
        return Diagnostic.error(
                "CLI150",
                Location.named(file),
                "ends with " + own.hash() + " after " + own.lines() + " lines, and the anchor " + anchor + " says "
                        + anchored.hash() + " after " + anchored.lines(),
                RESTORE);
    }

    static Diagnostic otherRange(String file, String own, String anchored, String anchor) {
        return Diagnostic.error(
                "CLI150",
                Location.named(file),
                "is of the range " + own + ", and the anchor " + anchor + " of " + anchored,
                "name the anchor that was written with this export");
    }

    static DiagnosticException noAnchor(String anchor, String how) {
        return error("CLI151", anchor, how, "name the anchor as baton audit export printed it");
    }

    static DiagnosticException unlocked(String bucket) {
        return error(
                "CLI151",
                "s3://" + bucket,
                "has no object lock, so whoever can write there could replace the anchor",
                "name a bucket that was made with object lock");
    }

    static DiagnosticException unknownControl(String control) {
        return error(
                "CLI152",
                control,
                "is a control that no line is evidence for; there are " + String.join(", ", AuditKind.allControls()),
                "name some of these, behind commas");
    }

    static Diagnostic unsigned(String anchor, String how) {
        return Diagnostic.error(
                "CLI153", Location.named(anchor), how, "ask who keeps the anchors, and export the range again");
    }

    private static Diagnostic at(String code, String file, int line, String message, String remedy) {
        return Diagnostic.error(code, new Location.InText(file, line, 1, ""), message, remedy);
    }

    private static DiagnosticException error(String code, String place, String message, String remedy) {
        return new DiagnosticException(Diagnostic.error(code, Location.named(place), message, remedy));
    }
}
