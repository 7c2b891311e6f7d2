package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.Access;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Surroundings;
import dev.baton.task.Target;
import dev.baton.task.TaskRun;
import java.time.Year;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What of an account, a Region or an ARN is found in task code, and what is left alone.
class ConstantScanTest {

    @ParameterizedTest
    @CsvSource({
        "arn:aws:sns:eu-central-1:123456789012:news, 'the account 123456789012 and the Region eu-central-1'",
        "arn:aws:iam::123456789012:role/x, 'the account 123456789012'",
        "arn:aws-cn:glue:cn-north-1::job/x, the Region cn-north-1",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/x, the account 123456789012",
        "https://sqs.eu-west-1.amazonaws.com/123456789012/q, the account 123456789012",
        "s3.us-gov-west-1.amazonaws.com, the Region us-gov-west-1",
        "s3://lake-123456789012/x/, the account 123456789012",
        "s3://logs/AWSLogs/123456789012/{day}.gz, the account 123456789012",
        "s3://lake/eu-central-1/{day}.csv, the Region eu-central-1",
        "eu-central-1, the Region eu-central-1",
        "ap-southeast-4, the Region ap-southeast-4",
    })
    void is_found(String text, String named) {
        assertThat(EnvironmentLiteral.in(text, false)).contains(named);
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012",
        "202601311200",
        "s3://lake/202601311200/{day}.csv",
        "arn:aws:s3:::lake/x",
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "'arn:${partition}:sns:${region}:${account}:news'",
        "'arn:aws:sns:*:*:news'",
        "data of eu-central-1 and others",
        "north-east-1",
        "us-east-coast-1",
        "https://example.org/123456789012/q",
        "EAN 123456789012",
    })
    void is_left_alone(String text) {
        assertThat(EnvironmentLiteral.in(text, false)).isNull();
    }

    @Test
    void twelve_digits_are_an_account_where_they_are_called_one() {
        assertThat(EnvironmentLiteral.in("123456789012", true)).isEqualTo("the account 123456789012");
        assertThat(EnvironmentLiteral.in("1234567890123", true)).isNull();
    }

    static final class Places {
        static final String ACCOUNT_ID = "210987654321";
        static final String EAN = "400638133393";

        private Places() {}

        static String topic(String name, String region) {
            return "arn:aws:sns:" + region + ":123456789012:" + name;
        }
    }

    @Intent("Names what it should not")
    record Telling(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/telling/{year}", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(
                    Access.actions(List.of("sns:Publish"), List.of("arn:aws:sns:eu-central-1:123456789012:news")));
        }

        @Override
        public void run(TaskRun run) {
            forAccount("111122223333").concat(barcode("400638133392")).concat(Places.topic("news", "x"));
        }

        static String forAccount(String id) {
            return id;
        }

        static String barcode(String digits) {
            return digits;
        }
    }

    @Intent("Names nothing of it")
    record Discreet(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/discreet/{year}", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(
                    Access.actions(List.of("sns:Publish"), List.of("arn:${partition}:sns:${region}:${account}:news")));
        }

        @Override
        public void run(TaskRun run) {
            run.resolved("arn:${partition}:sns:${region}:${account}:news");
        }
    }

    @Test
    void each_constant_is_told_with_class_and_member_and_the_way_out_is_none() {
        assertThat(Made.messages(Telling.class))
                .containsExactlyInAnyOrder(
                        "TSK065 p/Telling: ConstantScanTest.Telling.uses() names the ARN"
                                + " arn:aws:sns:eu-central-1:123456789012:news with the account 123456789012 and the Region"
                                + " eu-central-1: in another environment it is another one",
                        "TSK065 p/Telling: ConstantScanTest.Telling.run() names the account 111122223333: in another"
                                + " environment it is another one",
                        "TSK065 p/Telling: ConstantScanTest.Places.ACCOUNT_ID names the account 210987654321: in another"
                                + " environment it is another one",
                        "TSK065 p/Telling: ConstantScanTest.Places.topic() names the ARN arn:aws:sns:…:123456789012:… with"
                                + " the account 123456789012: in another environment it is another one");
        assertThat(Made.messages(Discreet.class)).isEmpty();
    }

    @Test
    void placeholders_are_replaced_by_what_the_environment_has() {
        var china = Surroundings.of("arn:aws-cn:iam::123456789012:role/baton/p/r", "cn-north-1");

        assertThat(china.in("arn:${partition}:sns:${region}:${account}:news"))
                .isEqualTo("arn:aws-cn:sns:cn-north-1:123456789012:news");
        assertThat(china.in(Map.of("a", List.of("${AccountId}", 1L, Map.of("b", "${region}")))))
                .isEqualTo(Map.of("a", List.of("123456789012", 1L, Map.of("b", "cn-north-1"))));
        assertThat(new Discreet(Year.of(2026)).uses())
                .as("as policies are written")
                .containsExactly(Access.actions(
                        List.of("sns:Publish"), List.of("arn:${Partition}:sns:${Region}:${AccountId}:news")));
    }
}
