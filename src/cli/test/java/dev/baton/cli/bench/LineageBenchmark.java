package dev.baton.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.baton.cli.lineage.LineageChecks;
import dev.baton.cli.lineage.LineageGraph;
import dev.baton.cli.lineage.LineageGraph.Direction;
import dev.baton.cli.lineage.LineageIndex;
import dev.baton.cli.lineage.LineageJson;
import dev.baton.cli.lineage.LineageQuestion;
import dev.baton.cli.lineage.OutputTemplates;
import dev.baton.cli.local.LocalCloud;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.graph.CheckedGraph;
import dev.baton.json.Json;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.lambda.plan.OutputTables;
import dev.baton.lambda.plan.RunPlanner;
import dev.baton.name.Sha256;
import dev.baton.run.BucketNames;
import dev.baton.run.CompletionRecord;
import dev.baton.run.PinnedObject;
import dev.baton.run.SourceRevision;
import dev.baton.run.StateKeys;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.template.Template;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// How long lineage takes over many records, and how much memory. A station has 33 tasks that follow from its
/// upload and from a calendar that all stations read; one last task reads all stations. The embedded AWS is in the
/// same process, and takes its share of the processors; every question is asked once, of code that has not run
/// before, as the command asks it. Wall time is compared on a machine that does nothing else; processor time, which
/// a busy one distorts less, of two.
///
/// `.ci/bench -XX:+UseSerialGC -XX:TieredStopAtLevel=1 dev.baton.cli.bench.LineageBenchmark`, as `./baton` runs it,
/// with the number of records behind it, else 10000.
public final class LineageBenchmark {
    private static final int RECORDS = 10_000;
    private static final int PARTS = 20;
    private static final int WRITERS = 16;
    private static final PinnedObject CALENDAR = upload("s3://lake/calendar.csv");

    private LineageBenchmark() {}

    /// Prints a line a question.
    public static void main(String[] arguments) throws Exception {
        var records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : RECORDS;
        var stations = Math.max(1, (records - 1) / Stations.STEPS);
        var folder = Files.createTempDirectory("lineage");
        try (var cloud = new LocalCloud(0, null)) {
            var s3 = cloud.endpoint().s3();
            s3.createBucket(request -> request.bucket(LocalCloud.STATE_BUCKET));
            s3.putBucketVersioning(request -> request.bucket(LocalCloud.STATE_BUCKET)
                    .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
            write(s3, stations);
            System.out.printf(Locale.ROOT, "%,d records%n", stations * Stations.STEPS + 1);
            var copy = folder.resolve("copy.jsonl");
            ask(
                    "one output's, up",
                    s3,
                    copy,
                    new Stations.Step(stations / 2, Stations.STEPS - 1).output().uri(),
                    Direction.UP);
            ask("all of it, down, without a copy", s3, copy, CALENDAR.uri(), Direction.DOWN);
            ask("all of it, down, with a copy", s3, copy, CALENDAR.uri(), Direction.DOWN);
            ask(
                    "one upload's, down, with a copy",
                    s3,
                    copy,
                    landing(stations / 2).uri(),
                    Direction.DOWN);
            ask("all of it, up", s3, copy, new Stations.Whole().output().uri(), Direction.UP);
            var before = used();
            try (var index =
                    LineageIndex.of(new RecordArchive(s3, LocalCloud.STATE_BUCKET), copy, LineageBenchmark::fail)) {
                System.out.printf(
                        Locale.ROOT,
                        "the copy has %,d KiB, and what is held of it %,d KiB%n",
                        Files.size(copy) / 1_024,
                        Math.max(0, used() - before) / 1_024);
                Reference.reachabilityFence(index);
            }
            Files.delete(copy);
            plan(s3, cloud.endpoint().tables(), stations / 2);
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static void ask(String what, S3Client s3, Path copy, String uri, @Nullable Direction direction)
            throws IOException {
        var before = used();
        var processor = processorNanos();
        var started = System.nanoTime();
        var graph = new LineageQuestion(uri, null, direction, Integer.MAX_VALUE)
                .answer(
                        new RecordArchive(s3, LocalCloud.STATE_BUCKET),
                        new OutputTemplates(List.of(
                                Template.of("s3://lake/steps/{station}/{step}.csv", Stations.Step.class),
                                Template.of("s3://lake/whole.csv", Stations.Whole.class))),
                        copy,
                        LineageBenchmark::fail);
        LineageJson.print(graph, LineageChecks.NONE, new PrintWriter(Writer.nullWriter()));
        var millis = (System.nanoTime() - started) / 1_000_000;
        System.out.printf(
                Locale.ROOT,
                "%-34s %,7d ms, %,7d ms of processors  %,7d nodes  %,7d edges  %,6d KiB%n",
                what,
                millis,
                (processorNanos() - processor) / 1_000_000,
                graph.nodes().size(),
                edges(graph),
                Math.max(0, used() - before) / 1_024);
        if (graph.isCut()) {
            throw new IllegalStateException("not all of it");
        }
    }

    /// The plan of one run: its outputs are there, and its records among those of all others.
    private static void plan(S3Client s3, OutputTables tables, int station) {
        s3.createBucket(request -> request.bucket("lake"));
        for (var step = 0; step < Stations.STEPS; step++) {
            var key = "steps/" + station + "/" + step + ".csv";
            s3.putObject(request -> request.bucket("lake").key(key), RequestBody.fromString("data"));
        }
        var processor = processorNanos();
        var started = System.nanoTime();
        var graph =
                CheckedGraph.of(Pipeline.of("stations", Stations.Station.class)).orThrow();
        var planned = new RunPlanner(
                        s3,
                        LocalCloud.STATE_BUCKET,
                        new BucketNames(Map.of("lake", "lake")),
                        SourceRevision.UNKNOWN,
                        Map.of(),
                        tables)
                .plan(graph.instance(Map.of("station", Integer.toString(station))));
        System.out.printf(
                Locale.ROOT,
                "%-34s %,7d ms, %,7d ms of processors  %,7d tasks%n",
                "plan of a run",
                (System.nanoTime() - started) / 1_000_000,
                (processorNanos() - processor) / 1_000_000,
                planned.size());
    }

    private static void fail(Diagnostic finding) {
        throw new IllegalStateException(finding.toString());
    }

    private static long edges(LineageGraph graph) {
        return graph.next().values().stream().mapToLong(List::size).sum();
    }

    /// Of all threads, the embedded AWS's and the compiler's too.
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void write(S3Client s3, int stations) throws InterruptedException {
        var records = new ArrayList<CompletionRecord>();
        for (var station = 0; station < stations; station++) {
            for (var step = 0; step < Stations.STEPS; step++) {
                records.add(record(
                        new Stations.Step(station, step),
                        step == 0
                                ? List.of(landing(station), CALENDAR)
                                : step < 2
                                        ? List.of(made(new Stations.Step(station, 0)))
                                        : List.of(
                                                made(new Stations.Step(station, step - 1)),
                                                made(new Stations.Step(station, step / 2)))));
            }
        }
        records.add(record(
                new Stations.Whole(),
                IntStream.range(0, stations)
                        .mapToObj(station -> made(new Stations.Step(station, Stations.STEPS - 1)))
                        .toList()));
        var writers = new ArrayList<Thread>();
        for (var writer = 0; writer < WRITERS; writer++) {
            var first = writer;
            writers.add(Thread.ofPlatform().start(() -> {
                for (var i = first; i < records.size(); i += WRITERS) {
                    put(s3, records.get(i));
                }
            }));
        }
        for (var writer : writers) {
            writer.join();
        }
    }

    private static void put(S3Client s3, CompletionRecord record) {
        var type = record.task().endsWith("Step") ? Stations.Step.class : Stations.Whole.class;
        s3.putObject(
                request -> request.bucket(LocalCloud.STATE_BUCKET).key(StateKeys.completion(type, record.parameters())),
                RequestBody.fromBytes(Json.bytes(record.toJson())));
    }

    private static CompletionRecord record(Task task, List<PinnedObject> inputs) {
        var code = new TreeMap<String, String>();
        for (var part = 0; part < PARTS; part++) {
            code.put("class dev.baton.example.station.Part" + part, sha256("part " + part));
        }
        var now = Instant.parse("2026-11-22T04:52:08.123Z");
        var name = "stations-0f1c2a6d9b7e4c3f8a5d";
        return new CompletionRecord(
                task.getClass().getName(),
                Parameters.of(task.getClass()).print(task),
                "stations",
                "arn:aws:states:eu-central-1:000000000000:execution:baton-stations:" + name,
                name + ".20261122T045208123Z",
                now,
                made(task),
                inputs,
                sha256(task.toString()),
                sha256("code"),
                code,
                List.of(),
                Map.of(),
                new SourceRevision("git", sha256("revision").substring(0, 40), "main", false),
                "arn:aws:sts::000000000000:assumed-role/baton-stations-Step/" + sha256(task.toString()),
                now,
                now.plusSeconds(1),
                1,
                null);
    }

    private static PinnedObject landing(int station) {
        return upload("s3://lake/landing/" + station + ".csv");
    }

    private static PinnedObject made(Task task) {
        return upload(task.output().uri());
    }

    private static PinnedObject upload(String uri) {
        return new PinnedObject(uri, sha256("version " + uri).substring(0, 32), sha256(uri), 12_345);
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }
}
