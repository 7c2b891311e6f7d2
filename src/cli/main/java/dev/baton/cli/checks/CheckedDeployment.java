package dev.baton.cli.checks;

import dev.baton.cli.artefact.Provenance;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.environment.Environment;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.task.Pipeline;
import java.util.Collection;

/// A deployment to an environment that demands checks.
public final class CheckedDeployment {
    private CheckedDeployment() {}

    /// Refuses pipelines of whose revision a demanded check is lacking; asks nobody where none is demanded.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException ENV040
    public static void require(Environment environment, Endpoint endpoint, Collection<Pipeline> pipelines) {
        var demand = environment.demandedChecks();
        if (demand.names().isEmpty()) {
            return;
        }
        var store = new CheckStore(endpoint, environment.stateBucket().name());
        var findings = new Diagnostics();
        for (var pipeline : pipelines) {
            var provenance = Provenance.of(pipeline.root());
            demand.lack(provenance.revision(), store::read)
                    .ifPresent(lack -> findings.add(Environment.unchecked(
                            environment.name(), pipeline.name(), ProjectFolder.shown(provenance.artefact()), lack)));
        }
        findings.throwIfErrors();
    }
}
