package dev.baton.cli;

import dev.baton.cli.deploy.Endpoint;
import dev.baton.cli.follow.Execution;
import dev.baton.cli.follow.Progress;
import dev.baton.cli.follow.RunEvent;
import dev.baton.compiler.CompiledFunction;
import dev.baton.compiler.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.task.graph.GraphInstance;
import dev.baton.task.run.ExecutionInput;
import dev.baton.task.run.ExecutionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// One run on the embedded AWS, from the uploads to a copy of the last output.
final class LocalRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 40;

    private final LocalCloud cloud;
    private final Endpoint endpoint;
    private final CompiledPipeline pipeline;
    private final GraphInstance run;
    private final Uploads uploads;
    private final Progress progress;

    LocalRun(LocalCloud cloud, CompiledPipeline pipeline, GraphInstance run, Uploads uploads, Progress progress) {
        this.cloud = cloud;
        this.endpoint = cloud.endpoint();
        this.pipeline = pipeline;
        this.run = run;
        this.uploads = uploads;
        this.progress = progress;
    }

    /// @return whether everything succeeded
    boolean run() throws IOException, InterruptedException {
        var alias = cloud.deploy(pipeline);
        var answers =
                new StartAnswers(pipeline.function(CompiledFunction.Kind.START).name());
        cloud.aws().lambda().observe(answers);
        var executions = new LinkedHashSet<String>();
        var versions = new LinkedHashMap<String, String>();
        var sent = false;
        for (var uri : Uploads.uris(run)) {
            var object = new Upload(uri, file(uri));
            var unchanged = object.present();
            var version = unchanged.isPresent() ? unchanged.get() : object.put();
            versions.put(uri, version);
            progress.tell(new RunEvent.Uploaded(uri, Files.size(object.file()), unchanged.isPresent()));
            if (unchanged.isEmpty()) {
                sent = true;
                executions.addAll(told(answers.to(version, PATIENCE).orElseThrow(() -> silent(uri, answers))));
            }
        }
        if (!sent) {
            executions.add(start(alias, versions));
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
    private Set<String> told(List<Map<String, @Nullable Object>> results) {
        var executions = new LinkedHashSet<String>();
        for (var result : results) {
            var name = String.valueOf(result.get("name"));
            var arn = String.valueOf(result.get("execution"));
            switch (String.valueOf(result.get("outcome"))) {
                case "started" -> {
                    progress.tell(new RunEvent.Started(name, arn));
                    executions.add(arn);
                }
                case "running", "succeeded" -> {
                    progress.tell(new RunEvent.Known(name, arn, String.valueOf(result.get("status"))));
                    executions.add(arn);
                }
                case "waiting" -> progress.tell(new RunEvent.Waiting(strings(result.get("for"))));
                case "failed" ->
                    progress.tell(new RunEvent.Ignored(
                            name + " ended " + result.get("status") + ": " + result.get("remedy")));
                case "complete" -> progress.tell(new RunEvent.Ignored(String.valueOf(result.get("reason"))));
                default -> progress.tell(new RunEvent.Ignored(Json.print(result)));
            }
        }
        return executions;
    }

    /// Starts the run for uploads that are all there since an earlier call: no event will come of them.
    private String start(String alias, Map<String, String> versions) {
        var states = endpoint.states();
        var code = states.describeStateMachineAlias(request -> request.stateMachineAliasArn(alias))
                .routingConfiguration()
                .getFirst()
                .stateMachineVersionArn();
        var input = new ExecutionInput(Optional.of(pipeline.name()), run.parameters(), versions);
        var name = ExecutionName.of(pipeline.name(), run.parameters(), versions, code);
        var started = states.startExecution(
                request -> request.stateMachineArn(alias).name(name).input(Json.print(input.toJson())));
        progress.tell(new RunEvent.Started(name, started.executionArn()));
        return started.executionArn();
    }

    private boolean follow(Set<String> arns) throws IOException, InterruptedException {
        var succeeded = !arns.isEmpty();
        for (var arn : arns) {
            var execution = new Execution(endpoint.states(), arn, this::role);
            var ended = execution.follow(progress::tell);
            while (ended.isEmpty()) {
                Thread.sleep(LOOK_MILLIS);
                progress.tick();
                ended = execution.follow(progress::tell);
            }
            succeeded &= ended.get().succeeded();
        }
        if (succeeded) {
            copyOutput();
        }
        return succeeded;
    }

    private Optional<String> role(String state) {
        return pipeline.graph()
                .node(state)
                .flatMap(node -> pipeline.functions().stream()
                        .filter(function -> function.taskClass()
                                .filter(node.taskClass()::equals)
                                .isPresent())
                        .findFirst())
                .map(CompiledFunction::name);
    }

    private void copyOutput() throws IOException {
        var uri = run.task(pipeline.graph().root()).output().uri();
        var address = Address.of(uri);
        var file = Home.outputs(pipeline.name()).resolve(address.key());
        Files.createDirectories(file.getParent());
        try (var in = endpoint.s3()
                .getObject(request -> request.bucket(address.bucket()).key(address.key()))) {
            Files.write(file, in.readAllBytes());
        }
        progress.tell(new RunEvent.Written(uri, Path.of(Home.shown(file))));
    }

    /// A logical URI; on the laptop buckets have their logical names.
    private record Address(String bucket, String key) {
        static Address of(String uri) {
            var path = uri.substring("s3://".length());
            var slash = path.indexOf('/');
            return new Address(path.substring(0, slash), path.substring(slash + 1));
        }
    }

    /// A file on its way to the place of an external task's output.
    private final class Upload {
        private final Address address;
        private final Path file;

        Upload(String uri, Path file) {
            this.address = Address.of(uri);
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

    private static List<String> strings(@Nullable Object array) {
        return array instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
