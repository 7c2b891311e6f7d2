package dev.baton.cli.deploy.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.compiler.pipeline.BucketPolicies.Wanted;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.local.EmbeddedAws;
import dev.baton.run.Prefix;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class PipelineBucketTest {
    private static Wanted wanted(String place) {
        return new Wanted(
                Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        List.of(Map.of(
                                "Sid", "OnlyRolesOfPipelines",
                                "Effect", "Deny",
                                "Principal", "*",
                                "Action", "s3:PutObject",
                                "Resource", List.of("arn:aws:s3:::lake/" + place + "/*"),
                                "Condition",
                                        Map.of(
                                                "ArnNotLike",
                                                Map.of(
                                                        "aws:PrincipalArn",
                                                        "arn:aws:iam::000000000000:role/baton/*"))))),
                List.of());
    }

    @Test
    void a_pipeline_keeps_other_places_than_before_and_others_keep_theirs() {
        try (var aws = EmbeddedAws.start();
                var endpoint = new Endpoint(
                        aws.endpoint(),
                        aws.account().region(),
                        aws.administrator().accessKeyId(),
                        aws.administrator().secretAccessKey())) {
            var key = new EncryptionKey(endpoint.kms(), Prefix.BATON.keyAlias()).arn();
            new PipelineBucket(endpoint.s3(), "lake").put(key);
            var refusals = new BucketRefusals(endpoint.s3(), "lake");
            refusals.put("weather", Map.of("lake", wanted("old")));
            refusals.put("weather-two", Map.of("lake", wanted("two")));
            refusals.put("weather", Map.of("lake", wanted("new")));
            assertThat(kept(endpoint)).containsExactly("new", "two");
            refusals.remove("weather-two");
            assertThat(kept(endpoint)).as("gone, and nothing left of it").containsExactly("new");
            assertThat(new EncryptionKey(endpoint.kms(), Prefix.BATON.keyAlias()).arn())
                    .as("one key for all")
                    .isEqualTo(key);

            refusals.remove("weather");
            assertThatThrownBy(() -> kept(endpoint)).hasMessageContaining("The bucket policy does not exist");
            refusals.put("weather", Map.of("lake", wanted("again")));
            assertThat(kept(endpoint)).containsExactly("again");
        }
    }

    @Test
    void what_a_bucket_cannot_hold_is_told_before_anything_is_put() {
        try (var aws = EmbeddedAws.start();
                var endpoint = new Endpoint(
                        aws.endpoint(),
                        aws.account().region(),
                        aws.administrator().accessKeyId(),
                        aws.administrator().secretAccessKey())) {
            var refusals = new BucketRefusals(endpoint.s3(), "lake");
            var places = IntStream.range(0, 40)
                    .mapToObj(i -> (char) ('0' + i) + "/" + "x".repeat(600))
                    .toList();
            var many = new TreeMap<String, Object>(wanted("").policy());
            many.put(
                    "Statement",
                    List.of(Map.of(
                            "Sid",
                            "OnlyRolesOfPipelines",
                            "Resource",
                            places.stream()
                                    .map(place -> "arn:aws:s3:::lake/" + place)
                                    .toList())));
            assertThatThrownBy(() -> refusals.check("large", Map.of("lake", new Wanted(many, List.of()))))
                    .isInstanceOf(DiagnosticException.class)
                    .hasMessageContaining("CMP050")
                    .hasMessageContaining("S3 takes 20480")
                    .hasMessageContaining(" large");
            assertThat(endpoint.s3().listBuckets().buckets()).isEmpty();
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
            var another = new EncryptionKey(endpoint.kms(), Prefix.BATON.keyAlias()).arn();
            new PipelineBucket(endpoint.s3(), "lake").put(another);
            var second = new BucketRefusals(endpoint.s3(), "lake");
            var overtaken = new AtomicInteger();
            // Whoever is first has read everything, and is about to put it when the second one is faster.
            var slow = (S3Client) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("putBucketPolicy") && overtaken.getAndIncrement() == 0) {
                            second.put("second", Map.of("lake", wanted("second")));
                        }
                        try {
                            return method.invoke(endpoint.s3(), arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            new BucketRefusals(slow, "lake").put("first", Map.of("lake", wanted("first")));

            assertThat(kept(endpoint)).containsExactly("first", "second");
            assertThat(overtaken.get())
                    .as("once more, because more was wanted by then")
                    .isEqualTo(2);
            second.put("second", Map.of("lake", wanted("other")));
            assertThat(kept(endpoint)).containsExactly("first", "other");
        }
    }

    private static List<String> kept(Endpoint endpoint) {
        var policy =
                endpoint.s3().getBucketPolicy(request -> request.bucket("lake")).policy();
        return Pattern.compile("arn:aws:s3:::lake/([a-z]+)/")
                .matcher(policy)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
