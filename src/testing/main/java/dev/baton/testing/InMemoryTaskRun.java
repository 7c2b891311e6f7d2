package dev.baton.testing;

import dev.baton.run.ItemManifest;
import dev.baton.task.Access;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.ExpandingTask;
import dev.baton.task.Input;
import dev.baton.task.Output;
import dev.baton.task.Surroundings;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Undeclared;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.parameter.TaskMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A run of one task in memory.
final class InMemoryTaskRun implements TaskRun {
    /// What the embedded AWS has too.
    private static final Surroundings HERE = new Surroundings("aws", "us-east-1", "000000000000");

    private final Task task;
    private final TaskMap<byte[]> inputs;
    private final TaskMap<Boolean> needed = new TaskMap<>();
    private final Map<String, byte[]> objects;
    private final Map<String, String> secrets;
    private final Map<Class<?>, AutoCloseable> clients;
    private final Instant startedAt;
    private final TrialOutput output;

    InMemoryTaskRun(
            Task task,
            TaskMap<byte[]> inputs,
            Map<String, byte[]> objects,
            Map<String, String> secrets,
            Map<Class<?>, AutoCloseable> clients,
            Instant startedAt) {
        this.task = task;
        this.inputs = inputs;
        for (var one : task.requires()) {
            if (!(one instanceof Unneeded)) {
                needed.put(one, true);
            }
        }
        this.objects = new TreeMap<>(objects);
        this.secrets = Map.copyOf(secrets);
        this.clients = Map.copyOf(clients);
        this.startedAt = startedAt;
        this.output = new TrialOutput(task.output().uri());
    }

    TaskTrial.Written written() {
        return output.written(task);
    }

    @Override
    public Input input(Task wanted) {
        if (!needed.containsKey(wanted)) {
            throw Undeclared.input(task, wanted);
        }
        var content = inputs.get(wanted);
        if (content == null) {
            throw new IllegalStateException("the trial of " + task + " was not given " + wanted);
        }
        return new TrialInput(wanted.output().uri(), content);
    }

    @Override
    public <I extends Record & Task> SequencedMap<I, Input> items(ExpandingTask<I> required) {
        try {
            var items = new LinkedHashMap<I, Input>();
            var parameters = Parameters.of(required.itemClass());
            for (var item : ItemManifest.parse(input(required).bytes()).items()) {
                var task = required.itemClass().cast(parameters.parse(item.parameters()));
                var content = inputs.get(task);
                if (content != null) {
                    items.put(task, new TrialInput(task.output().uri(), content));
                }
            }
            return Collections.unmodifiableSequencedMap(items);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public String resolved(String text) {
        return HERE.in(text);
    }

    @Override
    public Input object(String uri) {
        if (uses().noneMatch(use -> use instanceof Access.ReadObjects read && uri.startsWith(read.prefix()))) {
            throw Undeclared.object(task, uri);
        }
        var content = objects.get(uri);
        if (content == null) {
            throw new IllegalStateException("the trial of " + task + " was not given " + uri);
        }
        return new TrialInput(uri, content);
    }

    @Override
    public List<String> list(String prefix) {
        if (uses().noneMatch(use -> use instanceof Access.ListObjects list && prefix.startsWith(list.prefix()))) {
            throw Undeclared.listing(task, prefix);
        }
        return objects.keySet().stream().filter(uri -> uri.startsWith(prefix)).toList();
    }

    @Override
    public String secret(String name) {
        if (uses().noneMatch(access ->
                access instanceof Access.Secret secret && secret.name().equals(name))) {
            throw Undeclared.secret(task, name);
        }
        var value = secrets.get(name);
        if (value == null) {
            throw new IllegalStateException("the trial of " + task + " was not given the secret " + name);
        }
        return value;
    }

    private Stream<Access> uses() {
        return task.uses().stream();
    }

    @Override
    public <C extends AutoCloseable> C client(Class<C> type) {
        var client = clients.get(type);
        if (client == null) {
            throw new IllegalStateException("the trial of " + task + " was not given a " + type.getSimpleName());
        }
        return type.cast(client);
    }

    @Override
    public String id() {
        return "trial";
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public int attempt() {
        return 0;
    }

    private static final class TrialInput implements Input {
        private final String uri;
        private final byte[] content;

        TrialInput(String uri, byte[] content) {
            this.uri = uri;
            this.content = content;
        }

        @Override
        public String uri() {
            return uri;
        }

        @Override
        public String version() {
            return "trial";
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(content);
        }
    }

    private static final class TrialOutput implements Output {
        private final String uri;
        private String contentType = "application/octet-stream";
        private @Nullable ByteArrayOutputStream content;

        TrialOutput(String uri) {
            this.uri = uri;
        }

        @Override
        public String uri() {
            return uri;
        }

        @Override
        public OutputStream stream() {
            if (content != null) {
                throw new IllegalStateException("the stream of " + uri + " was asked for before");
            }
            var stream = new ByteArrayOutputStream();
            content = stream;
            return stream;
        }

        @Override
        public Output contentType(String mediaType) {
            if (content != null) {
                throw new IllegalStateException(
                        "the content type of " + uri + " is said before its stream is asked for");
            }
            contentType = mediaType;
            return this;
        }

        TaskTrial.Written written(Task task) {
            if (content == null) {
                throw new IllegalStateException(task + " wrote no output");
            }
            if (task.output() instanceof DynamoDbTarget item) {
                item.document(content.toByteArray());
            }
            return new TaskTrial.Written(uri, content.toByteArray(), contentType);
        }
    }
}
