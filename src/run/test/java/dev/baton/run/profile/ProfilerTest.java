package dev.baton.run.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.baton.json.Json;
import dev.baton.run.ColumnProfile;
import dev.baton.run.ColumnType;
import dev.baton.run.DataProfile;
import dev.baton.run.StrictFields;
import dev.baton.task.Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilerTest {
    private static final String RAIN = """
            date,rain,sky,wet,code
            2012-01-01,0.5,"drizzle, cold",true,007
            2012-01-02,,sun,false,12
            2012-01-03,-12.25,"the ""sun\""
            again",TRUE,5
            """;

    private static DataProfile csv(byte[] content) {
        return profile("s3://lake/rain.csv", "application/octet-stream", content);
    }

    private static DataProfile csv(String content) {
        return csv(content.getBytes(StandardCharsets.UTF_8));
    }

    private static DataProfile lines(String content) {
        return profile("s3://lake/rain.jsonl", "", content.getBytes(StandardCharsets.UTF_8));
    }

    private static DataProfile profile(String uri, String contentType, byte[] content) {
        var profiler = Profiler.of(uri, contentType);
        profiler.write(content, 0, content.length);
        return profiler.finish();
    }

    @Test
    void a_csv_file_is_counted_by_column() {
        assertThat(csv(RAIN))
                .isEqualTo(new DataProfile(
                        "csv",
                        RAIN.length(),
                        3L,
                        0,
                        List.of(
                                new ColumnProfile("date", ColumnType.DATE, 0L, 3L, "2012-01-01", "2012-01-03", null),
                                new ColumnProfile("rain", ColumnType.NUMBER, 1L, 2L, "-12.25", "0.5", -5.875),
                                new ColumnProfile(
                                        "sky", ColumnType.TEXT, 0L, 3L, "drizzle, cold", "the \"sun\"\nagain", null),
                                new ColumnProfile("wet", ColumnType.BOOLEAN, 0L, 3L, "TRUE", "true", null),
                                new ColumnProfile("code", ColumnType.TEXT, 0L, 3L, "007", "5", null)),
                        0,
                        null));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void the_pieces_in_which_it_comes_change_nothing(int size) {
        var content = ("\uFEFF" + RAIN.replace("\n", "\r\n") + "\n\n2012-01-04,ä,ß,\uD83C\uDF27,€")
                .getBytes(StandardCharsets.UTF_8);
        var pieces = Profiler.of("s3://lake/rain.csv", "");
        for (var at = 0; at < content.length; at += size) {
            pieces.write(content, at, Math.min(size, content.length - at));
        }
        var whole = csv(content);
        assertThat(pieces.finish()).isEqualTo(whole);
        assertThat(whole.rows()).isEqualTo(4);
        assertThat(whole.problem()).isNull();
        assertThat(whole.columns().getFirst().name()).isEqualTo("date");
    }

    @Test
    void lines_of_json_are_counted_by_member() {
        var profile = lines("""
                {"id": 1, "at": "2012-01-01T10:00:00Z", "tags": ["a"], "rain": 0.5, "x": "5"}

                {"id": 2, "rain": null, "x": 5}
                [1]
                {"id": 3, "rain": 2, "x": true
                """);
        assertThat(profile.rows()).isEqualTo(4);
        assertThat(profile.ragged()).isEqualTo(2);
        assertThat(profile.columns())
                .containsExactly(
                        new ColumnProfile("id", ColumnType.INTEGER, 0L, 2L, "1", "2", 1.5),
                        new ColumnProfile(
                                "at",
                                ColumnType.TIMESTAMP,
                                1L,
                                1L,
                                "2012-01-01T10:00:00Z",
                                "2012-01-01T10:00:00Z",
                                null),
                        new ColumnProfile("tags", ColumnType.LIST, 1L, 1L, null, null, null),
                        new ColumnProfile("rain", ColumnType.NUMBER, 1L, 1L, "0.5", "0.5", 0.5),
                        new ColumnProfile("x", ColumnType.MIXED, 0L, 1L, null, null, null));
    }

    @Test
    void a_profile_is_read_back_from_a_record() {
        for (var profile : List.of(csv(RAIN), lines("{\"a\":[1]}"), csv("a,b\n1\n"), csv("a\0"))) {
            var json = Json.parse(Json.print(profile.toJson()));
            assertThat(DataProfile.of(StrictFields.of("the profile", json))).isEqualTo(profile);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a,b\\n1,2                  | 1 | 0 | -",
                "a,b                        | 0 | 0 | -",
                "''                         | 0 | 0 | -",
                "\\n\\na\\n1\\n\\n2         | 2 | 0 | -",
                "a,b\\n1\\n1,2,3\\n1,2\\n   | 3 | 2 | -",
                "a,b\\n\"1\"x,2\\n          | 1 | 1 | -",
                "a,b\\n1,\"2\\n3,4\\n       | 0 | 0 | the quote that opens in line 2 is never closed",
                "a\\n1\\n\\0\\n             | 0 | 0 | it is not text: byte 4 is 00",
            })
    void what_is_malformed_is_told(String content, long rows, long ragged, String problem) {
        var profile = csv(content.replace("\\n", "\n").replace("\\0", "\0"));
        assertThat(profile.problem()).isEqualTo(problem);
        assertThat(profile.rows()).isEqualTo(rows);
        assertThat(profile.ragged()).isEqualTo(ragged);
    }

    @Test
    void bytes_that_are_not_utf_8_are_told_by_their_place() throws IOException {
        assertThat(csv("a,b\nä,1\n".getBytes(StandardCharsets.ISO_8859_1)).problem())
                .isEqualTo("it is not UTF-8: byte 5 is 2C");
        assertThat(csv("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16)).problem())
                .isEqualTo("it is not UTF-8, but UTF-16");
        assertThat(csv(new byte[] {'a', (byte) 0xc3}).problem()).isEqualTo("it ends within a character of UTF-8");
        assertThat(csv(new byte[] {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80}).problem())
                .isEqualTo("it is not UTF-8: byte 2 is A0");
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(RAIN.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(csv(compressed.toByteArray()).problem()).isEqualTo("it is compressed (gzip)");
        assertThat(profile("s3://lake/rain.csv.gz", "", compressed.toByteArray()))
                .isEqualTo(new DataProfile("bytes", compressed.size(), null, 0, List.of(), 0, null));
    }

    @Test
    void a_gigantic_line_takes_bounded_memory_and_the_record_stays_small() {
        var profiler = Profiler.of("s3://lake/rain.csv", "");
        var header = ("a," + "b".repeat(100_000) + "\n").getBytes(StandardCharsets.UTF_8);
        profiler.write(header, 0, header.length);
        var piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i < 64; i++) {
            profiler.write(piece, 0, piece.length);
        }
        var profile = profiler.finish();
        assertThat(profile.rows()).isEqualTo(1);
        assertThat(profile.ragged()).isEqualTo(1);
        assertThat(profile.bytes()).isEqualTo(header.length + (64L << 20));
        assertThat(Json.bytes(profile.toJson())).hasSizeLessThan(600);

        var wide = new StringBuilder("c0");
        for (var i = 1; i < 5_000; i++) {
            wide.append(",c").append(i);
        }
        var columns = csv(wide + "\n" + wide + "\n");
        assertThat(columns.columns()).hasSize(200);
        assertThat(columns.columnsLeftOut()).isEqualTo(4_800);
        assertThat(columns.ragged()).isZero();
        assertThat(Json.bytes(columns.toJson())).hasSizeLessThan(20_000);
        var named = lines("{\"" + "n".repeat(500_000) + "\":1}\n");
        assertThat(named.columns().getFirst().name()).hasSize(64).endsWith("n…");
        assertThat(lines("{\"a\":\"" + "x".repeat(2 << 20) + "\"}\n{\"a\":1}\n").ragged())
                .isEqualTo(1);
    }

    @Test
    void the_footer_of_parquet_tells_rows_types_and_bounds() throws IOException {
        var flat = parquet("snappy.parquet");
        assertThat(flat.problem()).isNull();
        assertThat(flat.rows()).isEqualTo(3);
        assertThat(flat.columns())
                .extracting(ColumnProfile::name, ColumnProfile::type)
                .containsExactly(
                        tuple("station", ColumnType.TEXT),
                        tuple("count", ColumnType.INTEGER),
                        tuple("total", ColumnType.INTEGER),
                        tuple("mean", ColumnType.NUMBER),
                        tuple("valid", ColumnType.BOOLEAN),
                        tuple("at", ColumnType.TIMESTAMP),
                        tuple("raw", ColumnType.BINARY));
        assertThat(flat.columns()).allMatch(column -> column.nulls() == null && column.min() == null);
        var nested = parquet("nested.parquet");
        assertThat(nested.columns())
                .extracting(ColumnProfile::name)
                .containsExactly("day", "tags.list.element", "place.lat", "place.lon", "price");
        assertThat(nested.rows()).isEqualTo(2);
    }

    /// Two row groups of two rows, as Apache Arrow writes them.
    @Test
    void the_statistics_of_row_groups_are_put_together() throws IOException {
        assertThat(parquet("statistics.parquet").columns())
                .containsExactly(
                        new ColumnProfile("day", ColumnType.DATE, 1L, null, "2011-12-31", "2012-01-02", null),
                        new ColumnProfile("rain", ColumnType.NUMBER, 2L, null, "-2.25", "0.5", null),
                        new ColumnProfile("count", ColumnType.INTEGER, 0L, null, "-3", "9007199254740993", null),
                        new ColumnProfile("sky", ColumnType.TEXT, 1L, null, "fog", "sun", null),
                        new ColumnProfile(
                                "at",
                                ColumnType.TIMESTAMP,
                                0L,
                                null,
                                "1970-01-01T00:00:00.000001Z",
                                "2012-01-01T00:00:00Z",
                                null),
                        new ColumnProfile("price", ColumnType.NUMBER, 2L, null, "-0.50", "12.34", null),
                        new ColumnProfile("wet", ColumnType.BOOLEAN, 0L, null, "false", "true", null),
                        new ColumnProfile("none", ColumnType.TEXT, 4L, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PAR1",
                "PAR1 this is not a file of columns PAR1",
                "PAR1\u0001\u0002\u0003\u0001\u0000\u0000\u0000PAR1"
            })
    void what_is_no_parquet_is_told(String content) {
        var profile = profile("s3://lake/a.parquet", "", content.getBytes(StandardCharsets.UTF_8));
        assertThat(profile.problem()).startsWith("it");
        assertThat(profile.rows()).isNull();
    }

    private static DataProfile parquet(String name) throws IOException {
        try (var in = Objects.requireNonNull(ProfilerTest.class.getResourceAsStream("/profile/" + name))) {
            return profile("s3://lake/" + name, "", in.readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1_000, 1_001, 20_000, 300_000})
    void different_values_are_counted_and_then_estimated(int count) {
        var distinct = new DistinctValues();
        for (var round = 0; round < 2; round++) {
            for (var i = 0; i < count; i++) {
                var value = ("value " + i).getBytes(StandardCharsets.UTF_8);
                distinct.add(value, 0, value.length);
            }
        }
        var tolerance = count <= DistinctValues.COUNTED ? 0 : count * 0.05;
        assertThat((double) distinct.count()).isBetween(count - tolerance, count + tolerance);
    }

    @Profile(Profile.Format.OFF)
    private record Silent() {}

    @Profile(
            value = Profile.Format.CSV,
            columns = {"rain", "snow", "rain"})
    private record Chosen() {}

    private record Plain() {}

    @Test
    void an_annotation_chooses_what_is_counted() {
        assertThat(Profiler.of(Silent.class, "s3://lake/a.csv", "")).isNull();
        var chosen = Objects.requireNonNull(Profiler.of(Chosen.class, "s3://lake/a", ""));
        var content = RAIN.getBytes(StandardCharsets.UTF_8);
        chosen.write(content, 0, content.length);
        assertThat(chosen.finish().columns()).extracting(ColumnProfile::name).containsExactly("rain");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/a.csv, application/octet-stream, csv",
        "s3://lake/a.CSV, application/octet-stream, csv",
        "s3://lake/a, text/csv; charset=utf-8, csv",
        "s3://lake/a.csv, application/x-ndjson, json-lines",
        "s3://lake/a.ndjson, text/plain, json-lines",
        "s3://lake/a.parquet, application/octet-stream, parquet",
        "s3://lake/a.html, text/html, bytes",
    })
    void the_content_type_and_then_the_ending_say_the_format(String uri, String contentType, String format) {
        assertThat(Objects.requireNonNull(Profiler.of(Plain.class, uri, contentType))
                        .finish()
                        .format())
                .isEqualTo(format);
    }
}
