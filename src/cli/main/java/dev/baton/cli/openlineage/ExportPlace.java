package dev.baton.cli.openlineage;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.lineage.RecordPlace;
import dev.baton.cli.local.LocalCloud;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.run.BucketNames;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The place whose runs are told of: the pipelines that are deployed there, and the buckets with their records.
///
/// @param pipelines by their names; of what `baton run` keeps on this machine there may be records alone
/// @param archives of each state bucket once
public record ExportPlace(
        Endpoint endpoint, Map<String, DeployedPipeline> pipelines, List<RecordArchive> archives, AutoCloseable opened)
        implements AutoCloseable {

    public ExportPlace {
        pipelines = Map.copyOf(pipelines);
        archives = List.copyOf(archives);
    }

    /// What is deployed.
    ///
    /// @param endpoint closed with this
    /// @throws dev.baton.diagnostic.DiagnosticException CLI013 when one of the pipelines is not there
    public static ExportPlace deployed(Endpoint endpoint, Collection<String> names) {
        var pipelines = new LinkedHashMap<String, DeployedPipeline>();
        names.forEach(name -> pipelines.put(name, DeployedPipeline.of(endpoint, name)));
        return new ExportPlace(
                endpoint,
                pipelines,
                pipelines.values().stream()
                        .map(DeployedPipeline::stateBucket)
                        .distinct()
                        .map(bucket -> new RecordArchive(endpoint.s3(), bucket))
                        .toList(),
                endpoint);
    }

    /// What `baton run` keeps on this machine.
    public static ExportPlace laptop(Collection<String> names) {
        var place = RecordPlace.laptop();
        var pipelines = new LinkedHashMap<String, DeployedPipeline>();
        // Its functions are gone with the process that ran them; its state machines and executions are kept.
        var prefix = place.endpoint().prefix();
        for (var machine : place.endpoint()
                .states()
                .listStateMachinesPaginator(request -> {})
                .stateMachines()) {
            names.stream()
                    .filter(name -> prefix.of(name).equals(machine.name()))
                    .forEach(name -> pipelines.put(
                            name,
                            new DeployedPipeline(
                                    name,
                                    machine.stateMachineArn(),
                                    machine.stateMachineArn(),
                                    machine.name(),
                                    LocalCloud.STATE_BUCKET,
                                    Map.of())));
        }
        return new ExportPlace(place.endpoint(), pipelines, List.of(place.archive()), place);
    }

    /// The real buckets of each pipeline.
    Map<String, BucketNames> buckets() {
        var buckets = new LinkedHashMap<String, BucketNames>();
        pipelines.forEach((name, pipeline) -> buckets.put(name, pipeline.locations()));
        return buckets;
    }

    /// The pipeline of a name.
    Optional<DeployedPipeline> pipeline(String name) {
        return Optional.ofNullable(pipelines.get(name));
    }

    @Override
    public void close() throws IOException {
        try {
            opened.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the place of the runs could not be closed", e);
        }
    }
}
