package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.Caller;
import dev.baton.local.caller.Session;
import dev.baton.local.iam.policy.Decision;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The roles of the example have what they need, and nothing that could go unnoticed.
///
/// Everything that services asked leave for while the example really ran is recorded. Then each statement of each
/// policy is taken away, through the APIs of IAM and S3, and what was recorded is asked for again: something has to
/// be refused that was granted. Of a statement that refuses, taking it away has to let a real request pass that it
/// refused.
class LeastPrivilegeTest {
    /// What nothing on this AWS asks for, each with the reason why it is there.
    private static final Map<String, String> UNASKED = Map.of(
            "baton-weather-states/TraceExecutions", "there is no X-Ray here that traces are sent to",
            "boundary/NothingOfOthers", "it refuses; that is shown below, where something is asked of another pipeline",
            "boundary/HearOfChildren", "the example has no child machine; a boundary outlives a change that adds one");

    private static final Queue<AccessRequest> GRANTED = new ConcurrentLinkedQueue<>();
    private static volatile boolean recording;
    private static DeployedPipeline weather;
    private static CompiledPipeline compiled;
    private static Substitutions substitutions;
    private static List<AccessRequest> granted;

    private static void record(AccessRequest access, Decision decision) {
        if (recording && decision.allowed()) {
            GRANTED.add(access);
        }
    }

    @BeforeAll
    static void run_the_example_in_every_way() throws IOException, InterruptedException {
        var aws = EmbeddedAws.builder().audit(LeastPrivilegeTest::record).start();
        compiled = Compiler.compile(Weather.PIPELINE);
        weather = new DeployedPipeline(Weather.PIPELINE, new LocalCloud(aws, LaptopFunctions.JVM));
        var key = weather.endpoint()
                .kms()
                .describeKey(r -> r.keyId("alias/baton"))
                .keyMetadata()
                .arn();
        substitutions = new Substitutions(Map.of(
                "AccountId", "000000000000",
                "Region", "us-east-1",
                "Partition", "aws",
                "StateBucket", LocalCloud.STATE_BUCKET,
                "LakeBucket", "lake",
                "StateKey", key,
                "LakeKey", key,
                "EventBus", "default"));

        recording = true;
        new EveryWay(weather, compiled).play();
        recording = false;
        granted = new ArrayList<>(GRANTED);
        granted.addAll(whenSomethingBreaks());
    }

    /// What the code asks for only where an upload in parts, begun at 64 MiB, cannot be finished.
    private static List<AccessRequest> whenSomethingBreaks() {
        return GRANTED.stream()
                .filter(access -> access.action().equals("s3:PutObject")
                        && access.resource().startsWith("arn:aws:s3:::lake/")
                        && !roleOf(access).isEmpty())
                .map(put -> new AccessRequest(
                        put.caller(),
                        "s3:AbortMultipartUpload",
                        put.resource(),
                        put.resourceAccount(),
                        put.context(),
                        put.resourcePolicy()))
                .toList();
    }

    @AfterAll
    static void stop() {
        weather.close();
    }

    private static String roleOf(AccessRequest access) {
        return access.caller().principal() instanceof Principal.RoleSession session ? session.roleArn() : "";
    }

    /// The first of some accesses that is refused now; none where all are granted.
    private static List<String> refused(List<AccessRequest> accesses) {
        var resources = new LinkedHashMap<String, Policy>();
        for (var access : accesses) {
            var now = new AccessRequest(
                    access.caller(),
                    access.action(),
                    access.resource(),
                    access.resourceAccount(),
                    access.context(),
                    resourcePolicy(access, resources));
            var decision = weather.aws().foundation().authorizer().decide(now);
            if (!decision.allowed()) {
                return List.of(decision.explanation());
            }
        }
        return List.of();
    }

    /// A role's trust policy and a bucket's policy as they are now; others stay as they were.
    private static Policy resourcePolicy(AccessRequest access, Map<String, Policy> known) {
        if (access.action().startsWith("sts:") && access.resource().contains(":role/")) {
            return weather.aws()
                    .foundation()
                    .identities()
                    .roleByArn(access.resource())
                    .orElseThrow()
                    .trust();
        }
        if (access.resource().startsWith("arn:aws:s3:::") && access.resourcePolicy() != null) {
            var bucket = access.resource().substring("arn:aws:s3:::".length()).replaceFirst("/(?s).*", "");
            return known.computeIfAbsent(
                    bucket,
                    name -> Policy.parse(
                            "bucket policy",
                            weather.endpoint()
                                    .s3()
                                    .getBucketPolicy(r -> r.bucket(name))
                                    .policy()));
        }
        return access.resourcePolicy();
    }

    private static List<AccessRequest> by(CompiledRole role) {
        var arn = substitutions.in(role.arn());
        return granted.stream().filter(access -> roleOf(access).equals(arn)).toList();
    }

    private static List<Map<String, Object>> statements(Map<String, Object> policy) {
        @SuppressWarnings("unchecked")
        var list = (List<Map<String, Object>>) substitutions.in(policy).get("Statement");
        return list;
    }

    private static String without(List<Map<String, Object>> statements, int left) {
        var rest = new ArrayList<Object>(statements);
        rest.remove(left);
        var policy = new LinkedHashMap<String, Object>();
        policy.put("Version", "2012-10-17");
        policy.put("Statement", rest);
        return Json.print(policy);
    }

    private static String all(Map<String, Object> policy) {
        return Json.print(substitutions.in(policy));
    }

    private static void assertNoticed(String where, List<String> refusals, List<String> superfluous) {
        if (refusals.isEmpty() != UNASKED.containsKey(where)) {
            superfluous.add(where);
        }
    }

    @Test
    void every_declared_access_passes() {
        assertThat(granted).hasSizeGreaterThan(500);
        assertThat(refused(granted)).isEmpty();
        assertThat(compiled.roles())
                .allSatisfy(role -> assertThat(by(role)).as(role.name()).isNotEmpty());
    }

    @Test
    void no_statement_of_a_roles_policy_can_be_taken_away_unnoticed() {
        var iam = weather.endpoint().iam();
        var superfluous = new ArrayList<String>();
        for (var role : compiled.roles()) {
            var statements = statements(role.policy());
            var own = by(role);
            for (var i = 0; i < statements.size(); i++) {
                var changed = without(statements, i);
                iam.putRolePolicy(
                        r -> r.roleName(role.name()).policyName("baton").policyDocument(changed));
                assertNoticed(role.name() + "/" + statements.get(i).get("Sid"), refused(own), superfluous);
            }
            iam.putRolePolicy(r -> r.roleName(role.name()).policyName("baton").policyDocument(all(role.policy())));
            assertThat(refused(own)).isEmpty();
        }
        assertThat(superfluous).isEmpty();
    }

    @Test
    void no_statement_of_a_trust_policy_can_be_taken_away_unnoticed() {
        var iam = weather.endpoint().iam();
        var superfluous = new ArrayList<String>();
        for (var role : compiled.roles()) {
            var arn = substitutions.in(role.arn());
            var assumed = granted.stream()
                    .filter(access ->
                            access.resource().equals(arn) && access.action().startsWith("sts:"))
                    .toList();
            var statements = statements(role.trust());
            for (var i = 0; i < statements.size(); i++) {
                // A trust policy has at least one statement: what is left says no to everybody.
                var changed = statements.size() == 1
                        ? all(role.trust()).replace("\"Allow\"", "\"Deny\"")
                        : without(statements, i);
                iam.updateAssumeRolePolicy(r -> r.roleName(role.name()).policyDocument(changed));
                assertNoticed(role.name() + "/trust/" + statements.get(i).get("Sid"), refused(assumed), superfluous);
            }
            iam.updateAssumeRolePolicy(r -> r.roleName(role.name()).policyDocument(all(role.trust())));
            assertThat(refused(assumed)).isEmpty();
        }
        assertThat(superfluous).isEmpty();
    }

    @Test
    void no_statement_of_the_boundary_can_be_taken_away_unnoticed() {
        var arn = substitutions.in(compiled.boundary().arn());
        var statements = statements(compiled.boundary().policy());
        var superfluous = new ArrayList<String>();
        var bounded =
                granted.stream().filter(access -> !roleOf(access).isEmpty()).toList();
        for (var i = 0; i < statements.size(); i++) {
            boundary(arn, without(statements, i));
            assertNoticed("boundary/" + statements.get(i).get("Sid"), refused(bounded), superfluous);
        }
        boundary(arn, all(compiled.boundary().policy()));
        assertThat(refused(bounded)).isEmpty();
        assertThat(superfluous).isEmpty();
    }

    private static void boundary(String arn, String document) {
        var iam = weather.endpoint().iam();
        var before = iam.getPolicy(r -> r.policyArn(arn)).policy().defaultVersionId();
        iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(document).setAsDefault(true));
        iam.deletePolicyVersion(r -> r.policyArn(arn).versionId(before));
    }

    @Test
    void no_refusal_of_a_bucket_can_be_taken_away_unnoticed() {
        var s3 = weather.endpoint().s3();
        var superfluous = new ArrayList<String>();
        for (var bucket : compiled.buckets()) {
            var name = bucket.logical().equals(CompiledBucket.STATE) ? LocalCloud.STATE_BUCKET : bucket.logical();
            var statements = statements(bucket.policy());
            for (var i = 0; i < statements.size(); i++) {
                var statement = statements.get(i);
                var refusedBefore = isRefused(name, statement);
                var changed = without(statements, i);
                s3.putBucketPolicy(r -> r.bucket(name).policy(changed));
                if (!refusedBefore || isRefused(name, statement)) {
                    superfluous.add(name + "/" + statement.get("Sid"));
                }
                s3.putBucketPolicy(r -> r.bucket(name).policy(all(bucket.policy())));
            }
        }
        assertThat(superfluous).isEmpty();
    }

    /// Whether the administrator, whom nothing else refuses, is refused what the statement is about.
    private static boolean isRefused(String bucket, Map<String, Object> statement) {
        var sid = String.valueOf(statement.get("Sid"));
        var key = weather.endpoint()
                .kms()
                .describeKey(r -> r.keyId("alias/baton"))
                .keyMetadata()
                .arn();
        var put = PutObjectRequest.builder().bucket(bucket).key("anywhere/else");
        switch (sid) {
            case "OnlyByTls" -> {
                return isRefusedInPlainHttp(bucket);
            }
            case "OnlyKms" ->
                put.serverSideEncryption(ServerSideEncryption.AWS_KMS_DSSE).ssekmsKeyId(key);
            case "OnlyItsKey" ->
                put.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId("alias/aws/s3");
            case "OnlyANamedKey" -> put.serverSideEncryption(ServerSideEncryption.AWS_KMS);
            case "NoKeysOfTheirOwn" ->
                put.sseCustomerAlgorithm("AES256")
                        .sseCustomerKey("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
                        .sseCustomerKeyMD5("hRasmdxgYDKV3nvbahU1MA==");
            // It is about roles of pipelines: what one is refused that may write anywhere else.
            case "OnlyItsOwnRecords" -> {
                return isRefusedTo(
                        "baton-weather-WetSpells-runner",
                        bucket,
                        List.of(
                                "completions/dev.baton.weather.Extremes/x.json",
                                "runs/weather/r/done/dev.baton.weather.Extremes-x",
                                "runs/weather/r/pin.json",
                                "runs/weather/r/awaits/x",
                                "runs/other/r/done/dev.baton.weather.WetSpells-x",
                                "policies/policies.cedar",
                                "policies/governed/weather.json"));
            }
            case "OnlyItsOwnOutputs" -> {
                return isRefusedTo(
                        "baton-weather-WetSpells",
                        bucket,
                        List.of(
                                "extremes/seattle/2012.csv",
                                "spells/seattle/2012.json",
                                "reports/2012.html",
                                "else/where"));
            }
            case "NeverDeleted" -> {
                return List.of("evidence/x.json", "policies/policies.cedar").stream()
                        .allMatch(LeastPrivilegeTest::isDeletionRefused);
            }
            default -> put.key(keyOf(statement));
        }
        try {
            weather.endpoint().s3().putObject(put.build(), RequestBody.fromString("x"));
            return false;
        } catch (S3Exception e) {
            // Without the refusal, keys of the client's own are told to be unknown here: they were let through.
            return e.awsErrorDetails().errorCode().equals("AccessDenied");
        }
    }

    private static boolean isDeletionRefused(String key) {
        try {
            weather.endpoint()
                    .s3()
                    .deleteObject(r -> r.bucket(LocalCloud.STATE_BUCKET).key(key));
            return false;
        } catch (S3Exception e) {
            return e.awsErrorDetails().errorCode().equals("AccessDenied");
        }
    }

    /// Whether each of these is refused to a role although its own policy and the boundary allow it.
    private static boolean isRefusedTo(String role, String bucket, List<String> keys) {
        var policy = Policy.parse(
                "bucket policy",
                weather.endpoint().s3().getBucketPolicy(r -> r.bucket(bucket)).policy());
        var caller = granted.stream()
                .filter(access -> roleOf(access).endsWith("/" + role))
                .findFirst()
                .map(access -> unnarrowed(access.caller()))
                .orElseThrow();
        var iam = weather.endpoint().iam();
        var free = """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
        var boundary = substitutions.in(compiled.boundary().arn());
        iam.putRolePolicy(r -> r.roleName(role).policyName("free").policyDocument(free));
        iam.deleteRolePermissionsBoundary(r -> r.roleName(role));
        try {
            return keys.stream().noneMatch(key -> puts(caller, bucket, key, policy));
        } finally {
            iam.deleteRolePolicy(r -> r.roleName(role).policyName("free"));
            iam.putRolePermissionsBoundary(r -> r.roleName(role).permissionsBoundary(boundary));
        }
    }

    /// The same session without the policies that narrow it to one attempt.
    private static Caller unnarrowed(Caller caller) {
        var session = Objects.requireNonNull(caller.session());
        return new Caller(
                caller.principal(),
                caller.userId(),
                new Session(
                        List.of(),
                        session.tags(),
                        session.transitiveTagKeys(),
                        session.sourceIdentity(),
                        session.federatedProvider(),
                        session.claims(),
                        session.issuedAt(),
                        session.expiresAt()));
    }

    private static boolean puts(Caller caller, String bucket, String key, Policy policy) {
        RequestContext secure = name -> name.equals("aws:securetransport") ? List.of("true") : null;
        return weather.aws()
                .foundation()
                .authorizer()
                .decide(new AccessRequest(
                        caller, "s3:PutObject", "arn:aws:s3:::" + bucket + "/" + key, "000000000000", secure, policy))
                .allowed();
    }

    private static String keyOf(Map<String, Object> statement) {
        var resource = statement.get("Resource") instanceof List<?> list ? list.getLast() : statement.get("Resource");
        return String.valueOf(resource).replaceFirst("arn:aws:s3:::[^/]*/", "").replace("*", "x");
    }

    private static boolean isRefusedInPlainHttp(String bucket) {
        var administrator = weather.aws().administrator().caller();
        RequestContext plain = name -> name.equals("aws:securetransport") ? List.of("false") : null;
        var policy = Policy.parse(
                "bucket policy",
                weather.endpoint().s3().getBucketPolicy(r -> r.bucket(bucket)).policy());
        return !weather.aws()
                .foundation()
                .authorizer()
                .decide(new AccessRequest(
                        administrator, "s3:GetObject", "arn:aws:s3:::" + bucket + "/k", "000000000000", plain, policy))
                .allowed();
    }

    /// What the replay above says is what a run says: one right less, and the run fails with words about it.
    @Test
    void a_run_whose_role_lacks_a_right_fails_and_names_it() throws InterruptedException {
        var iam = weather.endpoint().iam();
        var role = compiled.role("baton-weather-CleanObservations");
        var statements = statements(role.policy());
        var sids = statements.stream().map(each -> each.get("Sid")).toList();
        var changed = without(statements, sids.indexOf("DecryptWhatItReads"));
        iam.putRolePolicy(r -> r.roleName(role.name()).policyName("baton").policyDocument(changed));
        var ended = weather.ended(weather.start(Map.of("parameters", Map.of("year", 2012L))));
        iam.putRolePolicy(r -> r.roleName(role.name()).policyName("baton").policyDocument(all(role.policy())));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.cause())
                .contains("baton-weather-CleanObservations/")
                .contains("is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:");
    }
}
