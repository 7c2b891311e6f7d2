package dev.baton.run.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.run.DataProfile;
import dev.baton.task.DataInvalid;
import dev.baton.task.Expect;
import dev.baton.task.Profile;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectationsTest {
    private static final String URI = "s3://lake/rain.csv";
    private static final String RAIN = "date,rain,sky\n2012-01-01,0.5,sun\n2012-01-02,,sun\n2012-01-03,12,fog\n";

    @Expect(
            minRows = 3,
            maxRows = 3,
            columns = {"date: date", "rain: number", "sky: text"})
    @Expect(column = "rain", maxNullRate = 0.34, min = "0", max = "12.0", minDistinct = 2, maxDistinct = 2)
    @Expect(column = "date", min = "2012-01-01", max = "2012-01-03", maxNullRate = 0)
    private record Met() {}

    @Expect(minRows = 4)
    private record TooFew() {}

    @Expect(maxRows = 2)
    private record TooMany() {}

    @Expect(columns = {"date", "rain"})
    private record Columns() {}

    @Expect(columns = {"date", "rain: integer", "sky"})
    private record Type() {}

    @Expect(column = "rain", maxNullRate = 0.01)
    private record Nulls() {}

    @Expect(column = "snow", maxNullRate = 0)
    private record Absent() {}

    @Expect(column = "rain", min = "1")
    @Expect(column = "rain", max = "11.9")
    private record Bounds() {}

    @Expect(column = "date", min = "2012-01-02")
    private record Early() {}

    @Expect(column = "sky", min = "0")
    private record Words() {}

    @Expect(column = "sky", minDistinct = 3, maxDistinct = 3)
    private record Distinct() {}

    static Stream<Arguments> misses() {
        return Stream.of(
                Arguments.of(TooFew.class, "expected at least 4 rows, found 3"),
                Arguments.of(TooMany.class, "expected at most 2 rows, found 3"),
                Arguments.of(Columns.class, "expected the columns date, rain, but found date, rain, sky"),
                Arguments.of(Type.class, "column rain: expected the type integer, found number, such as \"12\""),
                Arguments.of(Nulls.class, "column rain: expected at most 1 % without a value, found 33.33 % (1 of 3)"),
                Arguments.of(Absent.class, "column snow: expected, but found date, rain, sky"),
                Arguments.of(
                        Bounds.class,
                        "column rain: expected nothing below 1, found 0.5; "
                                + "column rain: expected nothing above 11.9, found 12"),
                Arguments.of(Early.class, "column date: expected nothing below 2012-01-02, found 2012-01-01"),
                Arguments.of(Words.class, "column sky: expected nothing below 0, found text, such as \"fog\""),
                Arguments.of(Distinct.class, "column sky: expected 3 different values, found 2"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("misses")
    void a_miss_names_column_expected_and_found(Class<?> task, String problem) {
        assertThatThrownBy(() -> Expectations.of(task).require(URI, profile(task, RAIN)))
                .isInstanceOf(DataInvalid.class)
                .hasMessage(URI + ": TSK089: " + problem);
    }

    @Test
    void what_is_as_expected_passes() {
        assertThatCode(() -> Expectations.of(Met.class).require(URI, profile(Met.class, RAIN)))
                .doesNotThrowAnyException();
    }

    @Test
    void data_that_cannot_be_read_is_a_miss() {
        assertThatThrownBy(() -> Expectations.of(TooMany.class).require(URI, profile(TooMany.class, "a\0")))
                .hasMessage(URI + ": TSK089: expected csv, but it is not text: byte 1 is 00");
        assertThatThrownBy(() -> Expectations.of(TooMany.class).require(URI, null))
                .hasMessage(URI + ": TSK089: is expected to have rows and columns, but has no profile");
    }

    private static DataProfile profile(Class<?> task, String content) {
        var profiler = Objects.requireNonNull(Profiler.of(task, URI, ""));
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        profiler.write(bytes, 0, bytes.length);
        return profiler.finish();
    }

    @Expect(
            minRows = 5,
            maxRows = 4,
            columns = {"a", "b: numbr", "a: date"})
    @Expect(maxNullRate = 0.5)
    @Expect(column = "a", maxNullRate = 50, minDistinct = 3, maxDistinct = 2, min = "5", max = "4")
    @Expect(column = "a", min = "low")
    private record Contradictory() {}

    @Test
    void what_no_output_could_meet_is_found_beforehand() {
        assertThat(Expectations.contradictions(Met.class)).isEmpty();
        assertThat(Expectations.contradictions(Contradictory.class))
                .containsExactly(
                        "minRows is 5 and maxRows 4",
                        "columns has \"b: numbr\", where no type stands after the colon",
                        "columns names \"a\" twice",
                        "column is empty, but something is expected of its values",
                        "maxNullRate is 50.0, which is not from 0 to 1",
                        "minDistinct is 3 and maxDistinct 2",
                        "min is 5 and max 4",
                        "min is \"low\", neither a number nor a date such as 2012-12-31");
    }

    @Profile(Profile.Format.OFF)
    private record Silent() {}

    @Test
    void expectations_need_a_format_with_columns() {
        assertThat(Expectations.areCheckable(Met.class, URI)).isTrue();
        assertThat(Expectations.areCheckable(Met.class, "s3://lake/rain.html")).isFalse();
        assertThat(Expectations.areCheckable(Silent.class, URI)).isFalse();
    }
}
