package dev.baton.task.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketNameTest {

    @Test
    void what_s3_takes_is_taken_and_what_it_refuses_is_told() {
        for (var name : new String[] {"lake", "a-b", "0ab", "xn-lake",
            "sthree", "x".repeat(63), "lake-s3", "s3alias"}) {
            assertThat(BucketName.problem(name)).as(name).isEmpty();
        }
        Map.of(
                        "a", "has 1 character instead of 3 to 63",
                        "db", "has 2 characters instead of 3 to 63",
                        "x".repeat(64), "has 64 characters instead of 3 to 63",
                        "xn--lake", "begins with xn--, which S3 keeps for itself",
                        "sthree-lake", "begins with sthree-, which S3 keeps for itself",
                        "amzn-s3-demo-lake", "begins with amzn-s3-demo-, which S3 keeps for itself",
                        "lake-s3alias", "ends with -s3alias, which S3 keeps for itself",
                        "lake--x-s3", "ends with --x-s3, which S3 keeps for itself",
                        "lake--ol-s3", "ends with --ol-s3, which S3 keeps for itself",
                        "lake--table-s3", "ends with --table-s3, which S3 keeps for itself")
                .forEach((name, problem) -> assertThat(BucketName.problem(name)).as(name).hasValue(problem));
        assertThat(BucketName.problem("Lake")).hasValue("holds something else than small letters, digits and hyphens");
        assertThat(BucketName.problem("lake-")).hasValue("does not begin and end with a letter or a digit");
    }
}
