package dev.baton.cli.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.run.DataProfile;
import dev.baton.run.profile.Profiler;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileDifferenceTest {

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a,b;1,2;3,4  | a,b;1,2;3,4         | -",
                "a,b;1,2;3,4  | a,b;3,4;1,2         | -",
                "a,b;1,2;3,4  | a,c;1,2;3,4         | columns gone: b",
                "a,b;1,2;3,4  | b,a;1,2;3,4         | columns in another order: b, a",
                "a,b;1,2;3,4  | a,b;1,x;3,4         | type of b integer -> text",
                "a,b;1,2;3,4  | a,b;1,;3,4          | b without a value 0 % -> 50 %",
                "a,b;1,2;3,4  | a,b;1,2;3,4;5,6;7,8 | rows 2 -> 4",
                "a,b;1,2;3,4  | a,b;1,2;3,4,5       | ragged rows 0 -> 1",
                "a,b;1,2;3,4  | a,b;1,2;3,400       | mean of b 3 -> 201",
                "d;2012-01-01 | d;2012-01-02        | least value of d 2012-01-01 -> 2012-01-02",
                "a,b;1,2;3,4  | a,b;1,\u00002       | it cannot be read: it is not text: byte 6 is 00",
            })
    void the_weightiest_difference_comes_first(String before, String now, String first) {
        var differences = ProfileDifference.between(profile(before), profile(now));
        assertThat(differences.stream().map(ProfileDifference::text).findFirst().orElse(null))
                .isEqualTo(first);
    }

    private static DataProfile profile(String rows) {
        var profiler = Profiler.of("s3://lake/a.csv", "");
        var bytes = rows.replace(";", "\n").getBytes(StandardCharsets.UTF_8);
        profiler.write(bytes, 0, bytes.length);
        return profiler.finish();
    }
}
