package dev.baton.cli.diff;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;

/// The wording of what is found wrong with questions about two runs.
final class RunDiffFindings {
    private RunDiffFindings() {}

    static DiagnosticException noSuchRun(String words, String pipeline, int looked) {
        return error(
                "CLI067",
                words,
                "none of the newest " + looked + " executions of " + pipeline + " has these parameters",
                "list them: baton status " + pipeline + "; an execution can be named by its ARN however old it is");
    }

    static DiagnosticException noSuchRunKept(String words) {
        return error(
                "CLI067",
                words,
                "no run that baton run has left on this machine is called so or has these parameters",
                "run it, or say with --env or --endpoint where it ran");
    }

    static DiagnosticException unclear(String words, String problem) {
        return error(
                "CLI068", words, problem, "name an execution, or its parameters, as in year=2012 --pipeline weather");
    }

    static DiagnosticException nothingLeft(String execution, String run) {
        return error(
                "CLI069",
                execution,
                "its run " + run + " has left nothing behind: it ended before its inputs were pinned, or what it left"
                        + " was removed",
                "look at its history: baton history " + execution);
    }

    static DiagnosticException twoPipelines(String a, String ofA, String b, String ofB) {
        return error(
                "CLI070",
                a + " and " + b,
                "are executions of " + ofA + " and of " + ofB,
                "name two executions of one pipeline");
    }

    static DiagnosticException otherGraph(String execution, String problem) {
        return error(
                "CLI071",
                execution,
                "cannot be told with the code that is here: " + problem,
                "give the jar of its pipeline with --jar");
    }

    static Diagnostic unread(String uri, String version, String problem) {
        return Diagnostic.warning(
                "CLI072",
                Location.named(uri),
                "version " + version + " cannot be profiled: " + problem,
                "only its size and checksum are compared");
    }

    private static DiagnosticException error(String code, String about, String message, String remedy) {
        return new DiagnosticException(Diagnostic.error(code, Location.named(about), message, remedy));
    }
}
