package dev.baton.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

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
            bucket.put(key);
            bucket.refuse("/baton/weather/", List.of(), policy(only("weather", "Old")));
            bucket.refuse("/baton/weather-two/", List.of(), policy(only("weather-two", "Any")));
            bucket.refuse("/baton/weather/", List.of(), policy(only("weather", "New")));

            assertThat(refused(endpoint)).containsExactly("Onlyweather-twoAny", "OnlyweatherNew");
            assertThat(new EncryptionKey(endpoint.kms()).arn()).as("one key for all").isEqualTo(key);
        }
    }

    @Test
    void of_pipelines_that_are_deployed_at_once_none_takes_away_what_another_has_put_there() {
        try (var aws = EmbeddedAws.start();
                var endpoint = new Endpoint(
                        aws.endpoint(),
                        aws.account().region(),
                        aws.administrator().accessKeyId(),
                        aws.administrator().secretAccessKey())) {
            new PipelineBucket(endpoint.s3(), "lake").put(new EncryptionKey(endpoint.kms()).arn());
            var second = new Refusals(endpoint.s3(), "lake");
            var overtaken = new AtomicInteger();
            // Whoever is first has read everything, and is about to put it when the second one is faster.
            var slow = (S3Client) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("putBucketPolicy") && overtaken.getAndIncrement() == 0) {
                            second.put("second", "/baton/second/", Map.of("lake", policy(only("second", "Any"))));
                        }
                        try {
                            return method.invoke(endpoint.s3(), arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            new Refusals(slow, "lake").put("first", "/baton/first/", Map.of("lake", policy(only("first", "Any"))));

            assertThat(refused(endpoint)).containsExactlyInAnyOrder("OnlyfirstAny", "OnlysecondAny");
            assertThat(overtaken.get()).as("once more, because more was wanted by then").isEqualTo(2);
            second.put("second", "/baton/second/", Map.of("lake", policy(only("second", "Other"))));
            assertThat(refused(endpoint)).containsExactlyInAnyOrder("OnlyfirstAny", "OnlysecondOther");
        }
    }

    private static List<String> refused(Endpoint endpoint) {
        var statements = Json.parseObject(endpoint.s3()
                        .getBucketPolicy(request -> request.bucket("lake"))
                        .policy())
                .get("Statement");
        return ((List<?>) statements)
                .stream()
                        .map(statement -> String.valueOf(((Map<?, ?>) statement).get("Sid")))
                        .toList();
    }
}
