package dev.baton.cli.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.Call;
import dev.baton.cli.WeatherData;
import dev.baton.cli.lineage.LineageGraph.Direction;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.openlineage.OpenLineageGraph;
import dev.baton.cli.openlineage.OpenLineageSchemas;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// The lineage of the example after two runs, between which one of both uploads was replaced by another: what is told
/// of versions is compared with what S3 lists.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineageTest {
    private static final String SEATTLE = "s3://lake/landing/seattle/2012.csv";
    private static final String NEW_YORK = "s3://lake/landing/new-york/2012.csv";
    private static final String REPORT = "s3://lake/reports/2012.html";
    private static final String NORMALS = "s3://lake/normals/seattle/2012.csv";

    @TempDir
    private static Path home;

    private final List<String> tree = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();
    private final List<String> events = new ArrayList<>();
    private @Nullable LocalCloud cloud;

    /// The versions of every object in the lake, the newest first.
    private final Map<String, List<String>> versions = new TreeMap<>();

    private record Edge(String from, String to) {}

    /// A lineage as JSON tells it.
    private record Told(List<String> roots, Map<String, Map<String, @Nullable Object>> nodes, List<Edge> edges) {
        static Told of(LineageGraph graph) {
            var text = new StringWriter();
            LineageJson.print(graph, LineageChecks.NONE, new PrintWriter(text, true));
            var json = Json.parseObject(text.toString());
            var nodes = new TreeMap<String, Map<String, @Nullable Object>>();
            list(json, "nodes")
                    .forEach(node -> nodes.put(String.valueOf(map(node).get("id")), map(node)));
            return new Told(
                    list(json, "roots").stream().map(String::valueOf).toList(),
                    nodes,
                    list(json, "edges").stream()
                            .map(edge -> new Edge(
                                    String.valueOf(map(edge).get("from")),
                                    String.valueOf(map(edge).get("to"))))
                            .toList());
        }

        /// The ids of the nodes of a URI, sorted.
        List<String> of(String uri) {
            return nodes.keySet().stream()
                    .filter(id -> id.startsWith(uri + "?"))
                    .sorted()
                    .toList();
        }

        private static List<?> list(Map<String, @Nullable Object> json, String name) {
            return (List<?>) json.get(name);
        }

        @SuppressWarnings("unchecked")
        private static Map<String, @Nullable Object> map(@Nullable Object json) {
            return (Map<String, @Nullable Object>) json;
        }
    }

    @BeforeAll
    void two_runs() throws IOException {
        WeatherData.copy(home, 2012);
        call("run", "weather", "--year", "2012");
        var file = home.resolve("statemachines/weather/data/seattle/2012.csv");
        Files.writeString(file, Files.readString(file).replaceFirst("12\\.8,5\\.0,4\\.7", "22.8,5.0,4.7"));
        call("run", "weather", "--year", "2012");
        tree.addAll(call("lineage", "WeatherReport", "--year", "2012").lines());
        cut.addAll(call("lineage", SEATTLE, "--depth", "1").lines());
        svg.append(call("lineage", REPORT, "--svg").out());
        events.addAll(call("openlineage", "weather").lines());
        cloud = new LocalCloud(0, home.resolve(".baton/data"));
        cloud.endpoint()
                .s3()
                .listObjectVersions(request -> request.bucket("lake"))
                .versions()
                .forEach(version -> versions.computeIfAbsent("s3://lake/" + version.key(), key -> new ArrayList<>())
                        .add(version.versionId()));
        assertThat(versions.get(SEATTLE)).hasSize(2);
        assertThat(versions.get(NEW_YORK)).hasSize(1);
        assertThat(versions.get(REPORT)).hasSize(2);
    }

    @AfterAll
    void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    /// @param version null for none
    private LineageGraph lineage(String uri, @Nullable String version, @Nullable Direction direction)
            throws IOException {
        return lineage(uri, version, direction, finding -> {
            throw new AssertionError(finding);
        });
    }

    private LineageGraph lineage(
            String uri, @Nullable String version, @Nullable Direction direction, Consumer<Diagnostic> warnings)
            throws IOException {
        return new LineageQuestion(uri, version, direction, Integer.MAX_VALUE)
                .answer(
                        new RecordArchive(
                                Objects.requireNonNull(cloud).endpoint().s3(), LocalCloud.STATE_BUCKET),
                        OutputTemplates.of(List.of(Weather.PIPELINE)),
                        copy(),
                        warnings);
    }

    private static Path copy() {
        return home.resolve(".baton/lineage/baton-state.index");
    }

    private static Call call(String... words) {
        var call = Call.in(home, words);
        assertThat(call.exit()).as(call.err()).isZero();
        assertThat(call.err()).isEmpty();
        return call;
    }

    private String newest(String uri) {
        return uri + "?versionId=" + versions.get(uri).getFirst();
    }

    private String older(String uri) {
        return uri + "?versionId=" + versions.get(uri).get(1);
    }

    @Test
    void a_report_leads_to_the_versions_of_both_uploads_and_no_other() throws IOException {
        var lineage = Told.of(lineage(REPORT, null, null));

        assertThat(lineage.roots()).containsExactly(newest(REPORT));
        assertThat(lineage.of(SEATTLE)).containsExactly(newest(SEATTLE));
        assertThat(lineage.of(NEW_YORK)).containsExactly(newest(NEW_YORK));
        assertThat(lineage.nodes()).hasSize(13);
        assertThat(lineage.edges())
                .contains(new Edge(newest(SEATTLE), newest("s3://lake/clean/seattle/2012.csv")))
                .doesNotHaveDuplicates();
        assertThat(lineage.nodes().get(newest(REPORT)))
                .containsEntry("kind", "made")
                .containsEntry("task", "dev.baton.weather.WeatherReport")
                .containsEntry("isCurrent", true)
                .containsKeys("run", "execution", "revision", "codeHash", "roleSession", "endedAt");
    }

    @Test
    void an_older_version_leads_to_the_older_record_and_the_older_upload() throws IOException {
        var lineage = Told.of(lineage(REPORT, versions.get(REPORT).get(1), null));

        assertThat(lineage.roots()).containsExactly(older(REPORT));
        assertThat(lineage.of(SEATTLE)).containsExactly(older(SEATTLE));
        assertThat(lineage.of(NORMALS)).containsExactly(older(NORMALS));
        assertThat(lineage.of(NEW_YORK)).containsExactly(newest(NEW_YORK));
        assertThat(lineage.nodes().get(older(REPORT))).containsEntry("isCurrent", false);
        assertThat(lineage.nodes().get(older(REPORT)).get("run"))
                .isNotEqualTo(Told.of(lineage(REPORT, null, null))
                        .nodes()
                        .get(newest(REPORT))
                        .get("run"));
    }

    @Test
    void an_upload_leads_to_every_report_that_rests_on_it_and_a_version_of_it_to_its_own() throws IOException {
        assertThat(Told.of(lineage(NEW_YORK, null, null)).of(REPORT))
                .isEqualTo(new TreeSet<>(List.of(newest(REPORT), older(REPORT)))
                        .stream().toList());
        assertThat(Told.of(lineage(SEATTLE, null, Direction.DOWN)).roots())
                .as("without a version, each of them, the newest first")
                .containsExactly(newest(SEATTLE), older(SEATTLE));
        var bad = Told.of(lineage(SEATTLE, versions.get(SEATTLE).get(1), null));
        assertThat(bad.of(REPORT)).containsExactly(older(REPORT));
        assertThat(bad.of(SEATTLE)).containsExactly(older(SEATTLE));
        assertThat(bad.of("s3://lake/clean/new-york/2012.csv")).isEmpty();
    }

    @Test
    void both_ways_tell_the_same_edges() throws IOException {
        var up = Told.of(lineage(REPORT, null, Direction.UP));
        var down = Told.of(lineage(SEATTLE, versions.get(SEATTLE).getFirst(), Direction.DOWN));

        var above = new TreeSet<>(down.nodes().keySet());
        assertThat(down.edges())
                .containsExactlyInAnyOrderElementsOf(up.edges().stream()
                        .filter(edge -> above.contains(edge.from()))
                        .toList());
    }

    @Test
    void the_tree_has_what_is_below_a_node_once_and_ends_where_it_is_told_to() {
        assertThat(tree.getFirst()).isEqualTo("WeatherReport 2012 made " + newest(REPORT));
        assertThat(tree.get(1)).startsWith("│ at 20").contains(" in run weather-2012-", " of weather, code ");
        assertThat(tree.get(2)).startsWith("│ as arn:aws:sts:").contains(" in arn:aws:states:");
        assertThat(tree.getLast()).isEqualTo("11 made by tasks, 2 from outside");
        assertThat(tree.stream().filter(line -> line.contains("MonthlyNormals seattle 2012 made " + newest(NORMALS))))
                .hasSize(3)
                .filteredOn(line -> line.endsWith(" …"))
                .hasSize(2);
        assertThat(tree.stream().filter(line -> line.contains(SEATTLE)))
                .singleElement()
                .asString()
                .endsWith("└─ " + newest(SEATTLE) + ", from outside, 12,192 bytes");
        assertThat(cut)
                .containsExactly(
                        newest(SEATTLE) + ", from outside, 12,192 bytes",
                        "└─ CleanObservations seattle 2012 made " + newest("s3://lake/clean/seattle/2012.csv"),
                        older(SEATTLE) + ", from outside, 12,192 bytes",
                        "└─ CleanObservations seattle 2012 made " + older("s3://lake/clean/seattle/2012.csv")
                                + ", since replaced",
                        "2 made by tasks, 2 from outside; there is more beyond --depth");
    }

    @Test
    @EnabledIfSystemProperty(named = OpenLineageSchemas.PROPERTY, matches = ".+")
    void the_events_are_open_lineages() {
        OpenLineageSchemas.check(events);
    }

    @Test
    void the_events_lead_to_the_same_graph() throws IOException {
        var recorded = new HashSet<OpenLineageGraph.Edge>();
        for (var report : versions.get(REPORT)) {
            Told.of(lineage(REPORT, report, Direction.UP))
                    .edges()
                    .forEach(edge -> recorded.add(new OpenLineageGraph.Edge(edge.from(), edge.to())));
        }
        assertThat(recorded).hasSizeGreaterThan(20);
        assertThat(new OpenLineageGraph(events).edges()).isEqualTo(recorded);
        assertThat(events.stream()
                        .filter(event -> event.contains("\"COMPLETE\"")
                                && event.contains("\"name\":\"clean/seattle/2012.csv\"")))
                .as("what was counted")
                .anySatisfy(event -> assertThat(event)
                        .contains(
                                "\"rowCount\":366",
                                "\"name\":\"precipitation_mm\",\"type\":\"number\"",
                                "\"distinctCount\":366"));
        assertThat(events).as("18 tasks ran, each twice told").hasSize(2 * (11 + 7));
        assertThat(new OpenLineageGraph(events).states("weather.MonthlyNormals").values())
                .containsExactly("COMPLETE", "COMPLETE", "COMPLETE");
    }

    @Test
    void the_picture_has_a_box_a_node() {
        assertThat(svg).startsWith("<svg ").endsWith("</svg>\n").contains("<title>Lineage of " + REPORT + "</title>");
        assertThat(svg.toString().split("<g><title>", -1)).hasSize(13 + 1);
        assertThat(svg).contains("<title>" + newest(SEATTLE) + "</title>");
    }

    @Test
    void the_copy_of_the_records_is_made_anew_where_it_is_damaged_or_gone_and_never_believed_alone()
            throws IOException {
        var before = lineage(SEATTLE, null, Direction.DOWN);
        var lines = Files.readAllLines(copy());
        assertThat(lines)
                .as("all tasks, and again those that Seattle has to do with")
                .hasSize(11 + 7);

        var kept = new ArrayList<>(lines);
        kept.set(0, kept.getFirst().substring(1));
        kept.set(1, kept.get(1).replace("\"year\":\"2012\"", "\"year\":\"2013\""));
        assertThat(kept.get(1)).isNotEqualTo(lines.get(1));
        Collections.swap(kept, 4, 12);
        kept.removeLast();
        Files.write(copy(), kept);
        assertThat(lineage(SEATTLE, null, Direction.DOWN)).isEqualTo(before);
        assertThat(Files.readAllLines(copy())).isEqualTo(lines);

        Files.delete(copy());
        assertThat(lineage(SEATTLE, null, Direction.DOWN)).isEqualTo(before);
        assertThat(Files.readAllLines(copy())).isEqualTo(lines);
    }

    @Test
    void records_that_are_gone_or_cannot_be_read_are_told(@TempDir Path other) throws IOException {
        Objects.requireNonNull(cloud).close();
        copy(home.resolve(".baton/data"), other.resolve(".baton/data"));
        cloud = new LocalCloud(0, home.resolve(".baton/data"));
        try (var cloud = new LocalCloud(0, other.resolve(".baton/data"))) {
            var s3 = cloud.endpoint().s3();
            s3.deleteBucketPolicy(request -> request.bucket(LocalCloud.STATE_BUCKET));
            s3.listObjectVersions(request -> request.bucket(LocalCloud.STATE_BUCKET)
                            .prefix("completions/dev.baton.weather.MonthlyNormals/"))
                    .versions()
                    .forEach(version -> s3.deleteObject(request -> request.bucket(LocalCloud.STATE_BUCKET)
                            .key(version.key())
                            .versionId(version.versionId())));
            s3.putObject(
                    request -> request.bucket(LocalCloud.STATE_BUCKET).key("completions/x/y.json"),
                    RequestBody.fromString("{\"version\": 7}"));
        }

        var up = Call.in(other, "lineage", REPORT);
        assertThat(up.lines().getLast()).isEqualTo("9 made by tasks, 2 from outside, 2 that no record tells of");
        assertThat(up.out()).contains(newest(NORMALS) + ", which no record says who made\n");
        assertThat(up.lines().stream().filter(line -> line.contains(NORMALS)))
                .as("nobody knows what is below it")
                .noneMatch(line -> line.contains("…"));

        var down = Call.in(other, "lineage", SEATTLE);
        assertThat(down.exit()).isZero();
        assertThat(down.out()).doesNotContain(NORMALS);
        assertThat(down.err()).contains("warning CLI056 at completions/x/y.json", "must be 1, but was 7");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    @Test
    void what_is_not_recorded_is_told() {
        assertThatThrownBy(() -> lineage("s3://lake/reports/2013.html", null, null))
                .hasMessageContaining("CLI054");
        assertThatThrownBy(() -> lineage("s3://lake/landing/seattle/2013.csv", null, null))
                .hasMessageContaining("CLI054");
        for (var way : Direction.values()) {
            assertThatThrownBy(() -> lineage(REPORT, "x", way))
                    .hasMessageContaining("CLI055")
                    .hasMessageContaining("is " + versions.get(REPORT).getFirst());
        }
    }
}
