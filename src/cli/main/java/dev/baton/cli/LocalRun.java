package dev.baton.cli;

import dev.baton.cli.deploy.Endpoint;
import dev.baton.cli.follow.Progress;
import dev.baton.cli.follow.RunEvent;
import dev.baton.cli.operate.Follower;
import dev.baton.cli.operate.StartOutcome;
import dev.baton.cli.operate.StartRequest;
import dev.baton.compiler.CompiledFunction;
import dev.baton.compiler.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.task.graph.GraphInstance;
import dev.baton.task.run.Buckets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// One run on the embedded AWS, from the uploads to a copy of the last output.
final class LocalRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalCloud cloud;
    private final Endpoint endpoint;
    private final CompiledPipeline pipeline;
    private final GraphInstance run;
    private final Uploads uploads;
    private final Progress progress;
    private final Buckets buckets;

    LocalRun(LocalCloud cloud, CompiledPipeline pipeline, GraphInstance run, Uploads uploads, Progress progress) {
        this.cloud = cloud;
        this.endpoint = cloud.endpoint();
        this.pipeline = pipeline;
        this.run = run;
        this.uploads = uploads;
        this.progress = progress;
        this.buckets = cloud.buckets(pipeline);
    }

    /// @return whether everything succeeded
    boolean run() throws IOException, InterruptedException {
        cloud.deploy(pipeline);
        var start = pipeline.function(CompiledFunction.Kind.START).name();
        var answers = new StartAnswers(start);
        cloud.aws().lambda().observe(answers);
        var executions = new LinkedHashSet<String>();
        var sent = false;
        for (var uri : Uploads.uris(run)) {
            var object = new Upload(uri, file(uri));
            var unchanged = object.present();
            var version = unchanged.isPresent() ? unchanged.get() : object.put();
            progress.tell(new RunEvent.Uploaded(uri, Files.size(object.file()), unchanged.isPresent()));
            if (unchanged.isEmpty()) {
                sent = true;
                executions.addAll(told(answers.to(version, PATIENCE).orElseThrow(() -> silent(uri, answers))));
            }
        }
        if (!sent) {
            // All uploads are there since an earlier call: no event will come of them.
            var request = new StartRequest(endpoint, pipeline.name(), start);
            executions.addAll(told(List.of(request.start(run.parameters()))));
        }
        return follow(executions);
    }

    private Path file(String uri) {
        return uploads.file(uri)
                .orElseThrow(() -> new DiagnosticException(Diagnostic.error(
                        "CLI004",
                        Location.named(Home.shown(uploads.folder())),
                        "holds no file for " + uri,
                        "put the file there, or name another folder with --data")));
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

    /// Tells what the start function answered.
    ///
    /// @return the ARNs of the executions to follow
    private Set<String> told(List<StartOutcome> outcomes) {
        var executions = new LinkedHashSet<String>();
        for (var outcome : outcomes) {
            progress.tell(outcome.event());
            if (outcome.good()) {
                outcome.execution().ifPresent(executions::add);
            }
        }
        return executions;
    }

    private boolean follow(Set<String> arns) throws IOException, InterruptedException {
        var succeeded = new Follower(endpoint, progress).follow(arns);
        if (succeeded) {
            copyOutput();
        }
        return succeeded;
    }

    private void copyOutput() throws IOException {
        var uri = run.task(pipeline.graph().root()).output().uri();
        var address = buckets.locate(uri);
        var file = Home.outputs(pipeline.name()).resolve(address.key());
        Files.createDirectories(file.getParent());
        try (var in = endpoint.s3()
                .getObject(request -> request.bucket(address.bucket()).key(address.key()))) {
            Files.write(file, in.readAllBytes());
        }
        progress.tell(new RunEvent.Written(uri, Path.of(Home.shown(file))));
    }

    /// A file on its way to the place of an external task's output.
    private final class Upload {
        private final Buckets.Address address;
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
            try {
                return Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
