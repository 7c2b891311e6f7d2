package dev.baton.cli.suite;

import dev.baton.cli.deploy.Endpoint;
import dev.baton.compiler.CompiledPipeline;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// LocalStack in a container: the last image that needs no account of theirs.
final class LocalStackBackend extends Backend {
    private static final String IMAGE = "localstack/localstack:4.14.0";

    private final LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE))
            .withServices("s3", "stepfunctions", "lambda", "iam", "sts", "events", "kms", "logs");
    private final Endpoint endpoint;

    LocalStackBackend() {
        super("LocalStack", Map.of(Capability.ENFORCEMENT, "LocalStack's free edition enforces no IAM policy"));
        // Its Lambda starts containers of its own.
        container.withFileSystemBind("/var/run/docker.sock", "/var/run/docker.sock");
        container.start();
        endpoint = new Endpoint(
                container.getEndpoint(), container.getRegion(), container.getAccessKey(), container.getSecretKey());
    }

    /// Why it cannot be had; empty where it can.
    static Optional<String> missing() {
        return DockerClientFactory.instance().isDockerAvailable()
                ? Optional.empty()
                : Optional.of("no Docker runs here");
    }

    @Override
    Endpoint endpoint() {
        return endpoint;
    }

    @Override
    String bucket(String logical) {
        return "baton-" + logical;
    }

    @Override
    String deploy(CompiledPipeline pipeline) {
        return upload(pipeline);
    }

    @Override
    public void close() {
        endpoint.close();
        container.stop();
    }
}
