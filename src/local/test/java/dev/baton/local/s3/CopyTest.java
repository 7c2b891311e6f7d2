package dev.baton.local.s3;

import static dev.baton.local.s3.Lake.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.http.HttpDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.Tag;

/// Objects that are made of others.
class CopyTest {
    private static Lake lake;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        lake = new Lake();
        s3 = lake.s3();
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    @Test
    void a_copy_brings_content_and_metadata_or_new_metadata() {
        s3.putObject(
                put -> put.bucket("lake")
                        .key("from +%/ä")
                        .metadata(Map.of("a", "1"))
                        .tagging("t=1"),
                RequestBody.fromString("content"));
        s3.copyObject(copy -> copy.sourceBucket("lake")
                .sourceKey("from +%/ä")
                .destinationBucket("lake")
                .destinationKey("to"));
        assertThat(lake.get("to")).isEqualTo("content");
        var head = s3.headObject(ask -> ask.bucket("lake").key("to"));
        assertThat(head.metadata()).containsEntry("a", "1");
        assertThat(s3.getObjectTagging(ask -> ask.bucket("lake").key("to")).tagSet())
                .containsExactly(Tag.builder().key("t").value("1").build());
        s3.copyObject(copy -> copy.sourceBucket("lake")
                .sourceKey("to")
                .destinationBucket("lake")
                .destinationKey("to")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("b", "2")));
        assertThat(s3.headObject(ask -> ask.bucket("lake").key("to")).metadata())
                .containsEntry("b", "2")
                .doesNotContainKey("a");
        refused(
                400,
                "InvalidRequest",
                () -> s3.copyObject(copy -> copy.sourceBucket("lake")
                        .sourceKey("to")
                        .destinationBucket("lake")
                        .destinationKey("to")));
        refused(
                412,
                "PreconditionFailed",
                () -> s3.copyObject(copy -> copy.sourceBucket("lake")
                        .sourceKey("to")
                        .copySourceIfMatch("\"x\"")
                        .destinationBucket("lake")
                        .destinationKey("elsewhere")));
        refused(
                404,
                "NoSuchKey",
                () -> s3.copyObject(copy -> copy.sourceBucket("lake")
                        .sourceKey("nothing")
                        .destinationBucket("lake")
                        .destinationKey("elsewhere")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "same, -, 0, -, ",
                "other, -, -, -, x-amz-copy-source-If-Match",
                "-, same, -, -, x-amz-copy-source-If-None-Match",
                "-, other, -, -, ",
                "-, -, -1, -, x-amz-copy-source-If-Unmodified-Since",
                "-, -, -, 0, x-amz-copy-source-If-Modified-Since",
                "same, -, -1, -, ",
                "-, same, -, -1, x-amz-copy-source-If-None-Match",
            })
    void a_copy_holds_to_conditions_on_its_source(
            String match, String noneMatch, Integer unmodifiedSince, Integer modifiedSince, String failed)
            throws Exception {
        var etag = lake.put("conditional", "1");
        var modified = s3.headObject(ask -> ask.bucket("lake").key("conditional"))
                .lastModified();
        var headers = new LinkedHashMap<String, String>();
        headers.put("x-amz-copy-source", "/lake/conditional");
        if (match != null) {
            headers.put("x-amz-copy-source-if-match", match.replace("same", etag));
        }
        if (noneMatch != null) {
            headers.put("x-amz-copy-source-if-none-match", noneMatch.replace("same", etag));
        }
        if (unmodifiedSince != null) {
            headers.put("x-amz-copy-source-if-unmodified-since", HttpDate.of(modified.plusSeconds(unmodifiedSince)));
        }
        if (modifiedSince != null) {
            headers.put("x-amz-copy-source-if-modified-since", HttpDate.of(modified.plusSeconds(modifiedSince)));
        }
        var answer = lake.signing().send("PUT", "/lake/copied", headers, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(failed == null ? 200 : 412);
        if (failed != null) {
            assertThat(answer.text()).contains("<Condition>" + failed + "</Condition>");
        }
    }

    @Test
    void a_copy_outlives_its_source() {
        lake.put("source", "content");
        s3.copyObject(copy -> copy.sourceBucket("lake")
                .sourceKey("source")
                .destinationBucket("lake")
                .destinationKey("copy"));
        s3.deleteObject(delete -> delete.bucket("lake").key("source"));
        assertThat(lake.get("copy")).isEqualTo("content");
    }
}
