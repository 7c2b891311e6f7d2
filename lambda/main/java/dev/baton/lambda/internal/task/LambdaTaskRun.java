package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.BucketNames;
import dev.baton.run.ItemManifest;
import dev.baton.run.PinnedObject;
import dev.baton.run.TaskInvocation;
import dev.baton.task.Access;
import dev.baton.task.ExpandingTask;
import dev.baton.task.Input;
import dev.baton.task.Surroundings;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Undeclared;
import dev.baton.task.parameter.Parameters;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// The task's view of its run: its inputs in the versions of the run, its output, and AWS through the session of this
/// attempt. Nothing in here knows the function's own credentials.
final class LambdaTaskRun implements TaskRun, AutoCloseable {
    private final ResolvedTask work;
    private final Task task;
    private final TaskInvocation invocation;
    private final String stateBucket;
    private final Map<Task, PinnedObject> inputs;
    private final S3Access s3;
    private final BucketNames buckets;
    private final SpooledOutput output;
    private final SessionClients clients;
    private final AttemptEnd end;
    private final ReadPlaces places = new ReadPlaces();
    private final Secrets secrets;
    private final Surroundings surroundings;

    LambdaTaskRun(
            ResolvedTask work,
            Map<Task, PinnedObject> inputs,
            S3Access s3,
            BucketNames buckets,
            SessionClients clients,
            FunctionEnvironment environment) {
        this.work = work;
        this.task = work.task();
        this.invocation = work.invocation();
        this.stateBucket = environment.stateBucket();
        this.inputs = Collections.unmodifiableMap(inputs);
        this.s3 = s3;
        this.buckets = buckets;
        this.clients = clients;
        this.end = clients.end();
        this.output = new SpooledOutput(task.getClass(), task.output().uri(), end);
        this.secrets = new Secrets(clients.post());
        this.surroundings = environment.surroundings();
    }

    @Override
    public String resolved(String text) {
        return surroundings.in(text);
    }

    @Override
    public Input input(Task required) {
        end.refuse("an input");
        var pinned = inputs.get(required);
        if (pinned == null) {
            throw Undeclared.input(task, required);
        }
        return input(pinned);
    }

    @Override
    public <I extends Record & Task> SequencedMap<I, Input> items(ExpandingTask<I> required) {
        end.refuse("an input");
        var key = work.expandedInputs().get(required);
        if (key == null) {
            throw Undeclared.input(task, required);
        }
        var content = s3.read(stateBucket, key, null);
        if (content == null) {
            throw new IllegalStateException("what the items of " + required + " made is not known in run " + id());
        }
        var items = new LinkedHashMap<I, Input>();
        var parameters = Parameters.of(required.itemClass());
        for (var item : ItemManifest.parse(content.bytes()).items()) {
            items.put(required.itemClass().cast(parameters.parse(item.parameters())), input(item.output()));
        }
        return Collections.unmodifiableSequencedMap(items);
    }

    @Override
    public SpooledOutput output() {
        return output;
    }

    /// Declared or not is decided here, with words; that it really cannot be read is for the role to enforce.
    @Override
    public Input object(String uri) {
        end.refuse("the object " + uri);
        if (task.uses().stream()
                .noneMatch(
                        access -> access instanceof Access.ReadObjects reading && uri.startsWith(reading.prefix()))) {
            throw Undeclared.object(task, uri);
        }
        var address = buckets.locate(uri);
        var found = s3.find(address.bucket(), address.key());
        if (found == null) {
            throw new UncheckedIOException(new FileNotFoundException(uri + " is not there"));
        }
        return input(new PinnedObject(uri, found.version(), found.sha256(), found.checksum(), found.size()));
    }

    @Override
    public List<String> list(String prefix) {
        end.refuse("the keys under " + prefix);
        if (task.uses().stream()
                .noneMatch(access ->
                        access instanceof Access.ListObjects listing && prefix.startsWith(listing.prefix()))) {
            throw Undeclared.listing(task, prefix);
        }
        var address = buckets.locate(prefix);
        return s3.keys(address.bucket(), address.key())
                .map(key -> Objects.requireNonNull(buckets.uri(address.bucket(), key)))
                .toList();
    }

    @Override
    public String secret(String name) {
        end.refuse("the secret " + name);
        var declared = task.uses().stream()
                .filter(access ->
                        access instanceof Access.Secret secret && secret.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Undeclared.secret(task, name));
        return declared instanceof Access.Secret secret && secret.rotation().isPresent()
                ? pinnedVersion(name)
                        .map(version -> secrets.pinned(name, version))
                        .orElseGet(() -> secrets.value(name))
                : secrets.value(name);
    }

    /// The version that this run reads; nothing where it was not there when the run began.
    private Optional<String> pinnedVersion(String secret) {
        var pin = new RunState(s3, stateBucket)
                .pin(invocation.run().pipeline(), invocation.run().run());
        return pin == null
                ? Optional.empty()
                : Optional.ofNullable(pin.secrets().get(secret));
    }

    @Override
    public <C extends AutoCloseable> C client(Class<C> type) {
        return clients.make(type);
    }

    @Override
    public String id() {
        return invocation.run().run();
    }

    @Override
    public Instant startedAt() {
        return invocation.run().startedAt();
    }

    @Override
    public int attempt() {
        return invocation.attempt();
    }

    private S3Input input(PinnedObject pinned) {
        return new S3Input(s3, buckets.locate(pinned.uri()), pinned, end, places);
    }

    /// The problem, as [DataInvalid] where an input cannot be decoded.
    Exception explain(Exception problem) {
        return places.explain(problem);
    }

    /// Refuses the task all that it asks for from now on, and takes no more of its output.
    void end() throws IOException {
        clients.close();
        output.end();
    }

    @Override
    public void close() throws IOException {
        end();
        output.discard();
    }

    /// Without anything that was read or is held.
    @Override
    public String toString() {
        return "the run of " + task;
    }
}
