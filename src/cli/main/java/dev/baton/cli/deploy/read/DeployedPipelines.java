package dev.baton.cli.deploy.read;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.util.ArrayList;
import java.util.List;

/// All pipelines of an endpoint, and the state machines that are only called like one's.
///
/// @param all sorted by name
/// @param foreign the names of state machines that begin with the endpoint's prefix and have no start function of
///     Baton's
public record DeployedPipelines(List<DeployedPipeline> all, List<String> foreign) {

    public DeployedPipelines {
        all = List.copyOf(all);
        foreign = List.copyOf(foreign);
    }

    /// Asks the endpoint.
    public static DeployedPipelines of(Endpoint endpoint) {
        var all = new ArrayList<DeployedPipeline>();
        var foreign = new ArrayList<String>();
        for (var name : DeployedPipeline.names(endpoint)) {
            DeployedPipeline.find(endpoint, name)
                    .ifPresentOrElse(
                            all::add, () -> foreign.add(endpoint.prefix().of(name)));
        }
        return new DeployedPipelines(all, foreign);
    }

    /// Their names, sorted.
    public List<String> names() {
        return all.stream().map(DeployedPipeline::pipeline).toList();
    }

    /// The findings about what was passed over.
    public List<Diagnostic> findings() {
        return foreign.stream()
                .map(machine -> Diagnostic.warning(
                        "CLI026",
                        Location.named(machine),
                        "is a state machine called like a pipeline's, but there is no function " + machine
                                + "-start of Baton's: it is passed over",
                        "deploy the pipeline again if a deployment of it was broken off; leave it if it is somebody"
                                + " else's"))
                .toList();
    }
}
