package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Apiary;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.json.Json;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.Requester;
import dev.baton.run.RevisionCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The evidence of a pipeline that ran, with a Map over items: exported, judged against the histories by a walk of its
/// own, and verified.
class AuditTest {
    private static final Instant NOTED = Instant.parse("2026-11-30T06:00:00Z");
    private static final Requester ADA = Requester.person("okta", "ada@example.com", List.of("data-owners"));

    @TempDir
    private static Path home;

    private static DeployedPipeline apiary;
    private static String execution;
    private static Instant to;

    @BeforeAll
    static void run() throws InterruptedException, IOException {
        Apiary.FILLED.clear();
        Apiary.BREAKING.clear();
        apiary = new DeployedPipeline(TestPipelines.APIARY);
        apiary.tell(home);
        execution = String.valueOf(apiary.upload("hives/2026.txt", "oak 500\nelm 40\nash 3\n")
                .getFirst()
                .get("execution"));
        var ended = apiary.ended(execution);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var entry = new EvidenceEntry(
                NOTED, EvidenceEntry.Kind.DECISION, "apiary", ADA, Map.of("action", "start", "allowed", true));
        put(entry.key(), Json.print(entry.toJson()));
        var other = new EvidenceEntry(NOTED, EvidenceEntry.Kind.POLICY, "", ADA, Map.of("sha256", "00"));
        put(other.key(), Json.print(other.toJson()));
        put("evidence/2026/11/30/2026-11-30T07:00:00Z-decision-torn.json", "{\"version\":");
        var check = new RevisionCheck(
                "tests", true, "ci-1", "user/ci", "", NOTED, "git", "0123456789012345678901234567890123456789");
        put(check.key(), Json.print(check.toJson()));
        to = Instant.now();
    }

    @AfterAll
    static void close() {
        apiary.close();
    }

    private static void put(String key, String text) {
        apiary.endpoint()
                .s3()
                .putObject(
                        request ->
                                request.bucket(LocalCloud.STATE_BUCKET).key(key).ifNoneMatch("*"),
                        RequestBody.fromString(text));
    }

    private static Call export(String... words) {
        var all = new ArrayList<>(List.of("audit", "export", "--from", "2026-11-01", "--to", to.toString()));
        all.addAll(List.of(words));
        return Call.in(home, all.toArray(String[]::new));
    }

    private static List<Map<String, @Nullable Object>> lines(Call call) {
        assertThat(call.exit()).as(call.err()).isZero();
        return call.lines().stream().map(Json::parseObject).toList();
    }

    private static Set<String> ids(List<Map<String, @Nullable Object>> lines, String kind) {
        return lines.stream()
                .filter(line -> kind.equals(line.get("kind")))
                .map(line -> String.valueOf(line.get("id")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nothing_that_was_executed_is_absent_and_nothing_absent_is_there() {
        var lines = lines(export());
        var executions = new TreeSet<String>();
        var transitions = new TreeSet<String>();
        var states = apiary.endpoint().states();
        states.listStateMachines()
                .stateMachines()
                .forEach(machine -> states.listExecutions(request -> request.stateMachineArn(machine.stateMachineArn()))
                        .executions()
                        .forEach(item -> walk(states, item, executions, transitions)));
        assertThat(executions).hasSizeGreaterThanOrEqualTo(8);
        assertThat(transitions).hasSizeGreaterThanOrEqualTo(20);

        assertThat(ids(lines, "execution")).isEqualTo(executions);
        assertThat(ids(lines, "transition")).isEqualTo(transitions);
        assertThat(ids(lines, "session")).hasSameSizeAs(apiary.records()).hasSize(5);
        assertThat(lines)
                .filteredOn(line -> "session".equals(line.get("kind")))
                .allSatisfy(line -> assertThat(String.valueOf(line.get("details")))
                        .contains("roleSession=arn:aws:sts::", ":assumed-role/baton-apiary-"));
    }

    /// Another way to the same: by the Map runs that an execution lists, and by the names of all kinds of events.
    private static void walk(
            SfnClient states, ExecutionListItem item, Set<String> executions, Set<String> transitions) {
        var history = states.getExecutionHistory(request ->
                request.executionArn(item.executionArn()).reverseOrder(true).maxResults(1000));
        assertThat(history.nextToken()).isNull();
        for (var event : history.events()) {
            var id = item.executionArn() + "#" + String.format("%05d", event.id());
            switch (event.typeAsString()
                    .replaceAll("^(Pass|Task|Map|Parallel|Choice|Wait|Succeed|Fail)State", "State")) {
                case "ExecutionStarted", "ExecutionSucceeded", "ExecutionFailed", "ExecutionRedriven" ->
                    executions.add(id);
                case "StateEntered", "StateExited", "MapRunStarted", "MapRunSucceeded" -> transitions.add(id);
                default -> assertThat(event.typeAsString()).doesNotContain("Entered", "Exited", "Execution");
            }
        }
        states.listMapRuns(request -> request.executionArn(item.executionArn()))
                .mapRuns()
                .forEach(map -> states.listExecutions(request -> request.mapRunArn(map.mapRunArn()))
                        .executions()
                        .forEach(child -> walk(states, child, executions, transitions)));
    }

    @Test
    void what_people_did_is_told_with_who_did_it_and_its_controls() {
        var call = export();
        var lines = lines(call);
        assertThat(lines.getFirst())
                .containsEntry("kind", "header")
                .containsEntry("from", "2026-11-01T00:00:00.000000000Z")
                .containsEntry("tool", "baton");
        assertThat(lines.getLast()).containsEntry("kind", "trailer").containsEntry("count", (long) lines.size() - 2);
        assertThat(call.lines())
                .anyMatch(line -> line.contains("\"kind\":\"decision\"")
                        && line.startsWith("{\"controls\":[\"CC6.1\",\"CC6.3\"],\"details\":{\"action\":\"start\"")
                        && line.contains("\"id\":\"okta:ada@example.com\"")
                        && line.contains("\"time\":\"2026-11-30T06:00:00.000000000Z\""))
                .anyMatch(line -> line.contains("\"kind\":\"policy\""))
                .anyMatch(line -> line.contains("\"kind\":\"check\"") && line.contains("\"by\":\"ci-1\""))
                .anyMatch(line -> line.contains("\"kind\":\"unreadable\"") && line.contains("decision-torn.json"))
                .anyMatch(line -> line.contains("\"event\":\"ExecutionStarted\"")
                        && line.contains(":execution:baton-apiary:")
                        && line.contains("\"startedBy\":{")
                        && line.contains("{\"id\":\"upload\",\"kind\":\"event\""));
        assertThat(call.err()).contains("warning CLI144 at evidence/2026/11/30/", "decision-torn.json");
        assertThat(call.out()).as("what tasks read and wrote").doesNotContain("elm 40", "3 jars", "\"543");
    }

    @Test
    void told_twice_it_is_the_same_and_it_verifies() throws IOException {
        var file = home.resolve("evidence.jsonl");
        assertThat(export("-o", file.toString()).err()).doesNotContain("error");
        var first = Files.readAllBytes(file);
        var again = export("-o", file.toString());
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        assertThat(again.out()).matches("[0-9]+ lines, which end with [0-9a-f]{64}\n");
        var good = Call.in(home, "audit", "verify", file.toString());
        assertThat(good.err()).isEmpty();
        assertThat(good.out()).contains(" are as they were exported, and end as the anchor says");

        var text = Files.readString(file).replace("ada@example.com", "eve@example.com");
        Files.writeString(file, text);
        var bad = Call.in(home, "audit", "verify", file.toString());
        assertThat(bad.exit()).isOne();
        assertThat(bad.err()).startsWith("error CLI145 at " + file + ":");
    }

    @Test
    void a_control_and_a_pipeline_narrow_it_down() {
        assertThat(lines(export("--control", "CC6.3")))
                .extracting(line -> line.get("kind"))
                .contains("decision", "session", "policy")
                .doesNotContain("transition", "execution", "check");
        assertThat(lines(export("--pipeline", "other")))
                .extracting(line -> line.get("kind"))
                .as("what is about all pipelines, and what no pipeline can be told of")
                .containsOnly("header", "policy", "check", "unreadable", "trailer");
        assertThat(lines(Call.in(home, "audit", "export", "--from", "2026-11-30", "--to", "2026-11-30T06:30:00Z")))
                .extracting(line -> line.get("kind"))
                .containsExactly("header", "check", "decision", "policy", "trailer");
    }

    @Test
    void who_asked_s3_for_what_is_told_by_its_logs_and_by_a_trail() throws IOException {
        var s3 = apiary.endpoint().s3();
        s3.createBucket(request -> request.bucket("logs"));
        var record = "79a5 lake [30/Nov/2026:06:00:38 +0000] 192.0.2.3"
                + " arn:aws:sts::000000000000:assumed-role/baton-apiary-Jar/x 3E57427F3EXAMPLE REST.GET.OBJECT hives/1.txt"
                + " \"GET /lake/hives/1.txt?X-Amz-Signature=canary HTTP/1.1\" 403 AccessDenied 113 - 7 - \"-\" \"aws-sdk\""
                + " v1 host= SigV4 - AuthHeader lake.s3.amazonaws.com TLSv1.3 - -\n";
        s3.putObject(
                request -> request.bucket("logs").key("lake/2026-11-30-07-00-00-0123456789ABCDEF"),
                RequestBody.fromString(record + "torn\n"));
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(Json.bytes(Map.of(
                    "Records",
                    List.of(Map.of(
                            "eventSource",
                            "s3.amazonaws.com",
                            "eventName",
                            "PutObject",
                            "eventTime",
                            "2026-11-30T06:00:39Z",
                            "eventID",
                            "e-1",
                            "userIdentity",
                            Map.of("arn", "arn:aws:sts::000000000000:assumed-role/baton-apiary-Jar/y"),
                            "requestParameters",
                            Map.of("bucketName", "lake", "key", "jars/1.txt"))))));
        }
        s3.putObject(
                request -> request.bucket("logs").key("AWSLogs/0/CloudTrail/eu-central-1/2026/11/30/a.json.gz"),
                RequestBody.fromBytes(packed.toByteArray()));

        var call = export("--access-logs", "s3://logs/lake/", "--trail", "s3://logs/AWSLogs/", "--pipeline", "apiary");
        assertThat(lines(call))
                .filteredOn(line -> "data-access".equals(line.get("kind")))
                .extracting(line -> line.get("details"))
                .containsExactly(
                        access("AccessDenied", "hives/1.txt", "REST.GET.OBJECT", "x", "s3-server-access-log", "v1"),
                        access(null, "jars/1.txt", "PutObject", "y", "cloudtrail", null));
        assertThat(call.out()).doesNotContain("canary");
        assertThat(call.err()).contains("CLI144 at s3://logs/lake/2026-11-30-07-00-00-0123456789ABCDEF#2");
        assertThat(ids(lines(export("--access-logs", "s3://logs/lake/", "--pipeline", "other")), "data-access"))
                .isEmpty();
    }

    private static Map<String, @Nullable Object> access(
            @Nullable String error,
            String key,
            String operation,
            String session,
            String source,
            @Nullable String version) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("bucket", "lake");
        details.put("error", error);
        details.put("key", key);
        details.put("operation", operation);
        details.put("remoteAddress", source.equals("cloudtrail") ? null : "192.0.2.3");
        details.put("requester", "arn:aws:sts::000000000000:assumed-role/baton-apiary-Jar/" + session);
        details.put("source", source);
        if (source.equals("s3-server-access-log")) {
            details.put("status", "403");
        }
        details.put("version", version);
        return details;
    }

    @Test
    void an_anchor_is_kept_where_nobody_deletes_it() {
        var s3 = apiary.endpoint().s3();
        s3.createBucket(request -> request.bucket("anchors").objectLockEnabledForBucket(true));
        s3.createBucket(request -> request.bucket("open"));
        var file = home.resolve("anchored.jsonl");
        assertThat(export("-o", file.toString(), "--anchor", "s3://open/prod").err())
                .contains("error CLI151 at s3://open", "has no object lock");
        var anchored = export("-o", file.toString(), "--anchor", "s3://anchors/prod", "--retain-days", "1");
        assertThat(anchored.err()).contains("anchored in s3://anchors/prod/");
        var uri = anchored.err()
                .substring(anchored.err().indexOf("s3://anchors/"))
                .lines()
                .findFirst()
                .orElseThrow();
        var key = uri.substring("s3://anchors/".length());
        assertThat(export("-o", file.toString(), "--anchor", "s3://anchors/prod")
                        .err())
                .as("the same once more")
                .contains(uri);
        assertThat(Call.in(home, "audit", "verify", file.toString(), "--anchor", uri)
                        .out())
                .contains("end as the anchor says");

        var version =
                s3.headObject(request -> request.bucket("anchors").key(key)).versionId();
        assertThatThrownBy(() -> s3.deleteObject(
                        request -> request.bucket("anchors").key(key).versionId(version)))
                .hasMessageContaining("protected by object lock");
        s3.putObject(
                request -> request.bucket("anchors").key(key),
                RequestBody.fromString("{\"head\":\"00\",\"lines\":1,\"range\":\"\",\"version\":1}"));
        assertThat(Call.in(home, "audit", "verify", file.toString(), "--anchor", uri)
                        .exit())
                .as("the first version counts")
                .isZero();
        assertThat(Call.in(home, "audit", "verify", file.toString(), "--anchor", "s3://anchors/none")
                        .err())
                .contains("error CLI151 at s3://anchors/none", "there is no such object");
    }

    @Test
    void an_anchor_that_a_key_signed_is_refused_when_it_was_touched_or_is_of_another_key() throws IOException {
        var kms = apiary.endpoint().kms();
        for (var name : List.of("alias/audit", "alias/other")) {
            var key = kms.createKey(
                            request -> request.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
                    .keyMetadata()
                    .keyId();
            kms.createAlias(request -> request.aliasName(name).targetKeyId(key));
        }
        var file = home.resolve("signed.jsonl");
        var anchor = home.resolve("signed.jsonl.anchor.json");
        assertThat(export("-o", file.toString(), "--sign-with", "alias/audit").err())
                .doesNotContain("error");
        assertThat(signedBy("alias/audit", file, anchor).exit()).isZero();
        var other = signedBy("alias/other", file, anchor);
        assertThat(other.exit()).isOne();
        assertThat(other.err()).contains("error CLI153 at ", "is not what ", " signed");

        // Whoever writes an anchor anew has not its signature.
        var signed = Files.readString(anchor);
        var head = String.valueOf(Json.parseObject(signed).get("head"));
        Files.writeString(anchor, signed.replace(head, "0".repeat(head.length())));
        var touched = signedBy("alias/audit", file, anchor);
        assertThat(touched.exit()).isOne();
        assertThat(touched.err()).contains("error CLI150 at ", "error CLI153 at ");
        Files.writeString(anchor, signed);
        Files.writeString(file, Files.readString(file).replace("ada@example.com", "eve@example.com"));
        var changed = signedBy("alias/audit", file, anchor);
        assertThat(changed.exit()).isOne();
        assertThat(changed.err()).contains("error CLI145 at " + file).doesNotContain("CLI153");

        var bare = home.resolve("bare.jsonl");
        export("-o", bare.toString());
        assertThat(signedBy("alias/audit", bare, home.resolve("bare.jsonl.anchor.json"))
                        .err())
                .contains("error CLI153 at ", "is not signed");
    }

    private static Call signedBy(String key, Path file, Path anchor) {
        return Call.in(home, "audit", "verify", file.toString(), "--anchor", anchor.toString(), "--signed-by", key);
    }

    @Test
    void a_key_that_signs_nothing_of_sha_256_signs_no_anchor() {
        var kms = apiary.endpoint().kms();
        var encrypts = kms.createKey().keyMetadata().keyId();
        var other = kms.createKey(
                        request -> request.keySpec(KeySpec.ECC_NIST_P384).keyUsage(KeyUsageType.SIGN_VERIFY))
                .keyMetadata()
                .keyId();
        for (var key : List.of(encrypts, other)) {
            assertThat(export("-o", home.resolve("none.jsonl").toString(), "--sign-with", key)
                            .err())
                    .contains("error CLI151 at " + key, "is not a key that signs SHA-256");
        }
    }

    @Test
    void what_is_asked_wrongly_is_told() {
        assertThat(Call.in(home, "audit", "export", "--to", "2999-01-01").err())
                .startsWith("error CLI143 at 2999-01-01");
        assertThat(Call.in(home, "audit", "export", "--from", "2026-11-02", "--to", "2026-11-01")
                        .err())
                .contains("CLI143", "is not before");
        assertThat(export("--control", "CC9.9").err()).contains("CLI152", "CC6.1, CC6.2, CC6.3, CC7.2, CC8.1");
        assertThat(Call.in(home, "audit", "verify", home.resolve("none").toString())
                        .err())
                .contains("CLI002");
        assertThat(export("--access-logs", "lake").exit()).isEqualTo(2);
    }
}
