package dev.baton.lambda.simulation;

import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.history.EventType;
import dev.baton.json.Json;
import dev.baton.lambda.simulation.Executions.Started;
import dev.baton.lambda.simulation.Shape.Kind;
import dev.baton.lambda.simulation.Shape.Vertex;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold of every schedule, said of plain data: of what stands in the buckets and in Step Functions, of what
/// was seen of the functions from outside, and of the shape, which knows what ought to be.
final class Invariants {
    private static final String URI = "s3://lake/";

    private final World world;
    private final Shape shape;
    private final Map<String, Expected> expected = new HashMap<>();

    Invariants(World world) {
        this.world = world;
        this.shape = world.deployable().shape();
    }

    /// What a run has to do.
    ///
    /// @param contents by task
    private record Expected(Map<String, Vertex> vertices, Map<String, String> contents, Map<String, String> pins) {}

    private static Map<?, ?> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }

    /// What is started once more has the name of the first, and an end of its own.
    private static boolean isOf(String run, Started started) {
        return run.startsWith(started.name() + ".");
    }

    private @Nullable Started execution(String run) {
        for (var started : world.executions().started()) {
            if (isOf(run, started)) {
                return started;
            }
        }
        return null;
    }

    private @Nullable Expected expected(String run) {
        var started = execution(run);
        return started == null ? null : expected.computeIfAbsent(started.name(), name -> expected(started));
    }

    private Expected expected(Started started) {
        var input = object(Json.parse(started.input()));
        var year =
                Integer.parseInt(String.valueOf(object(input.get("parameters")).get("year")));
        var pins = new LinkedHashMap<String, String>();
        var uploads = new HashMap<String, String>();
        object(input.get("inputs")).forEach((uri, version) -> {
            var key = String.valueOf(uri).substring(URI.length());
            pins.put(key, String.valueOf(version));
            var object = world.objects().version(Deployable.LAKE, key, String.valueOf(version));
            uploads.put(key, object == null ? "" : text(object));
        });
        var vertices = new LinkedHashMap<String, Vertex>();
        shape.vertices(year).forEach(vertex -> vertices.put(vertex.task(), vertex));
        return new Expected(vertices, shape.contents(year, uploads), pins);
    }

    private static String text(ObjectStore.Version version) {
        return new String(version.content(), StandardCharsets.UTF_8);
    }

    /// Somebody has a node's task run: what it requires is there. Whoever wakes it too early does harm even where the
    /// task itself finds that out.
    void invoked(String run, String node) {
        var started = execution(run);
        if (started != null) {
            var input = object(Json.parse(started.input()));
            begun(run, world.deployable().task(node, object(input.get("parameters"))));
        }
    }

    /// A task begins: what it requires is there.
    void begun(String run, String task) {
        var started = expected(run);
        if (started == null) {
            world.violated("ran without an execution: " + task + " in " + run);
            return;
        }
        var vertex = started.vertices().get(task);
        if (vertex == null) {
            // An item, which requires nothing of its own.
            return;
        }
        for (var required : vertex.requires()) {
            var input = started.vertices().get(required);
            if (!isThere(input, started)) {
                world.violated("early start: " + task + " begins in " + run + " before the output of " + required
                        + " is committed");
            }
        }
    }

    /// A task begins: what it would make was not made in its run when its function was called, be it forced or not.
    void notDoneYet(String run, LiveInvocation by) {
        var in = expected(run);
        if (in == null) {
            return;
        }
        for (var vertex : in.vertices().values()) {
            if (vertex.task().equals(by.task())) {
                notDoneYet(run, by, vertex.key());
            } else if (vertex.kind() == Kind.EXPANDING) {
                names(vertex, in).stream()
                        .filter(name -> Shape.item(vertex, name).equals(by.task()))
                        .forEach(name -> notDoneYet(run, by, shape.itemKey(vertex, name)));
            }
        }
    }

    private void notDoneYet(String run, LiveInvocation by, String key) {
        for (var version : world.objects().versions(Deployable.LAKE, key)) {
            if (run.equals(version.metadata("baton-run")) && version.number() <= by.since()) {
                world.violated("done again: " + by.task() + " begins in " + run + ", though " + version.id() + " of "
                        + key + " was made in it before");
            }
        }
    }

    private boolean isThere(Vertex vertex, Expected in) {
        var content = in.contents().get(vertex.task());
        if (vertex.kind() != Kind.EXPANDING) {
            return holds(vertex.key(), content);
        }
        return names(vertex, in).stream()
                .allMatch(
                        name -> holds(shape.itemKey(vertex, name), Deeds.content(Shape.item(vertex, name), List.of())));
    }

    private List<String> names(Vertex expanding, Expected in) {
        return in.contents().get(expanding.requires().getFirst()).lines().toList();
    }

    private boolean holds(String key, String content) {
        return world.objects().versions(Deployable.LAKE, key).stream()
                .anyMatch(version -> version.content() != null && text(version).equals(content));
    }

    /// Everything that can be said when nothing happens any more.
    ///
    /// @param years whose uploads are there
    void settle(Iterable<Integer> years) {
        oneExecutionEach();
        tasksOnce();
        newerStays();
        forcedAreMade();
        othersStayFresh();
        readsArePinned();
        nothingHangs();
        nothingSleeps();
        for (var year : years) {
            lastUploadsCount(year);
        }
        recordsMatch();
    }

    private void oneExecutionEach() {
        var seen = new HashMap<String, String>();
        for (var started : world.executions().started()) {
            if (!ForcedClasses.of(shape, started.input()).names().isEmpty()) {
                // Whoever forces something wants it again.
                continue;
            }
            var other = seen.put(started.version() + " " + started.input(), started.name());
            if (other != null) {
                world.violated("two executions: " + other + " and " + started.name() + " of " + started.input());
            }
        }
    }

    private void tasksOnce() {
        var runs = new LinkedHashMap<String, List<Ledger.Body>>();
        for (var body : world.ledger().bodies()) {
            runs.computeIfAbsent(body.task() + " in " + body.run(), any -> new ArrayList<>())
                    .add(body);
        }
        runs.forEach((what, bodies) -> {
            var excused = bodies.stream()
                            .filter(body -> world.ledger().hasFailed(body.by()))
                            .count()
                    + world.ledger().deathsOfHelpers(bodies.getFirst().run());
            if (bodies.size() > 1 + excused) {
                world.violated("ran twice: " + what + " was run " + bodies.size() + " times, though " + excused
                        + " attempts died");
            }
        });
    }

    /// Of every output the versions stand in the order in which their runs started.
    private void newerStays() {
        for (var key : world.objects().keys(Deployable.LAKE)) {
            var last = Instant.MIN;
            for (var version : world.objects().versions(Deployable.LAKE, key)) {
                var started = version.metadata("baton-run-started");
                if (started == null) {
                    continue;
                }
                var now = Instant.parse(started);
                if (now.isBefore(last)) {
                    world.violated("older over newer: " + key + " " + version.id() + " is of a run of " + now
                            + ", written over one of " + last);
                }
                last = now;
                contentIsOfItsRun(key, version);
            }
        }
    }

    /// What a run forces, it or a later one has made anew.
    private void forcedAreMade() {
        for (var started : world.executions().started()) {
            var forced = ForcedClasses.of(shape, started.input());
            if (started.execution().status() != ExecutionStatus.SUCCEEDED || isOutdated(started)) {
                continue;
            }
            var in = expected.computeIfAbsent(started.name(), name -> expected(started));
            for (var vertex : in.vertices().values()) {
                if (!vertex.kind().isUpload() && forced.contains(vertex.task())) {
                    isMadeAnew(vertex.task(), vertex.key(), started);
                }
                if (vertex.kind() == Kind.EXPANDING) {
                    for (var name : names(vertex, in)) {
                        var item = Shape.item(vertex, name);
                        if (forced.contains(item)) {
                            isMadeAnew(item, shape.itemKey(vertex, name), started);
                        }
                    }
                }
            }
        }
    }

    private void isMadeAnew(String task, String key, Started started) {
        var since = started.execution().startDate().truncatedTo(ChronoUnit.MILLIS);
        var isMade = world.objects().versions(Deployable.LAKE, key).stream()
                .map(version -> version.metadata("baton-run-started"))
                .anyMatch(at -> at != null && !Instant.parse(at).isBefore(since));
        if (!isMade) {
            world.violated(
                    "forced in vain: " + started.name() + " forces " + task + ", and " + key + " has no version since");
        }
    }

    /// A task works only where its output is not what it would make, or where that is forced; and for one run only once.
    private void othersStayFresh() {
        var bodies = new HashMap<LiveInvocation, String>();
        world.ledger().bodies().forEach(body -> bodies.put(body.by(), body.task()));
        for (var write : world.ledger().writes()) {
            var task = bodies.get(write.by());
            var started = execution(write.by().run());
            if (task == null || started == null) {
                continue;
            }
            ObjectStore.Version before = null;
            for (var version : world.objects().versions(Deployable.LAKE, write.key())) {
                if (version.id().equals(write.version())) {
                    judge(task, started, before, version);
                }
                before = version;
            }
        }
    }

    private void judge(
            String task, Started started, ObjectStore.@Nullable Version before, ObjectStore.Version written) {
        if (before == null
                || !Objects.equals(before.metadata("baton-fingerprint"), written.metadata("baton-fingerprint"))) {
            return;
        }
        if (!ForcedClasses.of(shape, started.input()).contains(task)) {
            world.violated("ran though it was fresh: " + task + " in " + started.name() + " made " + written.id()
                    + " of what " + before.id() + " was made of");
        } else if (!Instant.parse(String.valueOf(before.metadata("baton-run-started")))
                .isBefore(Instant.parse(String.valueOf(written.metadata("baton-run-started"))))) {
            world.violated("forced twice: " + task + " in " + started.name() + " made " + written.id() + ", though "
                    + before.id() + " was made as late");
        }
    }

    private void contentIsOfItsRun(String key, ObjectStore.Version version) {
        var run = String.valueOf(version.metadata("baton-run"));
        var in = expected(run);
        if (in == null) {
            world.violated("output of no execution: " + key + " " + version.id() + " says that it is of " + run);
            return;
        }
        for (var vertex : in.vertices().values()) {
            if (vertex.key().equals(key)
                    && vertex.kind() != Kind.EXPANDING
                    && !text(version).equals(in.contents().get(vertex.task()))) {
                world.violated("wrong content: " + key + " " + version.id() + " of " + run + " is \"" + text(version)
                        + "\" instead of \"" + in.contents().get(vertex.task()) + "\"");
            }
        }
    }

    private void readsArePinned() {
        var named = new HashMap<String, Set<String>>();
        for (var read : world.ledger().reads()) {
            var run = read.by().run();
            if (read.method().equals("HEAD") || world.ledger().hasWritten(read.by(), read.key())) {
                // It looks whether its own output is there, or writes it anew as it is.
                continue;
            }
            if (read.version() == null) {
                world.violated("read unpinned: " + read.by().label() + " reads whatever version of " + read.key());
                continue;
            }
            var in = expected(run);
            var pin = in == null ? null : in.pins().get(read.key());
            if (pin != null
                    ? !pin.equals(read.version())
                    : !named.computeIfAbsent(run, this::named).contains(read.key() + " " + read.version())) {
                world.violated("read outside its pins: " + read.by().label() + " reads " + read.key() + " "
                        + read.version() + (pin == null ? ", which its run did not make" : " instead of " + pin));
            }
        }
    }

    /// What the tasks of a run say that they have made or found, as key and version.
    private Set<String> named(String run) {
        var found = new HashSet<String>();
        for (var key : world.objects().keys(Deployable.STATE)) {
            if (key.startsWith("runs/" + shape.name() + "/" + run + "/")
                    && (key.contains("/done/") || key.endsWith(".made.json"))) {
                for (var version : world.objects().versions(Deployable.STATE, key)) {
                    collect(Json.parse(text(version)), found);
                }
            }
        }
        return found;
    }

    private static void collect(@Nullable Object json, Set<String> found) {
        if (json instanceof Map<?, ?> map) {
            if (map.get("uri") instanceof String uri && map.get("version") instanceof String version) {
                found.add(uri.substring(URI.length()) + " " + version);
            }
            map.values().forEach(value -> collect(value, found));
        } else if (json instanceof List<?> list) {
            list.forEach(value -> collect(value, found));
        }
    }

    private void nothingHangs() {
        for (var started : world.executions().started()) {
            var execution = started.execution();
            if (execution.status() == ExecutionStatus.RUNNING) {
                world.violated("hangs: " + started.name());
            } else if (execution.status() != ExecutionStatus.SUCCEEDED && !isSuperseded(started)) {
                world.violated("did not succeed: " + started.name() + " is " + execution.status() + ", "
                        + execution.error() + " " + execution.cause());
            }
        }
        for (var child : world.executions().children()) {
            if (child.status() == ExecutionStatus.RUNNING) {
                world.violated("hangs: " + child.arn());
            }
        }
    }

    /// No wake-up is lost: a state's own timeout is what heals that, so it must not be needed where nothing died.
    private void nothingSleeps() {
        for (var run : world.ledger().runs()) {
            var started = execution(run);
            if (started != null
                    && !world.ledger().isTroubled(run)
                    && started.execution().history().stream()
                            .anyMatch(event -> event.type() == EventType.TaskTimedOut)) {
                world.violated(
                        "slept: a state of " + run + " waited until its timeout," + " though nothing died in its run");
            }
        }
    }

    /// Some task of it gave way to a later run, and there is one.
    private boolean isSuperseded(Started started) {
        return world.ledger().superseded().stream().anyMatch(run -> isOf(run, started))
                && world.executions().started().stream()
                        .anyMatch(other -> other.execution()
                                .startDate()
                                .isAfter(started.execution().startDate()));
    }

    /// What is there is what the last uploads give.
    private void lastUploadsCount(int year) {
        var uploads = new HashMap<String, String>();
        var versions = new HashMap<String, String>();
        for (var vertex : shape.vertices(year)) {
            if (vertex.kind().isUpload()) {
                var current = world.objects().current(Deployable.LAKE, vertex.key());
                if (current == null) {
                    return;
                }
                uploads.put(vertex.key(), text(current));
                versions.put(URI + vertex.key(), current.id());
            }
        }
        var done = world.executions().started().stream()
                .filter(started -> started.execution().status() == ExecutionStatus.SUCCEEDED)
                .anyMatch(started ->
                        object(Json.parse(started.input())).get("inputs").equals(versions));
        if (!done) {
            world.violated("never ran: no execution of " + versions + " succeeded");
            return;
        }
        var contents = shape.contents(year, uploads);
        for (var vertex : shape.vertices(year)) {
            var current = world.objects().current(Deployable.LAKE, vertex.key());
            if (!vertex.kind().isUpload()
                    && vertex.kind() != Kind.EXPANDING
                    && (current == null || !text(current).equals(contents.get(vertex.task())))) {
                world.violated("stale: " + vertex.key() + " is not what the last uploads give");
            }
        }
    }

    /// Every output that is there has a record that says just what it is.
    private void recordsMatch() {
        var records = new HashMap<String, Map<?, ?>>();
        world.objects().list(Deployable.STATE, "completions/").forEach((key, version) -> {
            if (key.endsWith(".json")) {
                var record = object(Json.parse(text(version)));
                records.put(String.valueOf(object(record.get("output")).get("uri")), record);
            }
        });
        for (var key : world.objects().keys(Deployable.LAKE)) {
            var current = world.objects().current(Deployable.LAKE, key);
            if (current == null || current.metadata("baton-run") == null) {
                continue;
            }
            var record = records.get(URI + key);
            if (record == null) {
                world.violated("no record: of " + key);
                continue;
            }
            var output = object(record.get("output"));
            var sha256 = HexFormat.of().formatHex(SimulatedS3.sha256(current.content()));
            if (!current.id().equals(output.get("version"))
                    || !sha256.equals(output.get("sha256"))
                    || !String.valueOf(current.metadata("baton-fingerprint")).equals(record.get("fingerprint"))) {
                world.violated("wrong record: of " + key + ": it says " + output + " with fingerprint "
                        + record.get("fingerprint") + ", but the output is " + current.id() + " with " + sha256);
            }
        }
        doneObjects();
    }

    /// Every run that succeeded has done all that it has to do, and says so.
    private void doneObjects() {
        for (var started : world.executions().started()) {
            if (started.execution().status() != ExecutionStatus.SUCCEEDED || isOutdated(started)) {
                continue;
            }
            var in = expected.computeIfAbsent(started.name(), name -> expected(started));
            var made = new HashSet<String>();
            var prefix = "runs/" + shape.name() + "/" + started.name() + ".";
            world.objects().list(Deployable.STATE, prefix).forEach((key, version) -> {
                if (key.contains("/done/")) {
                    collect(Json.parse(text(version)), made);
                }
            });
            for (var vertex : in.vertices().values()) {
                if (vertex.kind().isUpload()) {
                    continue;
                }
                var right = world.objects().versions(Deployable.LAKE, vertex.key()).stream()
                        .filter(version -> made.contains(vertex.key() + " " + version.id()))
                        .anyMatch(version -> vertex.kind() == Kind.EXPANDING
                                || text(version).equals(in.contents().get(vertex.task())));
                if (!right) {
                    world.violated(
                            "not done: " + vertex.task() + " in " + started.name() + ", which succeeded with " + made);
                }
            }
        }
    }

    /// It found that a newer upload has a run of its own.
    private boolean isOutdated(Started started) {
        return world
                .objects()
                .list(Deployable.STATE, "runs/" + shape.name() + "/" + started.name() + ".")
                .keySet()
                .stream()
                .noneMatch(key -> key.endsWith("/pin.json"));
    }
}
