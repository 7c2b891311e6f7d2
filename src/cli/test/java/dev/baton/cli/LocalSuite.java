package dev.baton.cli;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.compiler.pipeline.CompiledPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The embedded AWS as the command makes it, for the suite of all backends.
public final class LocalSuite implements AutoCloseable {
    private final LocalCloud cloud;

    private LocalSuite(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /// Functions run in this process.
    public static LocalSuite inProcess() {
        Call.silenceLogs();
        return new LocalSuite(new LocalCloud(0, null, LaptopFunctions.JVM));
    }

    /// Functions run in processes of their own.
    ///
    /// @param jars the pipeline's own
    public static LocalSuite processes(List<Path> jars) {
        Call.silenceLogs();
        try {
            var packages = Files.createTempDirectory("baton-packages-");
            return new LocalSuite(new LocalCloud(
                    LocalCloud.start(0, null),
                    (aws, pipeline) -> LaptopFunctions.processes(
                            aws, FunctionPackage.of(jars).unpackIn(packages))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Endpoint endpoint() {
        return cloud.endpoint();
    }

    public String stateBucket() {
        return LocalCloud.STATE_BUCKET;
    }

    public String deploy(CompiledPipeline pipeline) {
        return cloud.deploy(pipeline);
    }

    @Override
    public void close() {
        cloud.close();
    }
}
