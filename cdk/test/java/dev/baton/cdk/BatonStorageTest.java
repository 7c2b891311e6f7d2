package dev.baton.cdk;

import static dev.baton.cdk.Example.WEATHER;
import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The buckets of an environment, and their policies.
@ExtendWith(Stacks.class)
class BatonStorageTest {
    @Test
    void buckets_are_encrypted_versioned_private_and_tell_eventbridge_without_a_custom_resource() {
        var prod = Example.in("prod");
        var key = "<AWS::KMS::Key." + prod.one("AWS::KMS::Key").id() + ".Arn>";
        for (var name : List.of("example-prod-lake", "example-prod-baton-state")) {
            var bucket = prod.one("AWS::S3::Bucket", "BucketName", name);
            var rule = object(
                    prod.resolved(bucket.stack(), bucket.at("BucketEncryption/ServerSideEncryptionConfiguration/0")));
            assertThat(rule)
                    .containsEntry("BucketKeyEnabled", true)
                    .containsEntry(
                            "ServerSideEncryptionByDefault", Map.of("SSEAlgorithm", "aws:kms", "KMSMasterKeyID", key));
            assertThat(bucket.property("VersioningConfiguration")).isEqualTo(Map.of("Status", "Enabled"));
            assertThat(object(bucket.property("PublicAccessBlockConfiguration")))
                    .hasSize(4)
                    .allSatisfy((setting, value) -> assertThat(value).isEqualTo(true));
            assertThat(bucket.at("NotificationConfiguration/EventBridgeConfiguration/EventBridgeEnabled"))
                    .isEqualTo(true);
            assertThat(bucket.body()).containsEntry("DeletionPolicy", "RetainExceptOnCreate");
        }
        var runs = object(prod.one("AWS::S3::Bucket", "BucketName", "example-prod-baton-state")
                .at("LifecycleConfiguration/Rules/0"));
        assertThat(runs).containsEntry("Prefix", "runs/").containsEntry("ExpirationInDays", 400L);
        assertThat(prod.all())
                .noneMatch(resource -> resource.type().startsWith("Custom::")
                        || resource.type().equals("AWS::CloudFormation::CustomResource"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "stage", "prod"})
    void buckets_have_the_policies_that_were_compiled(String environment) {
        var synthesised = Example.in(environment);
        var substitutions = Example.substitutions(environment);
        for (var compiled : WEATHER.buckets()) {
            var bucket = synthesised.one(
                    "AWS::S3::Bucket", "BucketName", substitutions.in("${" + compiled.placeholder() + "}"));
            var policy = synthesised.all("AWS::S3::BucketPolicy").stream()
                    .filter(candidate -> Map.of("Ref", bucket.id()).equals(candidate.property("Bucket")))
                    .filter(candidate -> candidate.stack().equals(bucket.stack()))
                    .toList();
            assertThat(policy).hasSize(1);
            assertThat(Json.pretty(synthesised.resolved(
                            bucket.stack(), policy.getFirst().property("PolicyDocument"))))
                    .isEqualTo(Json.pretty(substitutions.in(compiled.policy())))
                    .contains("aws:SecureTransport");
        }
    }
}
