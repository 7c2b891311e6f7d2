package dev.baton.cli.suite;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.compiler.pipeline.CompiledPipeline;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// LocalStack in a container: the last image that needs no account of theirs.
///
/// Its Lambda starts a container for each function, through the socket of Docker that the container is given by its
/// class, and tells the functions where AWS is by the address that LocalStack's own container has among containers.
/// From here it is a mapped port of the host. Neither is a name that Baton puts into a function's variables.
final class LocalStackBackend extends Backend {
    private static final String IMAGE = "localstack/localstack:4.14.0";

    static final Map<Capability, String> LACKS = Map.of(
            Capability.ENFORCEMENT, "LocalStack's free edition enforces no IAM policy",
            Capability.REDRIVE, "LocalStack answers RedriveExecution with 501");

    /// A runner that has not pulled Lambda's image yet, and shares two cores, takes its time for a JVM's first start.
    private static final String START_SECONDS = "120";

    private final LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE))
            .withServices("s3", "stepfunctions", "lambda", "iam", "sts", "events", "kms", "logs")
            .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", START_SECONDS)
            // Functions of a JVM run on whatever the host is.
            .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1");
    private final Endpoint endpoint;

    LocalStackBackend() {
        super("LocalStack");
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

    /// What it had goes with it; containers of functions bear the session's label, by which Testcontainers finds them.
    @Override
    public void close() {
        endpoint.close();
        container.stop();
    }
}
