package dev.baton.cli.serve;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;

/// The wording of findings about calls of tools.
final class ServeFindings {
    private ServeFindings() {}

    static Diagnostic input(String tool, String name, String problem) {
        return Diagnostic.error(
                "CLI161", Location.named(tool), name + " " + problem, "ask again with what tools/list says of it");
    }

    static Diagnostic tooLarge(String tool, int most) {
        return Diagnostic.error(
                "CLI162",
                Location.named(tool),
                "answers with more than " + most + " characters",
                "ask for less: one pipeline, one execution, a smaller last or depth");
    }

    static Diagnostic tooLong(String tool, long seconds) {
        return Diagnostic.error(
                "CLI163",
                Location.named(tool),
                "has not answered within " + seconds + " seconds and was ended",
                "ask for less, or call the command itself, which takes its time");
    }
}
