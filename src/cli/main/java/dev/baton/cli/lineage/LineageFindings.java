package dev.baton.cli.lineage;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.lambda.lineage.ArchivedRecord;

/// The wording of what is found wrong with questions about lineage, and with records.
public final class LineageFindings {
    private LineageFindings() {}

    static DiagnosticException nothingRecorded(String uri) {
        return new DiagnosticException(Diagnostic.error(
                "CLI054",
                Location.named(uri),
                "no completion record is about it: as far as is known here, no task has made it, nor read it",
                "ask about something that a run made or read; baton status lists the runs"));
    }

    /// @param newest the newest version that is recorded
    static DiagnosticException versionUnknown(DatasetVersion dataset, String newest) {
        return new DiagnosticException(Diagnostic.error(
                "CLI055",
                Location.named(dataset.uri()),
                "no completion record is about its version " + dataset.version() + "; the newest that is recorded is "
                        + newest,
                "name a recorded version with ?versionId=, or none"));
    }

    public static Diagnostic unreadable(ArchivedRecord.Unreadable record) {
        return Diagnostic.warning(
                "CLI056",
                Location.named(record.place().key()),
                "version " + record.place().version() + " of this completion record is passed over: "
                        + record.problem(),
                "ask with the Baton that wrote it, which is perhaps newer; else what this record says is lost");
    }

    static Diagnostic checksUnseen(String why) {
        return Diagnostic.warning(
                "CLI079",
                Location.named("checks/"),
                "who has approved the code is not told: " + why,
                "have s3:ListBucket and s3:GetObject allowed for checks/ in the state bucket");
    }

    static DiagnosticException tooManyForPicture(int nodes, int most) {
        return new DiagnosticException(Diagnostic.error(
                "CLI057",
                Location.named("--svg"),
                "the lineage has " + nodes + " nodes, and a picture at most " + most,
                "ask for less with --depth, or for --json"));
    }
}
