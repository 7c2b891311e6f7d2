package dev.baton.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Lines as AWS's documentation shows them are read.
class AccessLogLineTest {
    private static final String DOCUMENTED = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
            + " amzn-s3-demo-bucket1 [06/Feb/2019:00:00:38 +0000] 192.0.2.3"
            + " 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be 3E57427F3EXAMPLE REST.GET.VERSIONING -"
            + " \"GET /amzn-s3-demo-bucket1?versioning HTTP/1.1\" 200 - 113 - 7 - \"-\" \"S3Console/0.4\" -"
            + " s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4"
            + " ECDHE-RSA-AES128-GCM-SHA256 AuthHeader amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com TLSV1.2"
            + " arn:aws:s3:us-west-1:123456789012:accesspoint/example-AP Yes us-east-1";

    @Test
    void the_documented_example_is_read() {
        assertThat(AccessLogLine.parse(DOCUMENTED))
                .contains(new AccessLogLine(
                        "amzn-s3-demo-bucket1",
                        Instant.parse("2019-02-06T00:00:38Z"),
                        "192.0.2.3",
                        "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
                        "3E57427F3EXAMPLE",
                        "REST.GET.VERSIONING",
                        "-",
                        "200",
                        "-",
                        "-"));
    }

    @Test
    void a_user_agent_with_quotes_moves_no_field() {
        assertThat(AccessLogLine.parse(DOCUMENTED.replace("\"S3Console/0.4\" -", "\"a \"quoted\"agent\" v1")))
                .hasValueSatisfying(line -> assertThat(line.version()).isEqualTo("v1"));
    }

    @Test
    void what_is_not_a_record_is_nothing() {
        assertThat(AccessLogLine.parse("")).isEmpty();
        assertThat(AccessLogLine.parse("a b [c")).isEmpty();
        assertThat(AccessLogLine.parse(DOCUMENTED.replace("06/Feb/2019", "99/Feb/2019")))
                .isEmpty();
    }
}
