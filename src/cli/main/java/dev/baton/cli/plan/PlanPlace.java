package dev.baton.cli.plan;

import dev.baton.cli.artefact.Provenance;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.local.UploadFolder;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.graph.GraphInstance;
import dev.baton.lambda.plan.RunPlanner;
import dev.baton.run.BucketNames;
import dev.baton.run.Force;
import dev.baton.run.PinnedObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The place that a plan is about: where a pipeline is deployed, or what `baton run` keeps on this machine. Nothing is
/// written there.
public final class PlanPlace implements AutoCloseable {
    private final CompiledPipeline pipeline;
    private final Endpoint endpoint;
    private final String stateBucket;
    private final BucketNames buckets;
    private final AutoCloseable opened;
    private final @Nullable UploadFolder uploads;
    private final Optional<Force> force;

    private PlanPlace(
            CompiledPipeline pipeline,
            Endpoint endpoint,
            String stateBucket,
            BucketNames buckets,
            @Nullable UploadFolder uploads,
            AutoCloseable opened,
            Optional<Force> force) {
        this.pipeline = pipeline;
        this.endpoint = endpoint;
        this.stateBucket = stateBucket;
        this.buckets = buckets;
        this.uploads = uploads;
        this.opened = opened;
        this.force = force;
    }

    /// The place where a pipeline is deployed.
    ///
    /// @param endpoint closed with this
    /// @throws dev.baton.diagnostic.DiagnosticException CLI013 when it is not deployed there
    public static PlanPlace deployed(CompiledPipeline pipeline, Endpoint endpoint) {
        var there = DeployedPipeline.of(endpoint, pipeline.name());
        return new PlanPlace(
                pipeline, endpoint, there.stateBucket(), there.locations(), null, endpoint, Optional.empty());
    }

    /// This machine, as `baton run` left it; with nothing on it where `baton run` was never called. Executions that
    /// are kept there wait.
    ///
    /// @param uploads the files that would be uploaded first; null where none would
    public static PlanPlace laptop(CompiledPipeline pipeline, @Nullable UploadFolder uploads) {
        var data = Files.isDirectory(ProjectFolder.data()) ? ProjectFolder.data() : null;
        var cloud = new LocalCloud(LocalCloud.start(0, data), LaptopFunctions.JVM);
        return new PlanPlace(
                pipeline,
                cloud.endpoint(),
                LocalCloud.STATE_BUCKET,
                cloud.buckets(pipeline),
                uploads,
                cloud,
                Optional.empty());
    }

    /// The same place, for runs in which some tasks run also where they are fresh.
    public PlanPlace forced(Optional<Force> wish) {
        return new PlanPlace(pipeline, endpoint, stateBucket, buckets, uploads, opened, wish);
    }

    /// Which tasks run also where they are fresh.
    Optional<Force> force() {
        return force;
    }

    /// Whether there are files that would be uploaded.
    public boolean hasUploads() {
        return uploads != null && Files.isDirectory(uploads.folder());
    }

    /// What tells of runs here.
    RunPlanner planner(Map<String, PinnedObject> soon) {
        return new RunPlanner(
                endpoint.s3(), stateBucket, buckets, Provenance.of(pipeline).revision(), soon, endpoint.tables());
    }

    /// The uploads of a run that would come first.
    Map<String, PinnedObject> soon(GraphInstance run) throws IOException {
        return uploads == null ? Map.of() : uploads.objects(run);
    }

    @Override
    public void close() {
        try {
            opened.close();
        } catch (Exception e) {
            throw new IllegalStateException("the place of the plan could not be closed", e);
        }
    }
}
