package dev.baton.cli;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Apiary;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.cli.schema.PublishedSchemas;
import dev.baton.json.Json;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What commands print for programs is what its schema says, member by member: on the example, where a run succeeded, one
/// skipped everything and one failed, and on a pipeline that fans out.
class PublishedSchemasTest {
    private static final Path PAGE = Path.of("../../src/site/markdown/agents.md");
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    @TempDir
    private static Path home;

    private static LocalCloud cloud;
    private static String made = "";
    private static String skipped = "";
    private static String failed = "";
    private static String fannedOut = "";

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        cloud = new LocalCloud(0, null);
        var weather = new DeployedPipeline(Weather.PIPELINE, cloud);
        weather.tell(home);
        weather.upload("landing/new-york/2012.csv", WeatherData.of("new-york", 2012));
        made = ended(weather, weather.upload("landing/seattle/2012.csv", WeatherData.of("seattle", 2012)));
        skipped = ended(weather, weather.upload("landing/seattle/2012.csv", WeatherData.of("seattle", 2012)));
        failed = ended(
                weather,
                weather.upload(
                        "landing/seattle/2012.csv",
                        WeatherData.of("seattle", 2012).lines().limit(42).collect(Collectors.joining("\n", "", "\n"))));
        var apiary = new DeployedPipeline(TestPipelines.APIARY, cloud);
        fannedOut = ended(apiary, apiary.upload("hives/2026.txt", "oak 500\nelm 40\n"));
    }

    private static String ended(DeployedPipeline pipeline, List<Map<String, @Nullable Object>> started)
            throws InterruptedException {
        pipeline.ended(started.getFirst().get("execution"));
        return String.valueOf(started.getFirst().get("name"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
        Apiary.FILLED.clear();
    }

    private static JsonSchema schema(String name) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(PublishedSchemas.text(name), STRICT);
    }

    private static List<String> problems(String name, String json) {
        return schema(name).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static Call baton(String words) {
        return Call.in(home, words.split(" "));
    }

    /// The schema, and the words of a call whose lines are held against it.
    static List<List<String>> calls() {
        return List.of(
                List.of("graph", "graph weather --json"),
                List.of("graph", "graph apiary --json"),
                List.of("graph", "graph tasting --json"),
                List.of("plan", "plan weather --year 2012 --json"),
                List.of("plan", "plan weather --year 2011 --json"),
                List.of("plan", "plan weather --year 2011..2012 --json"),
                List.of("plan", "plan apiary --season 2026 --json"),
                List.of("status", "status --json"),
                List.of("execution", "status MADE --json"),
                List.of("execution", "status SKIPPED --json"),
                List.of("execution", "status FAILED --json"),
                List.of("execution", "status FANNED-OUT --json"),
                List.of("access", "access weather --json"),
                List.of("access", "access harbour --json"),
                List.of(
                        "decision",
                        "access weather --who WetSpells --action s3:GetObject --resource s3://lake/x --json"),
                List.of("lineage", "lineage s3://lake/reports/2012.html --json"),
                List.of("lineage", "lineage s3://lake/landing/seattle/2012.csv --down --json"),
                List.of("lineage", "lineage s3://lake/shelves/2026.txt --json"),
                List.of("why", "why WetSpells --city seattle --year 2012 --json"),
                List.of("why", "why WetSpells --city seattle --year 1999 --json"),
                List.of("why", "why Jar --season 2026 --hive oak --grams 500 --json"),
                List.of("diff-runs", "diff-runs MADE FAILED --json"),
                List.of("diff-runs", "diff-runs MADE SKIPPED --json"),
                List.of("finding", "check test/resources/mcp/wrong.asl.json --json"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void what_a_command_prints_is_what_its_schema_says(List<String> call) {
        var words = call.get(1)
                .replace("MADE", made)
                .replace("SKIPPED", skipped)
                .replace("FAILED", failed)
                .replace("FANNED-OUT", fannedOut);
        var printed = baton(words);

        assertThat(printed.out()).as(printed.err()).isNotBlank();
        var texts = call.getFirst().equals("lineage") ? List.of(printed.out()) : printed.lines();
        assertThat(texts)
                .isNotEmpty()
                .allSatisfy(text ->
                        assertThat(problems(call.getFirst(), text)).as(text).isEmpty());
        onlyThat(call.getFirst(), texts.getFirst());
    }

    /// A member that the schema does not know, or that is gone, is a failure.
    private static void onlyThat(String name, String text) {
        var more = new LinkedHashMap<String, @Nullable Object>(Json.parseObject(text));
        more.put("unheardOf", true);
        assertThat(problems(name, Json.print(more))).isNotEmpty();
        for (var member : Json.parseObject(text).keySet()) {
            var less = new LinkedHashMap<String, @Nullable Object>(Json.parseObject(text));
            less.remove(member);
            if (!List.of("notMade", "waiting", "line", "column", "pointer").contains(member)) {
                assertThat(problems(name, Json.print(less))).as(member).isNotEmpty();
            }
        }
    }

    @Test
    void every_schema_is_one_is_closed_and_says_what_each_member_is() {
        var meta = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        for (var name : PublishedSchemas.all().keySet()) {
            var text = PublishedSchemas.text(name);
            assertThat(meta.validate(text, InputFormat.JSON)).as(name).isEmpty();
            assertThat(Json.parseObject(text)).containsEntry("$id", "https://baton.dev/schemas/" + name + "/1");
            closed(name, Json.parse(text));
        }
    }

    private static void closed(String at, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("properties") instanceof Map<?, ?> properties) {
                assertThat(map.containsKey("additionalProperties")).as(at).isTrue();
                assertThat(map.get("additionalProperties")).as(at).isEqualTo(false);
                properties.forEach((name, member) ->
                        assertThat(String.valueOf(member)).as(at + "." + name).containsAnyOf("description=", "$ref="));
            }
            map.forEach((name, member) -> closed(at + "." + name, member));
        }
        if (value instanceof List<?> list) {
            list.forEach(member -> closed(at, member));
        }
    }

    @Test
    void the_command_lists_and_prints_what_the_page_lists() throws IOException {
        var rows = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| [^|]*`baton [^|]*--json` \\|$")
                .matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(toSet());
        assertThat(rows).isEqualTo(PublishedSchemas.all().keySet());
        var listed = Call.of("schema");
        PublishedSchemas.all()
                .forEach((name, of) -> assertThat(listed.lines())
                        .anySatisfy(
                                line -> assertThat(line).startsWith(name + " ").endsWith(of)));
        assertThat(Call.of("schema", "graph").out()).isEqualTo(PublishedSchemas.text("graph"));
        assertThat(Call.of("schema", "grpah").err()).contains("error CLI160 at grpah", "did you mean graph?");
    }
}
