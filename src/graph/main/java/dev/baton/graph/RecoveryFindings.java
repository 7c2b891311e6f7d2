package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.task.Pipeline;
import dev.baton.task.Recovery;

/// The wording of findings about policies of recovery.
final class RecoveryFindings {
    private RecoveryFindings() {}

    static Diagnostic errors(Pipeline pipeline, Recovery recovery) {
        return error(
                pipeline,
                "TSK090",
                "its recovery names the errors " + recovery.on()
                        + ": there is none, a blank one, or one that comes twice",
                "name each error that passes once, as Step Functions does: \"States.Timeout\"");
    }

    static Diagnostic never(Pipeline pipeline, String error) {
        return error(
                pipeline,
                "TSK091",
                "its recovery names " + error + ", which is never redriven: it would fail in the same way",
                "leave it out");
    }

    static Diagnostic times(Pipeline pipeline, int times, int most) {
        return error(
                pipeline,
                "TSK092",
                "its recovery is tried " + times + " times, but from 1 to " + most + " can be",
                "say how often a run is redriven: times = 2");
    }

    static Diagnostic after(Pipeline pipeline, String after) {
        return error(
                pipeline,
                "TSK093",
                "its recovery waits \"" + after + "\", which is not a duration",
                "write it as ISO 8601 does: PT10M is ten minutes");
    }

    static Diagnostic period(Pipeline pipeline, Recovery recovery) {
        return error(
                pipeline,
                "TSK094",
                "its recovery waits " + recovery.after() + ", and " + recovery.times()
                        + " of that are not within the 14 days in which Step Functions redrives",
                "wait shorter, or try less often");
    }

    private static Diagnostic error(Pipeline pipeline, String code, String message, String remedy) {
        return Diagnostic.error(code, Location.named(pipeline.name()), message, remedy);
    }
}
