package dev.baton.testing;

import dev.baton.graph.ItemNodes;
import dev.baton.json.Json;
import dev.baton.run.DataProfile;
import dev.baton.run.ItemManifest;
import dev.baton.run.PinnedObject;
import dev.baton.run.profile.Expectations;
import dev.baton.run.profile.Profiler;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ExternalTask;
import dev.baton.task.ItemDocument;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.parameter.TaskMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Runs one task in memory, for unit tests: with given inputs, under the rules of a real run.
///
/// ```java
/// var written = TaskTrial.of(new CleanObservations(SEATTLE, Year.of(2012)))
///         .given(new Observations(SEATTLE, Year.of(2012)), "date,rain\n2012-01-01,0.5\n")
///         .run();
/// assertThat(written.text()).startsWith("date,rain\n");
/// ```
///
/// What the task does not declare it cannot reach: an input that `requires()` does not name throws [Undeclared], as
/// it does in an account.
public final class TaskTrial {
    private final Task task;
    private final TaskMap<byte[]> inputs = new TaskMap<>();
    private final Map<String, byte[]> objects = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final Map<Class<?>, AutoCloseable> clients = new HashMap<>();
    private Instant startedAt = Instant.parse("2026-01-01T00:00:00Z");

    private TaskTrial(Task task) {
        this.task = task;
    }

    /// @throws IllegalArgumentException for an external task, which has nothing to run
    public static TaskTrial of(Task task) {
        if (task instanceof ExternalTask || task instanceof Unneeded) {
            throw new IllegalArgumentException(task + " has nothing to run");
        }
        return new TaskTrial(task);
    }

    /// The output of a required task.
    public TaskTrial given(Task required, byte[] content) {
        inputs.put(required, content.clone());
        return this;
    }

    /// The output of a required task, as UTF-8.
    public TaskTrial given(Task required, String content) {
        return given(required, content.getBytes(StandardCharsets.UTF_8));
    }

    /// The outputs of the items into which a required task expanded, as UTF-8.
    public <I extends Record & Task> TaskTrial given(ExpandingTask<I> required, Map<I, String> outputs) {
        var items = new ArrayList<ItemManifest.Item>();
        outputs.forEach((item, content) -> {
            given(item, content);
            var size = content.getBytes(StandardCharsets.UTF_8).length;
            var output = new PinnedObject(item.output().uri(), "trial", null, size);
            items.add(new ItemManifest.Item(Parameters.of(item.getClass()).print(item), output));
        });
        return given(required, Json.bytes(new ItemManifest(items).content()));
    }

    /// An object that no task makes.
    ///
    /// @param uri logical
    public TaskTrial object(String uri, byte[] content) {
        objects.put(uri, content.clone());
        return this;
    }

    /// The value of a secret.
    public TaskTrial secret(String name, String value) {
        secrets.put(name, value);
        return this;
    }

    /// What stands for a client of the AWS SDK.
    public <C extends AutoCloseable> TaskTrial client(Class<C> type, C client) {
        clients.put(type, client);
        return this;
    }

    /// When the run started; the beginning of 2026 if nothing is said.
    public TaskTrial startedAt(Instant time) {
        startedAt = time;
        return this;
    }

    /// Runs the task, and holds what it wrote against what its class expects of it.
    ///
    /// @return what would have been committed
    /// @throws Undeclared when the task reaches for what it does not declare
    /// @throws IllegalStateException when it required an input that this trial was not given, or wrote nothing
    /// @throws dev.baton.task.DataInvalid when what it wrote is not what an `@Expect` allows (TSK089)
    /// @throws Exception whatever the task throws; nothing would have been committed
    public Written run() throws Exception {
        var run = new InMemoryTaskRun(task, inputs, objects, secrets, clients, startedAt);
        task.run(run);
        var written = run.written();
        Expectations.of(task.getClass()).require(written.uri(), written.profile(task.getClass()));
        return written;
    }

    /// Expands an [ExpandingTask] instead of running it.
    ///
    /// @return its items, without doubles
    /// @throws dev.baton.diagnostic.DiagnosticException when an item is not one that may be (RUN012)
    /// @throws Exception whatever the task throws
    public SequencedSet<Task> items() throws Exception {
        if (!(task instanceof ExpandingTask<?> expanding)) {
            throw new IllegalStateException(task + " does not expand");
        }
        var run = new InMemoryTaskRun(task, inputs, objects, secrets, clients, startedAt);
        try (var expanded = expanding.expand(run)) {
            var items = new LinkedHashSet<Task>(expanded.toList());
            new ItemNodes(expanding.itemClass(), List.copyOf(items), 1, 0).list(task, items.stream());
            return items;
        }
    }

    /// The outputs that a task wrote.
    public static final class Written {
        private final String uri;
        private final byte[] content;
        private final String contentType;

        Written(String uri, byte[] content, String contentType) {
            this.uri = uri;
            this.content = content;
            this.contentType = contentType;
        }

        /// The logical address.
        public String uri() {
            return uri;
        }

        /// As the task said, or `application/octet-stream`.
        public String contentType() {
            return contentType;
        }

        private @Nullable DataProfile profile(Class<?> type) {
            var profiler = Profiler.of(type, uri, contentType);
            if (profiler == null) {
                return null;
            }
            profiler.write(content, 0, content.length);
            return profiler.finish();
        }

        /// The content.
        public byte[] bytes() {
            return content.clone();
        }

        /// The attributes of an item that [dev.baton.task.Output#item] wrote, beyond its key: integers that fit are
        /// `Long`, other numbers [java.math.BigDecimal].
        public Map<String, @Nullable Object> item() {
            return ItemDocument.parse(content).values();
        }

        /// The content as UTF-8.
        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }
}
