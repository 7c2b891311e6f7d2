package dev.baton.cli.local;

import dev.baton.cli.artefact.Provenance;
import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.put.FunctionHost;
import dev.baton.cli.deploy.put.PipelineRemoval;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.graph.ItemNodes;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.Tls;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.run.BucketNames;
import dev.baton.run.Prefix;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The embedded AWS with pipelines on it, whose functions are the deployed handlers.
public final class LocalCloud implements AutoCloseable {
    /// The bucket for runs and completions.
    public static final String STATE_BUCKET = Prefix.BATON.stateBucket();

    private final EmbeddedAws aws;
    private final Endpoint endpoint;
    private final Functions functions;

    /// A runtime for the functions of a pipeline.
    @FunctionalInterface
    public interface Functions {
        FunctionHost of(EmbeddedAws aws, CompiledPipeline pipeline);
    }

    /// With functions in this process.
    ///
    /// @param port 0 for any free one
    /// @param data where everything is kept; in memory where it is absent
    public LocalCloud(int port, @Nullable Path data) {
        this(port, data, LaptopFunctions.JVM);
    }

    public LocalCloud(int port, @Nullable Path data, LaptopFunctions hosting) {
        this(port, data, StandIns.NONE, hosting);
    }

    public LocalCloud(int port, @Nullable Path data, StandIns standIns, LaptopFunctions hosting) {
        // Each call follows an execution of its own, which tells what is fresh.
        this(start(builder(port, standIns).forgetExecutions(), port, data), hosting);
    }

    /// @param aws closed with this; started for the same hosting
    public LocalCloud(EmbeddedAws aws, LaptopFunctions hosting) {
        this(aws, (there, pipeline) -> hosting.of(there, pipeline, ProjectFolder.packages()));
    }

    /// @param aws closed with this
    public LocalCloud(EmbeddedAws aws, Functions functions) {
        this.aws = aws;
        this.functions = functions;
        endpoint = RunningLocal.of(aws).endpoint();
    }

    /// An embedded AWS with nothing on it.
    ///
    /// @throws DiagnosticException CLI008 when the port or the folder is in use
    public static EmbeddedAws start(int port, @Nullable Path data) {
        return start(port, data, false, StandIns.NONE, null);
    }

    /// An embedded AWS with nothing on it.
    ///
    /// @param salvage whether it starts also with a folder that cannot be understood
    /// @param tls answers HTTPS with; HTTP where it is absent
    /// @throws DiagnosticException CLI008 when the port or the folder is in use
    public static EmbeddedAws start(
            int port, @Nullable Path data, boolean salvage, StandIns standIns, @Nullable Tls tls) {
        var builder = builder(port, standIns).held();
        if (salvage) {
            builder.salvage();
        }
        if (tls != null) {
            builder.tls(tls);
        }
        return start(builder, port, data);
    }

    private static EmbeddedAws.Builder builder(int port, StandIns standIns) {
        // Also where functions run in this process: baton deploy uploads theirs.
        return standIns.on(EmbeddedAws.builder().port(port).functions(JavaRuntime.ofThisJvm()));
    }

    private static EmbeddedAws start(EmbeddedAws.Builder builder, int port, @Nullable Path data) {
        try {
            return (data == null ? builder : builder.folder(data)).start();
        } catch (UncheckedIOException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI008",
                    Location.named("the embedded AWS"),
                    "cannot start on " + (port == 0 ? "any port" : "port " + port)
                            + (data == null ? "" : " with the folder " + ProjectFolder.shown(data)) + ": "
                            + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    "stop what uses its port or folder, or choose another --port or --data"));
        }
    }

    public EmbeddedAws aws() {
        return aws;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /// Removes the pipelines that an earlier call put there and that are gone since.
    ///
    /// @param provided the names of all that there are now
    public void removeAllBut(Collection<String> provided) {
        new PipelineRemoval(endpoint, STATE_BUCKET).allBut(provided);
    }

    /// @return the ARN of the alias through which the pipeline is started
    public String deploy(CompiledPipeline pipeline) {
        makeTables(pipeline);
        return deployment(pipeline).put(pipeline);
    }

    /// [#deploy], with a manifest of it.
    public Deployment.Outcome deployRecorded(CompiledPipeline pipeline) {
        makeTables(pipeline);
        return deployment(pipeline).deploy(pipeline, "", InstantSource.system());
    }

    /// The tables of outputs that are items: in an account they are somebody's, here nobody else makes them.
    public void makeTables(CompiledPipeline pipeline) {
        var made = new HashSet<String>();
        pipeline.graph().nodes().stream()
                .flatMap(node ->
                        Stream.concat(node.itemTarget().stream(), node.items().flatMap(ItemNodes::itemTarget).stream()))
                .filter(target -> made.add(target.table()))
                .forEach(endpoint.tables()::make);
    }

    private Deployment deployment(CompiledPipeline pipeline) {
        var account = aws.account();
        var revision = Provenance.of(pipeline).revision();
        return new Deployment(
                endpoint,
                functions.of(aws, pipeline),
                new EnvironmentNames(account.id(), account.region(), STATE_BUCKET, Map.of(), revision));
    }

    /// The buckets that a pipeline's tasks name: on the laptop they have their logical names.
    public BucketNames buckets(CompiledPipeline pipeline) {
        var names = new LinkedHashMap<String, String>();
        pipeline.buckets().forEach(bucket -> names.put(bucket.logical(), bucket.logical()));
        return new BucketNames(names);
    }

    @Override
    public void close() {
        endpoint.close();
        aws.close();
    }
}
