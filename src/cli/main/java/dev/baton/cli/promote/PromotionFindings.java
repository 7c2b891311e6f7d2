package dev.baton.cli.promote;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.util.List;

/// The wording of findings about promotions.
final class PromotionFindings {
    /// So many differences are told.
    private static final int SHOWN = 5;

    private PromotionFindings() {}

    static DiagnosticException notDeployed(String environment, String pipeline, String problem) {
        return finding(
                "CLI086",
                pipeline,
                "cannot be taken from " + environment + ": " + problem,
                "deploy it there first (baton deploy " + environment + "), and let it prove itself");
    }

    static DiagnosticException otherRuntime(String environment, String pipeline, List<String> jars) {
        return finding(
                "CLI087",
                pipeline,
                "would not be what runs in " + environment + ": of Baton itself another build runs there ("
                        + String.join(", ", jars) + ")",
                "promote with the Baton that deployed " + environment + ", or deploy it there anew with this one");
    }

    /// @param differences what each says
    static DiagnosticException differs(String environment, String pipeline, List<String> differences) {
        return finding(
                "CLI087",
                pipeline,
                "would not be what runs in " + environment + ": " + told(differences),
                "promote with the Baton and the cdk/environments.json that " + environment
                        + " was deployed with, or deploy it there anew");
    }

    static DiagnosticException artefactGone(String environment, String pipeline, String hash, String problem) {
        return finding(
                "CLI088",
                pipeline,
                "its package, of which the functions in " + environment + " are made (" + hash + "), " + problem,
                "deploy it there anew, which leaves its package there");
    }

    /// @param edits what each says
    static DiagnosticException edited(String environment, String pipeline, List<String> edits) {
        return finding(
                "CLI089",
                pipeline,
                "was edited by hand in " + environment + " since it was deployed: " + told(edits),
                "take it back with baton deploy " + environment
                        + ", or make the change where the pipeline is written, and deploy that");
    }

    private static String told(List<String> all) {
        var some = String.join("; ", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() <= SHOWN ? some : some + "; and " + (all.size() - SHOWN) + " more";
    }

    private static DiagnosticException finding(String code, String pipeline, String message, String remedy) {
        return new DiagnosticException(Diagnostic.error(code, Location.named(pipeline), message, remedy));
    }
}
