package dev.baton.cli;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.cli.deploy.Deployment;
import dev.baton.cli.deploy.Endpoint;
import dev.baton.compiler.CompiledFunction;
import dev.baton.compiler.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.lambda.CallbackFunction;
import dev.baton.lambda.PinFunction;
import dev.baton.lambda.StartFunction;
import dev.baton.lambda.TaskFunction;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.LambdaFunction;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The embedded AWS with pipelines on it, whose functions are the deployed handlers, run in this process.
final class LocalCloud implements AutoCloseable {
    /// The bucket for runs and completions.
    static final String STATE_BUCKET = "baton-state";

    private final EmbeddedAws aws;
    private final Endpoint endpoint;
    private final Deployment deployment;

    /// @param port 0 for any free one
    /// @param data where everything is kept; in memory where it is absent
    LocalCloud(int port, @Nullable Path data) {
        this(start(port, data));
    }

    /// @param aws closed with this
    LocalCloud(EmbeddedAws aws) {
        this.aws = aws;
        var account = aws.account();
        var key = aws.administrator();
        endpoint = new Endpoint(aws.endpoint(), account.region(), key.accessKeyId(), key.secretAccessKey());
        var environment = new Deployment.Environment(
                account.id(), account.region(), STATE_BUCKET, Map.of(), Sources.revision(Home.folder()));
        deployment = new Deployment(endpoint, this::publish, environment);
    }

    /// An embedded AWS with nothing on it.
    ///
    /// @throws DiagnosticException CLI008 when the port or the folder is in use
    static EmbeddedAws start(int port, @Nullable Path data) {
        var builder = EmbeddedAws.builder().port(port);
        try {
            return (data == null ? builder : builder.folder(data)).start();
        } catch (UncheckedIOException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI008",
                    Location.named("the embedded AWS"),
                    "cannot start: " + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    "stop what uses its port or folder, or choose another --port or --data"));
        }
    }

    EmbeddedAws aws() {
        return aws;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /// @return the ARN of the alias through which the pipeline is started
    String deploy(CompiledPipeline pipeline) {
        return deployment.put(pipeline);
    }

    private String publish(CompiledFunction function, String roleArn, Map<String, String> environment) {
        var arn = aws.lambda()
                .register(new LambdaFunction(
                        function.name(),
                        roleArn,
                        environment,
                        Duration.ofSeconds(function.timeoutSeconds()),
                        function.memoryMegabytes(),
                        variables -> handler(function.kind(), variables)));
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private static RequestStreamHandler handler(CompiledFunction.Kind kind, Map<String, String> variables) {
        return switch (kind) {
            case TASK -> new TaskFunction(variables);
            case PIN -> new PinFunction(variables);
            case START -> new StartFunction(variables);
            case CALLBACK -> new CallbackFunction(variables);
        };
    }

    @Override
    public void close() {
        endpoint.close();
        aws.close();
    }
}
