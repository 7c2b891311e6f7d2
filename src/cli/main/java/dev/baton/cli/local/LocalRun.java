package dev.baton.cli.local;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.follow.ProgressReport;
import dev.baton.cli.follow.RunEvent;
import dev.baton.cli.operate.Follower;
import dev.baton.cli.operate.StartRequest;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.graph.GraphInstance;
import dev.baton.graph.RunTriggers;
import dev.baton.name.Arn;
import dev.baton.name.Sha256;
import dev.baton.run.BucketNames;
import dev.baton.run.Force;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// One run on the embedded AWS, from the uploads to a copy of the last output.
public final class LocalRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalCloud cloud;
    private final Endpoint endpoint;
    private final CompiledPipeline pipeline;
    private final GraphInstance run;
    private final UploadFolder uploads;
    private final ProgressReport progress;
    private final Optional<Force> force;
    private final BucketNames buckets;
    private final Set<String> mocksTold;

    /// @param force which tasks run also where they are fresh
    public LocalRun(
            LocalCloud cloud,
            CompiledPipeline pipeline,
            GraphInstance run,
            UploadFolder uploads,
            ProgressReport progress,
            Optional<Force> force) {
        this.cloud = cloud;
        this.endpoint = cloud.endpoint();
        this.pipeline = pipeline;
        this.run = run;
        this.uploads = uploads;
        this.progress = progress;
        this.force = force;
        this.buckets = cloud.buckets(pipeline);
        this.mocksTold = new HashSet<>(cloud.aws().states().mocked().executions());
    }

    /// Deploys the pipeline and runs it.
    ///
    /// @return whether the run that was asked for succeeded
    public boolean run() throws IOException, InterruptedException {
        uploads.needed(run);
        cloud.deploy(pipeline);
        return runDeployed();
    }

    /// Runs the pipeline, which is deployed.
    ///
    /// @return whether the run that was asked for succeeded
    public boolean runDeployed() throws IOException, InterruptedException {
        var needed = uploads.needed(run);
        var start = pipeline.function(CompiledFunction.Kind.START).name();
        var answers = new StartAnswers(start);
        cloud.aws().lambda().observe(answers);
        var outcomes = new OutcomesOfRun(run.parameters(), progress);
        send(needed, answers, outcomes);
        leaveOut(needed.values());
        var request = new StartRequest(endpoint, pipeline.name(), start);
        if (!outcomes.isComplete()) {
            // All uploads are there since an earlier call: no event will come of them.
            outcomes.take(List.of(request.start(run.parameters(), force)));
        } else if (force.isPresent()) {
            // What uploads start forces nothing.
            if (!follow(outcomes.tell())) {
                return false;
            }
            outcomes = new OutcomesOfRun(run.parameters(), progress);
            outcomes.take(List.of(request.start(run.parameters(), force)));
        }
        return follow(outcomes.tell());
    }

    private void leaveOut(Collection<Path> used) {
        var others = uploads.others(used);
        if (!others.isEmpty()) {
            progress.tell(new RunEvent.NotUploaded(others.size(), others.getFirst()));
        }
    }

    private void send(Map<String, Path> needed, StartAnswers answers, OutcomesOfRun outcomes)
            throws IOException, InterruptedException {
        var triggers = new RunTriggers(pipeline.graph());
        var bytes = 0L;
        var before = 0;
        for (var each : needed.entrySet()) {
            var uri = each.getKey();
            var object = new Upload(uri, each.getValue());
            var unchanged = object.present();
            var version = unchanged.isPresent() ? unchanged.get() : object.put();
            var size = Files.size(object.file());
            bytes += size;
            before += unchanged.isPresent() ? 1 : 0;
            progress.tell(new RunEvent.Uploaded(uri, size, unchanged.isPresent(), needed.size()));
            if (unchanged.isEmpty()
                    && triggers.roots(uri, prefix -> Stream.of()).isPresent()) {
                outcomes.take(answers.to(version, PATIENCE).orElseThrow(() -> silent(uri, answers)));
            }
        }
        progress.tell(new RunEvent.UploadsEnded(needed.size(), bytes, before));
    }

    private static DiagnosticException silent(String uri, StartAnswers answers) {
        return new DiagnosticException(Diagnostic.error(
                "CLI006",
                Location.named(uri),
                "was uploaded, but the start function did not answer in " + PATIENCE.toSeconds() + " seconds; "
                        + answers.failure()
                                .map(failure -> "it failed: " + failure)
                                .orElse("it was not invoked"),
                "mend what it says; run again with --fresh if nothing else helps"));
    }

    private boolean follow(Optional<String> execution) throws IOException, InterruptedException {
        var succeeded = execution.isPresent() && new Follower(endpoint, progress).follow(List.of(execution.get()));
        tellMocked();
        if (succeeded) {
            copyOutput();
        }
        return succeeded;
    }

    /// Of the execution and of those that it started.
    private void tellMocked() {
        var answers = cloud.aws().states().mocked();
        answers.executions().stream()
                .filter(mocksTold::add)
                .forEach(arn -> progress.tell(new RunEvent.Mocked(Arn.last(arn), answers.of(arn))));
    }

    private void copyOutput() throws IOException {
        var uri = run.task(pipeline.graph().root()).output().uri();
        var address = buckets.locate(uri);
        var file = ProjectFolder.outputs(pipeline.name()).resolve(address.key());
        Files.createDirectories(file.getParent());
        try (var in = endpoint.s3()
                .getObject(request -> request.bucket(address.bucket()).key(address.key()))) {
            Files.write(file, in.readAllBytes());
        }
        progress.tell(new RunEvent.Written(uri, Path.of(ProjectFolder.shown(file))));
    }

    /// A file on its way to the place of an external task's output.
    private final class Upload {
        private final BucketNames.Address address;
        private final Path file;

        Upload(String uri, Path file) {
            this.address = buckets.locate(uri);
            this.file = file;
        }

        Path file() {
            return file;
        }

        /// The version that has these very bytes, if it is the current one.
        Optional<String> present() throws IOException {
            try {
                var head = endpoint.s3()
                        .headObject(request -> request.bucket(address.bucket())
                                .key(address.key())
                                .checksumMode(ChecksumMode.ENABLED));
                return sha256().equals(head.checksumSHA256()) ? Optional.of(head.versionId()) : Optional.empty();
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        }

        /// @return the new version
        String put() {
            return endpoint.s3()
                    .putObject(
                            request -> request.bucket(address.bucket())
                                    .key(address.key())
                                    .checksumAlgorithm(ChecksumAlgorithm.SHA256),
                            RequestBody.fromFile(file))
                    .versionId();
        }

        private String sha256() throws IOException {
            try (var content = Files.newInputStream(file)) {
                return Sha256.base64(content);
            }
        }
    }
}
