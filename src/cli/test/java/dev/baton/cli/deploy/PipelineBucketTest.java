package dev.baton.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineBucketTest {
    private static Map<String, Object> only(String pipeline, String task) {
        return Map.of(
                "Sid", "Only" + pipeline + task,
                "Effect", "Deny",
                "Principal", "*",
                "Action", "s3:PutObject",
                "Resource", "arn:aws:s3:::lake/" + pipeline + "/*",
                "Condition",
                        Map.of(
                                "ArnNotLike",
                                Map.of(
                                        "aws:PrincipalArn",
                                        "arn:aws:iam::000000000000:role/baton/" + pipeline + "/" + task)));
    }

    private static Map<String, Object> policy(Map<String, Object> statement) {
        return Map.of("Version", "2012-10-17", "Statement", List.of(statement));
    }

    @Test
    void a_renamed_task_takes_over_its_place_and_other_pipelines_keep_theirs() {
        try (var aws = EmbeddedAws.start();
                var endpoint = new Endpoint(
                        aws.endpoint(),
                        aws.account().region(),
                        aws.administrator().accessKeyId(),
                        aws.administrator().secretAccessKey())) {
            var key = new EncryptionKey(endpoint.kms()).arn();
            var bucket = new PipelineBucket(endpoint.s3(), "lake");
            bucket.put(key, "/baton/weather/", policy(only("weather", "Old")));
            bucket.put(key, "/baton/weather-two/", policy(only("weather-two", "Any")));
            bucket.put(key, "/baton/weather/", policy(only("weather", "New")));

            var statements = Json.parseObject(endpoint.s3()
                            .getBucketPolicy(request -> request.bucket("lake"))
                            .policy())
                    .get("Statement");
            assertThat((List<?>) statements)
                    .extracting(statement -> String.valueOf(((Map<?, ?>) statement).get("Sid")))
                    .containsExactly("Onlyweather-twoAny", "OnlyweatherNew");
            assertThat(new EncryptionKey(endpoint.kms()).arn()).as("one key for all").isEqualTo(key);
        }
    }
}
