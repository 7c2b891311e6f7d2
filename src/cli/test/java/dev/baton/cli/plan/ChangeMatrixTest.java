package dev.baton.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LocalCloud;
import dev.baton.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;

/// The matrix of changes: what is changed in a project and its data, and which tasks run then; that `plan` says before
/// what the run says after, word by word. With a real repository of Git, and of Mercurial where it is installed.
class ChangeMatrixTest {
    private static final String ALL = "CityComparison CleanObservations×2 Extremes×2 MonthlyNormals×2 WeatherReport"
            + " WeatherSummary WetSpells×2";
    private static final Map<String, Climate> MADE = new ConcurrentHashMap<>();

    @TempDir
    private static Path folder;

    @TempDir
    private Path own;

    /// A change to a project or to its data.
    @FunctionalInterface
    private interface Change {
        void to(Climate climate) throws Exception;
    }

    /// A row of the matrix.
    ///
    /// @param due the tasks that have to run, such as `Extremes×2 WeatherReport`
    /// @param why a part of the sentence about each of them
    private record Row(String name, String due, String why, boolean isCode, Change change) {
        static Row code(String name, String due, String why, Change change) {
            return new Row(name, due, why, true, change);
        }

        static Row data(String name, String due, String why, Change change) {
            return new Row(name, due, why, false, change);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Rows that are no matter to each other are tried together, to save time.
    private static final List<List<Row>> MATRIX = List.of(
            List.of(
                    Row.code("a comment", "", "", edit("CleanObservations", text -> "// seen\n" + text)),
                    Row.code("formatting", "", "", edit("Row", text -> text.replace(";\n", ";\n\n"))),
                    Row.code(
                            "a declaration",
                            "",
                            "",
                            edit(
                                    "Extremes",
                                    text -> text.replace("@Intent", "@dev.baton.task.Compute(memory = 2048) @Intent"))),
                    Row.code(
                            "a task that asks only whether its output exists",
                            "",
                            "",
                            edit(
                                    "WetSpells",
                                    text -> text.replace("@Intent", "@CompleteWhen(CompleteWhen.Rule.EXISTS) @Intent")
                                            .replace("import dev.baton.task.Task;", "import dev.baton.task.*;")
                                            .replace(
                                                    "Tables.SPELLS.write(",
                                                    "List.of(1).size(); Tables.SPELLS.write("))),
                    Row.code(
                            "a parameter's default",
                            "MonthlyNormals×2 CityComparison WeatherReport WeatherSummary",
                            "class MonthlyNormals changed",
                            edit("MonthlyNormals", text -> text.replace("Year.of(2012)", "Year.of(2013)"))),
                    Row.code(
                            "an unrelated file",
                            "",
                            "",
                            climate -> climate.write("own/weather/Unused.java", "class Unused {}"))),
            List.of(
                    Row.code(
                            "the helper of one task",
                            "WeatherReport",
                            "class Html changed",
                            edit(
                                    "Html",
                                    text -> text.replace(
                                            "private Html() {}", "private Html() { Limit.class.getName(); }"))),
                    Row.code(
                            "an inlined constant",
                            "Extremes×2",
                            "class Extremes changed",
                            edit("Limit", text -> text.replace("10", "11"))),
                    Row.code(
                            "how a task runs",
                            "CleanObservations×2",
                            "class CleanObservations changed",
                            edit(
                                    "CleanObservations",
                                    text -> text.replace(
                                            "requireEveryDay(file, days);",
                                            "requireEveryDay(file, days); requireEveryDay(file, days);")))),
            List.of(
                    Row.code(
                            "a resource",
                            "WeatherReport",
                            "resource own/weather/style.css changed",
                            climate -> climate.write("own/weather/style.css", "body { margin: 0 }")),
                    Row.code(
                            "a newer library",
                            "Extremes×2",
                            "jar units-1.0.jar (now units-1.1.jar) changed",
                            climate -> climate.library("1.1", "Thread.onSpinWait();")),
                    Row.code(
                            "the order of requires",
                            "WeatherSummary",
                            "class WeatherSummary changed",
                            edit(
                                    "WeatherSummary",
                                    text -> text.replace(
                                            "Stream.concat(Stream.of(comparison()), cities().stream().flatMap(city -> city.all().stream()))",
                                            "Stream.concat(cities().stream().flatMap(city -> city.all().stream()), Stream.of(comparison()))")))),
            List.of(Row.code(
                    "the helper of all",
                    ALL,
                    "class Row changed",
                    edit("Row", text -> text.replaceFirst("\\{\n", "{\n    static void unused() {}\n")))),
            List.of(Row.code(
                    "another name of a class",
                    "CityComparison Spells×2 WeatherReport WeatherSummary",
                    "",
                    climate -> climate.rename("WetSpells", "Spells"))),
            List.of(Row.data("an input with other bytes", "CleanObservations", " changed, 12,", climate -> {
                var file = climate.data("seattle");
                Files.writeString(file, Files.readString(file).replaceFirst("12\\.8,5\\.0,4\\.7", "12.8,5.0,4.8"));
            })),
            List.of(
                    Row.data(
                            "an input uploaded anew",
                            "",
                            "",
                            climate -> put(
                                    climate, "landing/seattle/2012.csv", Files.readString(climate.data("seattle")))),
                    Row.data(
                            "configuration",
                            "MonthlyNormals×2",
                            "what it uses as rules changed from sha256:",
                            climate -> Files.writeString(climate.rules(), "2")),
                    Row.data(
                            "an output that is deleted",
                            "Extremes",
                            "is not there any more",
                            climate -> put(climate, "extremes/seattle/2012.csv", null)),
                    Row.data(
                            "an output that is overwritten",
                            "WetSpells",
                            "was changed by another hand",
                            climate -> put(climate, "spells/seattle/2012.csv", "first,days,total_mm\n"))));

    static Stream<List<Row>> groups() {
        return Boolean.getBoolean("baton.thorough")
                ? MATRIX.stream().flatMap(List::stream).map(List::of)
                : MATRIX.stream();
    }

    /// What a revision has to do with.
    static Stream<List<Row>> groupsOfCode() {
        return groups().filter(rows -> rows.stream()
                .anyMatch(row -> Boolean.getBoolean("baton.thorough")
                        ? row.isCode()
                        : row.name().equals("how a task runs")));
    }

    private static Change edit(String type, UnaryOperator<String> change) {
        return climate -> climate.edit(type, change);
    }

    private static void put(Climate climate, String key, @Nullable String content) {
        try (var cloud = new LocalCloud(0, climate.home().resolve(".baton/data"))) {
            // Nobody but the tasks may write their outputs.
            cloud.endpoint().s3().deleteBucketPolicy(request -> request.bucket("climate"));
            if (content == null) {
                cloud.endpoint()
                        .s3()
                        .deleteObject(request -> request.bucket("climate").key(key));
            } else {
                cloud.endpoint()
                        .s3()
                        .putObject(
                                request -> request.bucket("climate").key(key).checksumAlgorithm("SHA256"),
                                RequestBody.fromString(content));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void in_a_git_repository(List<Row> rows) throws Exception {
        judge("git", rows);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groupsOfCode")
    void in_a_mercurial_repository(List<Row> rows) throws Exception {
        judge("hg", rows);
    }

    private void judge(String system, List<Row> rows) throws Exception {
        Assumptions.assumeTrue(isThere(system), system + " is not installed");
        var climate = made(system).copy(own);
        for (var row : rows) {
            row.change().to(climate);
        }
        if (rows.getFirst().isCode()) {
            climate.build();
        }
        var due = new TreeMap<String, Integer>();
        rows.forEach(row -> due.putAll(names(row.due())));

        var planned = planned(climate);
        var ran = ran(climate);

        assertThat(names(planned, "run")).as("planned").isEqualTo(due);
        for (var row : rows) {
            assertThat(planned.values())
                    .filteredOn(task -> names(row.due()).containsKey(task.name().split(" ")[0])
                            && task.outlook().equals("run"))
                    .allSatisfy(task -> assertThat(task.sentence()).contains(row.why()));
        }
        planned.forEach((node, task) -> {
            var end = ran.get(node);
            assertThat(end).as(node).isNotNull();
            switch (task.outlook()) {
                case "run" -> {
                    assertThat(end.outcome()).as(node).isEqualTo("RAN");
                    assertThat(task.sentence()).isEqualTo(task.name() + " would run: " + end.why());
                }
                case "fresh" -> assertThat(end.outcome()).as(node).isEqualTo("SKIPPED");
                default -> {
                    assertThat(task.outlook()).isEqualTo("depends");
                    if (end.outcome().equals("RAN")) {
                        assertThat(end.why()).as(node).startsWith("its input ").contains(" changed");
                    }
                }
            }
        });
        if (rows.getFirst().isCode() || !due.containsKey("CleanObservations")) {
            assertThat(names(ran.entrySet().stream()
                            .filter(task -> task.getValue().outcome().equals("RAN"))
                            .map(Map.Entry::getKey)))
                    .as("what comes out equal stops there")
                    .isEqualTo(due);
        } else {
            assertThat(names(ran.entrySet().stream()
                            .filter(task -> task.getValue().outcome().equals("RAN"))
                            .map(Map.Entry::getKey)))
                    .as("what comes out different does not")
                    .containsKeys("CleanObservations", "MonthlyNormals", "WetSpells", "Extremes");
        }
    }

    private static Climate made(String system) {
        return MADE.computeIfAbsent(system, any -> {
            try {
                var climate = Climate.in(folder.resolve(system), system);
                var first = climate.baton("run", "climate", "--year", "2012");
                assertThat(first.exit()).as(first.out() + first.err()).isZero();
                return climate;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static boolean isThere(String system) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, system)));
    }

    private record Planned(String name, String outlook, String sentence) {}

    private record Ran(String outcome, String why) {}

    private static Map<String, Planned> planned(Climate climate) {
        var plan = climate.baton("plan", "climate", "--year", "2012", "--json");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
        var tasks = new LinkedHashMap<String, Planned>();
        for (var line : plan.lines()) {
            var json = Json.parseObject(line);
            if (json.get("outlook") instanceof String outlook) {
                tasks.put(
                        String.valueOf(json.get("node")),
                        new Planned(String.valueOf(json.get("task")), outlook, String.valueOf(json.get("sentence"))));
            }
        }
        return tasks;
    }

    private static Map<String, Ran> ran(Climate climate) {
        var run = climate.baton("run", "climate", "--year", "2012", "--json");
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        var tasks = new LinkedHashMap<String, Ran>();
        for (var line : run.lines()) {
            var json = Json.parseObject(line);
            if ("taskEnded".equals(json.get("event"))) {
                tasks.put(
                        String.valueOf(json.get("node")),
                        new Ran(String.valueOf(json.get("outcome")), String.valueOf(json.get("why"))));
            }
        }
        return tasks;
    }

    private static Map<String, Integer> names(Map<String, Planned> planned, String outlook) {
        return names(planned.entrySet().stream()
                .filter(task -> task.getValue().outlook().equals(outlook))
                .map(Map.Entry::getKey));
    }

    private static Map<String, Integer> names(Stream<String> nodes) {
        var names = new TreeMap<String, Integer>();
        nodes.forEach(node -> names.merge(node.split(" ")[0], 1, Integer::sum));
        return names;
    }

    /// `Extremes×2 WetSpells`.
    private static Map<String, Integer> names(String text) {
        var names = new TreeMap<String, Integer>();
        for (var name : text.isEmpty() ? new String[0] : text.split(" ")) {
            var times = name.split("×");
            names.put(times[0], times.length == 1 ? 1 : Integer.parseInt(times[1]));
        }
        return names;
    }
}
