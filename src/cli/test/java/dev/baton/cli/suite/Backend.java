package dev.baton.cli.suite;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.put.UploadedFunctions;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.run.SourceRevision;
import java.util.Map;

/// An AWS to run the suite on.
abstract class Backend implements AutoCloseable {
    private final String name;

    Backend(String name) {
        this.name = name;
    }

    final String name() {
        return name;
    }

    abstract Endpoint endpoint();

    /// The real name of a logical bucket.
    abstract String bucket(String logical);

    /// @return the ARN of the alias through which the pipeline is started
    abstract String deploy(CompiledPipeline pipeline);

    @Override
    public abstract void close();

    /// Deploys as `baton deploy` does: with uploaded code, through the API alone.
    final String upload(CompiledPipeline pipeline) {
        var state = bucket("state");
        var environment = new EnvironmentNames(
                endpoint().account(),
                endpoint().region(),
                state,
                Map.of("bakery", bucket("bakery")),
                SourceRevision.UNKNOWN);
        var functions = new UploadedFunctions(endpoint(), state, FunctionPackage.of(BakeryJar.alone()));
        return new Deployment(endpoint(), functions, environment).put(pipeline);
    }
}
