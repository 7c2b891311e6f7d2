package dev.baton.engine;

import static dev.baton.engine.DistributedMapTest.PASS;
import static dev.baton.engine.DistributedMapTest.map;
import static dev.baton.engine.Machines.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.baton.engine.execution.Execution;
import dev.baton.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// After the developer guide's pages *ItemReader (Map)* and *How Step Functions parses input CSV files*.
class ItemReaderTest {
    private static final String FIRST_ROW = "\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"";
    private static final String SOURCES =
            ",\"ItemSelector\":{\"v.$\":\"$$.Map.Item.Value\",\"s.$\":\"$$.Map.Item.Source\"}";

    private final StoredObjects objects = new StoredObjects();

    private Execution run(String reader) {
        var engine = Engine.builder().objectReader(objects).objectWriter(objects);
        return Machines.with(engine, 1).run(map(reader, PASS), "{}");
    }

    private static String reading(String config) {
        return reading(config, "k");
    }

    private static String reading(String config, String key) {
        return "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:getObject\",\"ReaderConfig\":{" + config
                + "},\"Parameters\":{\"Bucket\":\"b\",\"Key\":\"" + key + "\"}}";
    }

    private static String listing(String config) {
        return "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:listObjectsV2\",\"ReaderConfig\":{" + config
                + "},\"Parameters\":{\"Bucket\":\"b\",\"Prefix\":\"in/\"}}";
    }

    private static byte[] resource(String name) throws IOException {
        try (var content = ItemReaderTest.class.getResourceAsStream("/items/" + name)) {
            return Objects.requireNonNull(content, name).readAllBytes();
        }
    }

    @ParameterizedTest(name = "{0} of {1} gives {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "InputType":"JSON"                            | [1,2]                       | [1,2]
                    "InputType":"JSON","MaxItems":1               | [1,2]                       | [1]
                    "InputType":"JSON"                            | {"a":1}                    | [{"Key":"a","Value":1}]
                    "InputType":"JSON","ItemsPointer":"/d/items"  | {"d":{"items":[3]}}         | [3]
                    "InputType":"JSON","ItemsPointer":"/d"        | {"d":{"a":1}}             | [{"Key":"a","Value":1}]
                    "InputType":"JSONL"                           | {"a":1}\\n\\n{"a":2}\\n     | [{"a":1},{"a":2}]
                    "InputType":"CSV",first                       | a,b\\n1,"x ""y"", z"\\n|[{"a":"1","b":"x \\"y\\", z"}]
                    "InputType":"CSV",first,"CSVDelimiter":"PIPE" | a;b\\r\\n1;2 | [{"a;b":"1;2"}]
                    "InputType":"CSV",given                       | 1,2,3\\n4 | [{"x":"1","y":"2"},{"x":"4","y":""}]
                    """)
    void an_object_becomes_items(String config, String content, String expected) {
        objects.put("k", content.replace("\\r", "\r").replace("\\n", "\n"));
        var execution = run(reading(config.replace("first", "\"CSVHeaderLocation\":\"FIRST_ROW\"")
                .replace("given", "\"CSVHeaderLocation\":\"GIVEN\",\"CSVHeaders\":[\"x\",\"y\"]")));

        assertThat(execution.cause()).isNull();
        assertThat(execution.output()).isEqualTo(Json.parse(expected));
    }

    @ParameterizedTest(name = "{0} after {1} gives {2}")
    @CsvSource(delimiter = '@', quoteCharacter = '`', textBlock = """
                    COMMA @ {""MyKey"":""MyValue""}                @ {"MyKey":"MyValue"}
                    COMMA @ "quotes ("") and a newline (~)"        @ quotes (") and a newline (~)
                    COMMA @ C:\\\\Program Files\\\\MyApp.exe       @ C:\\Program Files\\MyApp.exe
                    COMMA @ C:\\Program Files                      @ C:Program Files
                    COMMA @ one\\,field                            @ one,field
                    PIPE  @ one\\|field,still                      @ one|field,still
                    PIPE  @ one\\,comma                            @ one,comma
                    TAB   @ "a \\"quoted\\" word"                  @ a "quoted" word
                    COMMA @ ""                                     @ ``
                    COMMA @ ""\""                                  @ "
                    """)
    void a_field_of_a_text_file_says_what_it_is(String delimiter, String field, String expected) {
        objects.put("k", "a\n" + field.replace("~", "\n") + "\nlast");
        var execution = run(reading(FIRST_ROW + ",\"CSVDelimiter\":\"" + delimiter + "\""));

        assertThat(execution.output())
                .isEqualTo(List.of(Map.of("a", expected.replace("~", "\n")), Map.of("a", "last")));
    }

    @Test
    void a_header_of_more_than_10_kib_is_refused() {
        objects.put("k", "a".repeat(10 * 1024 + 1) + "\n1");
        var execution = run(reading(FIRST_ROW));

        assertThat(execution.error()).isEqualTo("States.ItemReaderFailed");
    }

    @Test
    void a_missing_object_fails_the_map_run() {
        var execution = run(reading("\"InputType\":\"JSON\""));

        assertThat(execution.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(types(execution)).endsWith("MapRunStarted", "MapRunFailed", "MapStateFailed", "ExecutionFailed");
    }

    @Test
    void a_listing_becomes_items() {
        objects.put("in/a", "1");
        objects.put("in/b", "22");
        objects.put("other", "");
        var execution = run(listing("") + SOURCES);

        assertThat(execution.output())
                .isEqualTo(Json.parse("[{\"v\":{\"Key\":\"in/a\",\"Size\":1},\"s\":\"S3://b\"},"
                        + "{\"v\":{\"Key\":\"in/b\",\"Size\":2},\"s\":\"S3://b\"}]"));
    }

    @Test
    void the_objects_of_a_listing_are_loaded_and_flattened() {
        objects.put("in/", "");
        objects.put("in/a", "{\"n\":1}\n{\"n\":2}");
        objects.put("in/b", "{\"n\":3}\n{\"n\":4}");
        var config = "\"InputType\":\"JSONL\",\"Transformation\":\"LOAD_AND_FLATTEN\",\"MaxItems\":3";
        var execution = run(listing(config) + SOURCES);

        assertThat(execution.output())
                .isEqualTo(Json.parse("[{\"v\":{\"n\":1},\"s\":\"S3://b/in/a\"},"
                        + "{\"v\":{\"n\":2},\"s\":\"S3://b/in/a\"},"
                        + "{\"v\":{\"n\":3},\"s\":\"S3://b/in/b\"}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ManifestType\":\"S3_INVENTORY\"",
                "\"InputType\":\"MANIFEST\"",
                "\"InputType\":\"MANIFEST\",\"ManifestType\":\"S3_INVENTORY\""
            })
    void an_inventory_manifest_names_the_files_with_the_items(String config) throws IOException {
        objects.put(
                "k",
                "{\"fileSchema\":\"Bucket, Key\","
                        + "\"files\":[{\"key\":\"data/1.csv\"},{\"key\":\"data/2.csv.gz\"}]}");
        objects.put("data/1.csv", "\"b\",\"one\"\n");
        objects.put("data/2.csv.gz", gzip("\"b\",\"two\"\n"));

        assertThat(run(reading(config)).output())
                .isEqualTo(Json.parse("[{\"Bucket\":\"b\",\"Key\":\"one\"},{\"Bucket\":\"b\",\"Key\":\"two\"}]"));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "InputType":"JSONL"                                             | {"x":"1"} | {"x":"2"}
                    "InputType":"CSV","CSVHeaderLocation":"GIVEN","CSVHeaders":["x"] | 1         | 2
                    """)
    void a_manifest_of_athena_names_the_files_with_the_items(String config, String first, String second) {
        objects.put("k", "s3://b/out/1\ns3://b/out/2\n");
        objects.put("out/1", first);
        objects.put("out/2", second);
        var execution = run(reading("\"ManifestType\":\"ATHENA_DATA\"," + config) + SOURCES);

        assertThat(execution.output())
                .isEqualTo(Json.parse("[{\"v\":{\"x\":\"1\"},\"s\":\"S3://b/out/1\"},"
                        + "{\"v\":{\"x\":\"2\"},\"s\":\"S3://b/out/2\"}]"));
    }

    @Test
    void the_words_of_a_reader_and_a_writer_may_be_expressions() {
        objects.put("k", "a|b\n1|2\n");
        var machine = Machines.jsonata("\"M\":{\"Type\":\"Map\",\"ItemReader\":{\"Resource\":"
                + "\"arn:aws:states:::s3:getObject\",\"Arguments\":{\"Bucket\":\"b\",\"Key\":\"k\"},\"ReaderConfig\":"
                + "{\"InputType\":\"{% $states.input.type %}\",\"CSVHeaderLocation\":\"FIRST_ROW\","
                + "\"CSVDelimiter\":\"{% $states.input.delimiter %}\"}},\"ResultWriter\":{\"WriterConfig\":"
                + "{\"Transformation\":\"{% $states.input.shape %}\"}},\"ItemProcessor\":{\"ProcessorConfig\":"
                + "{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},\"StartAt\":\"P\",\"States\":"
                + "{\"P\":{\"Type\":\"Pass\",\"Output\":\"{% [[$states.input]] %}\",\"End\":true}}},\"End\":true}");
        var machines = Machines.with(Engine.builder().objectReader(objects), 1);

        var input = "{\"type\":\"CSV\",\"delimiter\":\"PIPE\",\"shape\":\"FLATTEN\"}";
        assertThat(machines.run(machine, input).output()).isEqualTo(Json.parse("[[{\"a\":\"1\",\"b\":\"2\"}]]"));
        assertThat(machines.run(machine, input.replace("\"PIPE\"", "1")).error())
                .isEqualTo("States.QueryEvaluationError");
        assertThat(machines.run(machine, input.replace("\"FLATTEN\"", "1")).error())
                .isEqualTo("States.QueryEvaluationError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k.jsonl.gz", "k.jsonl.zstd", "k.jsonl.zst", "k.jsonl"})
    void the_end_of_a_key_tells_how_the_object_is_compressed(String key) throws IOException {
        var text = "{\"a\":1}\n";
        var content = text.getBytes(StandardCharsets.UTF_8);
        objects.put(key, key.endsWith(".gz") ? gzip(text) : key.contains(".zst") ? Zstd.compress(content) : content);

        assertThat(run(reading("\"InputType\":\"JSONL\"", key)).output()).isEqualTo(List.of(Map.of("a", 1L)));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy.parquet", "gzip.parquet"})
    void the_rows_of_a_parquet_file_become_items(String file) throws IOException {
        objects.put("k", resource(file));
        var execution = run(reading("\"InputType\":\"PARQUET\",\"MaxItems\":3"));

        assertThat(execution.cause()).isNull();
        assertThat(execution.output()).isEqualTo(Json.parse("""
                [{"station":"Oslo","count":1,"total":9007199254740993,"mean":0.1,"valid":true,
                  "at":"2026-01-02T03:04:05Z","raw":"AQI="},
                 {"station":"Roma","count":-2,"total":2,"mean":2.5,"valid":false,"at":"1970-01-01T00:00:00Z","raw":""},
                 {"station":null,"count":3,"total":3,"mean":null,"valid":true,"at":"1970-01-01T00:00:00.001Z",
                  "raw":"/w=="}]"""));
    }

    @Test
    void what_is_nested_in_a_parquet_file_stays_nested() throws IOException {
        objects.put("k", resource("nested.parquet"));

        assertThat(run(reading("\"InputType\":\"PARQUET\"")).output()).isEqualTo(Json.parse("""
                [{"day":"2026-01-02","tags":["a","b"],"place":{"lat":1.5,"lon":2.0},"price":12.34},
                 {"day":"2026-01-03","tags":[],"place":{"lat":3.0,"lon":null},"price":5.0}]"""));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "PAR1", "PAR1 this is not a file of columns PAR1"})
    void what_is_no_parquet_file_fails_the_map_run(String content) {
        objects.put("k", content);
        var execution = run(reading("\"InputType\":\"PARQUET\""));

        assertThat(execution.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(execution.cause()).containsAnyOf("The object k cannot be read as Parquet: ", "The footer of k");
    }

    @Test
    void a_parquet_file_has_no_version_to_choose() throws IOException {
        objects.put("k", resource("snappy.parquet"));
        var execution = run(reading("\"InputType\":\"PARQUET\"", "k\",\"VersionId\":\"v"));

        assertThat(execution.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(execution.cause()).isEqualTo("VersionId is not supported for the InputType PARQUET.");
    }

    @ParameterizedTest(name = "in {0}")
    @ValueSource(strings = {"", "\"ItemsPath\":\"$\","})
    void the_members_of_an_object_are_items_with_keys(String path) {
        var machines = Machines.with(Engine.builder(), 1);
        var selector = "\"ItemSelector\":{\"k.$\":\"$$.Map.Item.Key\",\"v.$\":\"$$.Map.Item.Value\","
                + "\"i.$\":\"$$.Map.Item.Index\",\"s.$\":\"$$.Map.Item.Source\"}";

        assertThat(machines.run(map(path + selector, PASS), "{\"a\":1,\"b\":{\"x\":2}}")
                        .output())
                .isEqualTo(Json.parse("[{\"k\":\"a\",\"v\":1,\"i\":0,\"s\":\"STATE_DATA\"},"
                        + "{\"k\":\"b\",\"v\":{\"x\":2},\"i\":1,\"s\":\"STATE_DATA\"}]"));
    }
}
