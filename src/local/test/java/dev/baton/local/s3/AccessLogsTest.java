package dev.baton.local.s3;

import static dev.baton.local.s3.Lake.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLogsPermission;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.LoggingEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.TargetGrant;

/// Server access logs and object lock, of one embedded AWS whose time is moved by hand.
class AccessLogsTest {
    private static final String MAY_DELIVER = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},
            "Action":"s3:PutObject","Resource":"arn:aws:s3:::%s/lake/*",
            "Condition":{"StringEquals":{"aws:SourceAccount":"000000000000"},
            "ArnLike":{"aws:SourceArn":"arn:aws:s3:::lake"}}}}""";

    private static final MovedClock CLOCK = new MovedClock();
    private static EmbeddedAws aws;
    private static Clients clients;
    private static S3Client s3;

    /// The system's time and what it was moved by: signatures are not older than fifteen minutes.
    private static final class MovedClock extends Clock {
        private volatile Duration moved = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(moved);
        }
    }

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.builder().clock(CLOCK).start();
        clients = new Clients(aws);
        s3 = clients.s3();
        for (var bucket : List.of("lake", "logs", "closed")) {
            s3.createBucket(create -> create.bucket(bucket));
        }
        s3.putBucketPolicy(put -> put.bucket("logs").policy(MAY_DELIVER.formatted("logs")));
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    private static void log(String target, String prefix) {
        s3.putBucketLogging(put -> put.bucket("lake")
                .bucketLoggingStatus(status -> status.loggingEnabled(LoggingEnabled.builder()
                        .targetBucket(target)
                        .targetPrefix(prefix)
                        .build())));
    }

    private static void passAMinute() {
        CLOCK.moved = CLOCK.moved.plus(Duration.ofSeconds(61));
        s3.listBuckets();
    }

    private static List<String> records(String bucket) {
        return s3.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .flatMap(key -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(key))
                        .asUtf8String()
                        .lines())
                .toList();
    }

    @Test
    void who_asked_for_what_is_delivered_with_refusals_and_without_secrets() {
        assertThat(s3.getBucketLogging(get -> get.bucket("lake")).loggingEnabled())
                .isNull();
        log("logs", "lake/");
        assertThat(s3.getBucketLogging(get -> get.bucket("lake"))
                        .loggingEnabled()
                        .targetPrefix())
                .isEqualTo("lake/");
        s3.putObject(put -> put.bucket("lake").key("a b/\u00fc.txt"), RequestBody.fromString("hello"));
        s3.getObject(get -> get.bucket("lake").key("a b/\u00fc.txt").range("bytes=0-1"))
                .abort();
        clients.iam().createRole(create -> create.roleName("reader").assumeRolePolicyDocument("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow",
                "Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"}}"""));
        var session = clients.sts()
                .assumeRole(assume ->
                        assume.roleArn("arn:aws:iam::000000000000:role/reader").roleSessionName("mallory"))
                .credentials();
        try (var reader = new Clients(
                aws,
                new AccessKey(
                        session.accessKeyId(),
                        session.secretAccessKey(),
                        session.sessionToken(),
                        aws.administrator().caller()))) {
            refused(
                    403,
                    "AccessDenied",
                    () -> reader.s3().getObject(get -> get.bucket("lake").key("a b/\u00fc.txt")));
        }
        assertThat(records("logs")).as("gathered").isEmpty();

        passAMinute();
        var records = records("logs");
        assertThat(s3.listObjectsV2(list -> list.bucket("logs")).contents())
                .singleElement()
                .satisfies(log ->
                        assertThat(log.key()).matches("lake/\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-[0-9A-F]{16}"));
        var owner = "[0-9a-f]{64} lake \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000\\] 127\\.0\\.0\\.1 ";
        assertThat(records)
                .anyMatch(line -> line.matches(owner
                        + "arn:aws:iam::000000000000:\\S+ [0-9A-Z]+ REST\\.PUT\\.OBJECT a%20b/%C3%BC\\.txt"
                        + " \"PUT /lake/a%20b/%C3%BC\\.txt HTTP/1\\.1\" 200 - - 5 \\d+ \\d+ \"-\" \"[^\"]+\" - \\S+"
                        + " SigV4 - AuthHeader \\S+ - - - -"))
                .anyMatch(line -> line.matches(owner + ".* REST\\.GET\\.OBJECT a%20b/%C3%BC\\.txt .* 206 - 2 5 .*"))
                .anyMatch(line -> line.matches(owner
                        + "arn:aws:sts::000000000000:assumed-role/reader/mallory [0-9A-Z]+ REST\\.GET\\.OBJECT"
                        + " a%20b/%C3%BC\\.txt .* 403 AccessDenied - - .*"))
                .anyMatch(line -> line.contains("REST.GET.LOGGING_STATUS - \"GET /lake?logging"));
        assertThat(String.join("\n", records)).doesNotContain(session.sessionToken(), "hello");

        log("closed", "lake/");
        s3.headBucket(head -> head.bucket("lake"));
        passAMinute();
        assertThat(records("closed")).as("no policy lets S3 deliver there").isEmpty();
        s3.putBucketLogging(put -> put.bucket("lake").bucketLoggingStatus(status -> {}));
        assertThat(s3.getBucketLogging(get -> get.bucket("lake")).loggingEnabled())
                .isNull();
    }

    @Test
    void what_cannot_be_logged_to_is_refused() {
        refused(400, "InvalidTargetBucketForLogging", () -> log("nowhere", ""));
        refused(
                400,
                "AccessControlListNotSupported",
                () -> s3.putBucketLogging(put -> put.bucket("lake")
                        .bucketLoggingStatus(status -> status.loggingEnabled(LoggingEnabled.builder()
                                .targetBucket("logs")
                                .targetPrefix("")
                                .targetGrants(TargetGrant.builder()
                                        .permission(BucketLogsPermission.READ)
                                        .build())
                                .build()))));
    }

    @Test
    void what_is_retained_in_compliance_mode_nobody_deletes_until_its_end() {
        s3.createBucket(create -> create.bucket("anchors").objectLockEnabledForBucket(true));
        assertThat(s3.getObjectLockConfiguration(get -> get.bucket("anchors"))
                        .objectLockConfiguration()
                        .objectLockEnabled())
                .isEqualTo(ObjectLockEnabled.ENABLED);
        var until = CLOCK.instant().plusSeconds(60);
        var version = s3.putObject(
                        put -> put.bucket("anchors")
                                .key("a")
                                .objectLockMode(ObjectLockMode.COMPLIANCE)
                                .objectLockRetainUntilDate(until),
                        RequestBody.fromString("1"))
                .versionId();
        var head = s3.headObject(get -> get.bucket("anchors").key("a"));
        assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.COMPLIANCE);
        assertThat(head.objectLockRetainUntilDate()).isEqualTo(until);
        refused(
                403,
                "AccessDenied",
                () -> s3.deleteObject(
                        delete -> delete.bucket("anchors").key("a").versionId(version)));
        s3.deleteObject(delete -> delete.bucket("anchors").key("a"));
        s3.putObject(put -> put.bucket("anchors").key("a"), RequestBody.fromString("2"));
        assertThat(s3.getObjectAsBytes(get -> get.bucket("anchors").key("a").versionId(version))
                        .asUtf8String())
                .as("a marker and a newer version hide it, and it stays")
                .isEqualTo("1");
        refused(
                409,
                "InvalidBucketState",
                () -> s3.putBucketVersioning(put -> put.bucket("anchors")
                        .versioningConfiguration(to -> to.status(BucketVersioningStatus.SUSPENDED))));

        CLOCK.moved = CLOCK.moved.plus(Duration.ofSeconds(61));
        s3.deleteObject(delete -> delete.bucket("anchors").key("a").versionId(version));
    }

    @Test
    void a_retention_that_cannot_hold_is_refused() {
        s3.createBucket(create -> create.bucket("held").objectLockEnabledForBucket(true));
        var past = CLOCK.instant().minusSeconds(1);
        refused(400, "InvalidArgument", () -> retain("held", ObjectLockMode.COMPLIANCE, past));
        var later = CLOCK.instant().plusSeconds(60);
        refused(400, "InvalidRequest", () -> retain("logs", ObjectLockMode.COMPLIANCE, later));
        refused(501, "NotImplemented", () -> retain("held", ObjectLockMode.GOVERNANCE, later));
        refused(400, "InvalidArgument", () -> retain("held", ObjectLockMode.COMPLIANCE, null));
        refused(
                404,
                "ObjectLockConfigurationNotFoundError",
                () -> s3.getObjectLockConfiguration(get -> get.bucket("logs")));
        refused(
                409,
                "InvalidBucketState",
                () -> s3.putObjectLockConfiguration(put -> put.bucket("logs")
                        .objectLockConfiguration(to -> to.objectLockEnabled(ObjectLockEnabled.ENABLED))));
    }

    private static void retain(String bucket, ObjectLockMode mode, Instant until) {
        s3.putObject(
                put -> put.bucket(bucket).key("x").objectLockMode(mode).objectLockRetainUntilDate(until),
                RequestBody.fromString("1"));
    }
}
