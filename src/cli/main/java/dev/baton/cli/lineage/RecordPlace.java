package dev.baton.cli.lineage;

import dev.baton.cli.checks.CheckStore;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.lambda.lineage.RecordArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A state bucket that is asked for its records: where a pipeline is deployed, or what `baton run` keeps on this
/// machine.
public final class RecordPlace implements AutoCloseable {
    private final Endpoint endpoint;
    private final String bucket;
    private final AutoCloseable opened;

    private RecordPlace(Endpoint endpoint, String bucket, AutoCloseable opened) {
        this.endpoint = endpoint;
        this.bucket = bucket;
        this.opened = opened;
    }

    /// Where a pipeline is deployed.
    ///
    /// @param endpoint closed with this
    /// @throws dev.baton.diagnostic.DiagnosticException CLI013 when it is not deployed there
    public static RecordPlace deployed(String pipeline, Endpoint endpoint) {
        return new RecordPlace(endpoint, DeployedPipeline.of(endpoint, pipeline).stateBucket(), endpoint);
    }

    /// This machine, as `baton run` left it; with nothing on it where `baton run` was never called. Executions that
    /// are kept there wait.
    public static RecordPlace laptop() {
        var data = Files.isDirectory(ProjectFolder.data()) ? ProjectFolder.data() : null;
        var cloud = new LocalCloud(LocalCloud.start(0, data), LaptopFunctions.JVM);
        var s3 = cloud.endpoint().s3();
        if (s3.listBuckets().buckets().stream()
                .noneMatch(bucket -> bucket.name().equals(LocalCloud.STATE_BUCKET))) {
            // Where nothing ran yet. A run makes it too.
            s3.createBucket(request -> request.bucket(LocalCloud.STATE_BUCKET));
        }
        return new RecordPlace(cloud.endpoint(), LocalCloud.STATE_BUCKET, cloud);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public RecordArchive archive() {
        return new RecordArchive(endpoint.s3(), bucket);
    }

    /// The checks of revisions that are recorded beside them.
    public CheckStore checks() {
        return new CheckStore(endpoint, bucket);
    }

    /// The file with a copy of these records, [LineageIndex].
    public Path index() {
        return ProjectFolder.lineage(bucket);
    }

    @Override
    public void close() throws IOException {
        try {
            opened.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the place of the records could not be closed", e);
        }
    }
}
