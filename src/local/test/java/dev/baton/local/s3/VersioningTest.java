package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

class VersioningTest {
    static EmbeddedAws aws;
    static Clients clients;
    static S3Client s3;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.start();
        clients = new Clients(aws);
        s3 = clients.s3();
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    private static String bucket(String name, BucketVersioningStatus status) {
        s3.createBucket(create -> create.bucket(name));
        set(name, status);
        return name;
    }

    private static void set(String name, BucketVersioningStatus status) {
        s3.putBucketVersioning(put -> put.bucket(name).versioningConfiguration(config -> config.status(status)));
    }

    private static String put(String bucket, String key, String content) {
        return s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(content))
                .versionId();
    }

    private static String get(String bucket, String key, String version) {
        return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key).versionId(version))
                .asUtf8String();
    }

    @Test
    void every_write_is_a_version_that_stays_readable() {
        var bucket = bucket("versions", BucketVersioningStatus.ENABLED);
        var first = put(bucket, "k", "1");
        var second = put(bucket, "k", "2");
        assertThat(first).hasSize(32).isNotEqualTo(second);
        assertThat(get(bucket, "k", null)).isEqualTo("2");
        assertThat(get(bucket, "k", first)).isEqualTo("1");
        assertThat(s3.headObject(head -> head.bucket(bucket).key("k")).versionId())
                .isEqualTo(second);
    }

    @Test
    void a_delete_marker_hides_and_its_removal_uncovers() {
        var bucket = bucket("markers", BucketVersioningStatus.ENABLED);
        var first = put(bucket, "k", "1");
        var deleted = s3.deleteObject(delete -> delete.bucket(bucket).key("k"));
        assertThat(deleted.deleteMarker()).isTrue();
        assertThatThrownBy(() -> get(bucket, "k", null)).isInstanceOfSatisfying(NoSuchKeyException.class, e -> {
            var headers = e.awsErrorDetails().sdkHttpResponse();
            assertThat(headers.firstMatchingHeader("x-amz-delete-marker")).contains("true");
            assertThat(headers.firstMatchingHeader("x-amz-version-id")).contains(deleted.versionId());
        });
        assertThatThrownBy(() -> get(bucket, "k", deleted.versionId()))
                .isInstanceOfSatisfying(S3Exception.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(405);
                    var headers = e.awsErrorDetails().sdkHttpResponse();
                    assertThat(headers.firstMatchingHeader("Allow")).contains("DELETE");
                    assertThat(headers.firstMatchingHeader("x-amz-delete-marker")).contains("true");
                    assertThat(headers.firstMatchingHeader("x-amz-version-id")).contains(deleted.versionId());
                    assertThat(headers.firstMatchingHeader("Last-Modified")).isPresent();
                });
        assertThatThrownBy(() -> s3.copyObject(copy -> copy.sourceBucket(bucket)
                        .sourceKey("k")
                        .sourceVersionId(deleted.versionId())
                        .destinationBucket(bucket)
                        .destinationKey("copy")))
                .hasMessageContaining("may not specifically refer to a delete marker by version id");
        assertThat(get(bucket, "k", first)).isEqualTo("1");
        assertThat(s3.listObjectsV2(list -> list.bucket(bucket)).contents()).isEmpty();
        var removed = s3.deleteObject(delete -> delete.bucket(bucket).key("k").versionId(deleted.versionId()));
        assertThat(removed.deleteMarker()).isTrue();
        assertThat(removed.versionId()).isEqualTo(deleted.versionId());
        assertThat(get(bucket, "k", null)).isEqualTo("1");
    }

    @Test
    void removing_the_latest_version_makes_the_one_before_current() {
        var bucket = bucket("removals", BucketVersioningStatus.ENABLED);
        put(bucket, "k", "1");
        var second = put(bucket, "k", "2");
        s3.deleteObject(delete -> delete.bucket(bucket).key("k").versionId(second));
        assertThat(get(bucket, "k", null)).isEqualTo("1");
    }

    @Test
    void suspended_versioning_overwrites_the_null_version_only() {
        var bucket = bucket("suspended", BucketVersioningStatus.ENABLED);
        var kept = put(bucket, "k", "kept");
        set(bucket, BucketVersioningStatus.SUSPENDED);
        assertThat(put(bucket, "k", "null 1")).isEqualTo("null");
        assertThat(put(bucket, "k", "null 2")).isEqualTo("null");
        assertThat(get(bucket, "k", "null")).isEqualTo("null 2");
        assertThat(get(bucket, "k", kept)).isEqualTo("kept");
        var marker = s3.deleteObject(delete -> delete.bucket(bucket).key("k"));
        assertThat(marker.versionId()).isEqualTo("null");
        assertThatThrownBy(() -> get(bucket, "k", null)).isInstanceOf(NoSuchKeyException.class);
        set(bucket, BucketVersioningStatus.ENABLED);
        put(bucket, "k", "again");
        var all = s3.listObjectVersions(list -> list.bucket(bucket));
        assertThat(all.versions())
                .extracting(ObjectVersion::versionId)
                .hasSize(2)
                .contains(kept);
        assertThat(all.deleteMarkers()).singleElement().satisfies(m -> {
            assertThat(m.versionId()).isEqualTo("null");
            assertThat(m.isLatest()).isFalse();
        });
    }

    @Test
    void what_was_there_before_versioning_is_the_null_version() {
        s3.createBucket(create -> create.bucket("before"));
        assertThat(put("before", "k", "old")).isNull();
        set("before", BucketVersioningStatus.ENABLED);
        put("before", "k", "new");
        assertThat(get("before", "k", "null")).isEqualTo("old");
    }

    @Test
    void versions_are_listed_newest_first_over_pages() {
        var bucket = bucket("pages", BucketVersioningStatus.ENABLED);
        var expected = new ArrayList<String>();
        for (var key : List.of("a", "b/1", "b/2", "c")) {
            var versions = new ArrayList<String>();
            for (int i = 0; i < 3; i++) {
                versions.addFirst(key + " " + put(bucket, key, "" + i));
            }
            expected.addAll(versions);
        }
        for (int size : new int[] {1, 2, 5, 100}) {
            var found = new ArrayList<String>();
            s3.listObjectVersionsPaginator(list -> list.bucket(bucket).maxKeys(size))
                    .versions()
                    .forEach(version -> found.add(version.key() + " " + version.versionId()));
            assertThat(found).containsExactlyElementsOf(expected);
        }
        var folded = s3.listObjectVersions(list -> list.bucket(bucket).delimiter("/"));
        assertThat(folded.versions()).hasSize(6);
        assertThat(folded.commonPrefixes())
                .extracting(prefix -> prefix.prefix())
                .containsExactly("b/");
        assertThat(folded.versions().getFirst().isLatest()).isTrue();
        assertThat(folded.versions().get(1).isLatest()).isFalse();
    }

    @Test
    void a_bucket_with_versions_is_not_empty() {
        var bucket = bucket("stubborn", BucketVersioningStatus.ENABLED);
        put(bucket, "k", "1");
        s3.deleteObject(delete -> delete.bucket(bucket).key("k"));
        assertThatThrownBy(() -> s3.deleteBucket(delete -> delete.bucket(bucket)))
                .hasMessageContaining("all versions");
    }

    @Test
    void conditions_look_at_the_current_version_only() {
        var bucket = bucket("conditions", BucketVersioningStatus.ENABLED);
        put(bucket, "k", "1");
        s3.deleteObject(delete -> delete.bucket(bucket).key("k"));
        s3.putObject(put -> put.bucket(bucket).key("k").ifNoneMatch("*"), RequestBody.fromString("2"));
        assertThatThrownBy(() ->
                        s3.putObject(put -> put.bucket(bucket).key("k").ifNoneMatch("*"), RequestBody.fromString("3")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        s3.deleteObject(delete -> delete.bucket(bucket).key("k").ifMatch("*"));
        assertThatThrownBy(() -> s3.deleteObject(
                        delete -> delete.bucket(bucket).key("k").ifMatch("*")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
        assertThatThrownBy(() -> s3.deleteObject(
                        delete -> delete.bucket(bucket).key("k").versionId("x").ifMatch("*")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(501));
        assertThatThrownBy(() ->
                        s3.deleteObject(delete -> delete.bucket(bucket).key("k").versionId("")))
                .hasMessageContaining("Version id cannot be the empty string");
    }
}
