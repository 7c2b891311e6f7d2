package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The trail of an environment that asks for one, and none where none is asked for.
@ExtendWith(Stacks.class)
class TrailConstructsTest {
    @Test
    void requests_for_objects_are_logged_where_nobody_deletes_them() {
        var prod = Example.in("prod");
        var trail = prod.one("AWS::CloudTrail::Trail");
        assertThat(trail.property("EnableLogFileValidation")).isEqualTo(true);
        assertThat(trail.property("IsLogging")).isEqualTo(true);
        assertThat(Json.print(prod.resolved(trail.stack(), trail.property("AdvancedEventSelectors"))))
                .contains("\"Equals\":[\"Data\"]", "AWS::S3::Object", ":s3:::example-prod-lake/\"")
                .contains(":s3:::example-prod-baton-state/\"")
                .doesNotContain("example-prod-evidence", "Management");
        var bucket = prod.one("AWS::S3::Bucket", "BucketName", "example-prod-evidence");
        assertThat(bucket.property("ObjectLockEnabled")).isEqualTo(true);
        assertThat(bucket.at("ObjectLockConfiguration/Rule/DefaultRetention"))
                .isEqualTo(Map.of("Mode", "COMPLIANCE", "Days", 2557L));
        assertThat(bucket.body()).containsEntry("DeletionPolicy", "RetainExceptOnCreate");
        assertThat(prod.all("AWS::S3::BucketPolicy"))
                .filteredOn(policy -> Map.of("Ref", bucket.id()).equals(policy.property("Bucket")))
                .singleElement()
                .satisfies(policy -> assertThat(Json.print(policy.property("PolicyDocument")))
                        .contains("OnlyByTls", ":trail/baton-evidence", "AWSLogs/", "cloudtrail.amazonaws.com"));
        assertThat(Example.in("stage").all("AWS::CloudTrail::Trail")).isEmpty();
    }
}
