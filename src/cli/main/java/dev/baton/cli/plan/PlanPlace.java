package dev.baton.cli.plan;

import dev.baton.cli.artefact.Provenance;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.CompiledPipeline;
import dev.baton.lambda.plan.RunPlanner;
import dev.baton.run.BucketNames;
import dev.baton.run.PinnedObject;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/// The place that a plan is about: where a pipeline is deployed, or what `baton run` keeps on this machine. Nothing is
/// written there.
public final class PlanPlace implements AutoCloseable {
    private final CompiledPipeline pipeline;
    private final Endpoint endpoint;
    private final String stateBucket;
    private final BucketNames buckets;
    private final AutoCloseable opened;
    private final Map<String, PinnedObject> uploads = new LinkedHashMap<>();

    private PlanPlace(
            CompiledPipeline pipeline,
            Endpoint endpoint,
            String stateBucket,
            BucketNames buckets,
            AutoCloseable opened) {
        this.pipeline = pipeline;
        this.endpoint = endpoint;
        this.stateBucket = stateBucket;
        this.buckets = buckets;
        this.opened = opened;
    }

    /// Where a pipeline is deployed.
    ///
    /// @param endpoint closed with this
    /// @throws dev.baton.diagnostic.DiagnosticException CLI013 when it is not deployed there
    public static PlanPlace deployed(CompiledPipeline pipeline, Endpoint endpoint) {
        var there = DeployedPipeline.of(endpoint, pipeline.name());
        return new PlanPlace(pipeline, endpoint, there.stateBucket(), there.locations(), endpoint);
    }

    /// This machine, as `baton run` left it; with nothing on it where `baton run` was never called. Executions that
    /// are kept there wait.
    public static PlanPlace laptop(CompiledPipeline pipeline) {
        var data = Files.isDirectory(ProjectFolder.data()) ? ProjectFolder.data() : null;
        var cloud = new LocalCloud(LocalCloud.start(0, data), LaptopFunctions.JVM);
        return new PlanPlace(pipeline, cloud.endpoint(), LocalCloud.STATE_BUCKET, cloud.buckets(pipeline), cloud);
    }

    /// Takes for granted that something will have been uploaded.
    public void uploaded(Map<String, PinnedObject> objects) {
        uploads.putAll(objects);
    }

    RunPlanner planner() {
        return new RunPlanner(
                endpoint.s3(), stateBucket, buckets, Provenance.of(pipeline).revision(), uploads);
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
