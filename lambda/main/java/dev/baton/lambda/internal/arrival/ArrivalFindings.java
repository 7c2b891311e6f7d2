package dev.baton.lambda.internal.arrival;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.task.InvalidInput;

/// The wording of what is wrong with a start function's events. They leave as exceptions, so that whoever sent the
/// event tries again and keeps it in the end.
final class ArrivalFindings {
    private ArrivalFindings() {}

    static InvalidInput unknown(String what) {
        return refused(Diagnostic.error(
                "RUN040",
                Location.named("the start function's event"),
                "came as " + what + "; understood are an Object Created of S3, a Task Completed of Baton, a"
                        + " Scheduled Event and a Step Functions Execution Status Change, each by EventBridge, S3's notifications, any of these in a message of SNS or"
                        + " SQS, {\"sweep\":true}, {\"start\":{\"parameters\":{…}}} and {\"see\":{\"parameters\":{…}}}",
                "send it somewhere else, or send it in one of these forms"));
    }

    static InvalidInput incomplete(String what, String missing) {
        return refused(Diagnostic.error(
                "RUN041",
                Location.named("the start function's event"),
                what + " has no " + missing,
                "send what the service sends, unchanged: an input transformer or a message of one's own left it out"));
    }

    private static InvalidInput refused(Diagnostic finding) {
        return new InvalidInput(finding.location() + " " + finding.message() + ". Mend: " + finding.remedy()
                + " (baton explain " + finding.code() + ")");
    }
}
