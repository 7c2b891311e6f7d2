package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LocalCloud;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.json.Json;
import dev.baton.weather.Weather;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/// What `baton diff` tells of the example where it is not what it would be, by an older deployment or by somebody's
/// hand, and what `deploy` says of it.
class DiffTest {
    private static final String TASK = "baton-weather-WetSpells";
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:baton-weather";

    @TempDir
    private static Path home;

    private static LocalCloud cloud;
    private static Endpoint aws;
    private static Call first;

    @BeforeAll
    static void deploy() throws IOException {
        Call.silenceLogs();
        Files.createDirectories(home.resolve("cdk"));
        Files.writeString(home.resolve("cdk/environments.json"), "{\"local\": {\"endpoint\": \"embedded\"}}");
        cloud = new LocalCloud(0, null);
        aws = cloud.endpoint();
        DeployedPipeline.tell(home, cloud.aws());
        assertThat(Call.in(home, "diff", "local", "weather").out())
                .startsWith("weather is not deployed here: all of it is new, ");
        // As `baton local` does, right before somebody deploys there.
        cloud.deployRecorded(Compiler.compile(Weather.PIPELINE));
        first = Call.in(home, "deploy", "local", "weather", "--no-sweep", "--json");
    }

    @Test
    void a_deployment_right_after_local_publishes_nothing_that_is_the_same() {
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(published(first)).isEmpty();
    }

    private static List<String> published(Call call) {
        return call.lines().stream()
                .filter(line -> line.contains("\"event\":\"published\"") && line.contains("\"new\":true"))
                .toList();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    /// Takes back whatever a test has done.
    @AfterEach
    void putBack() {
        assertThat(Call.in(home, "deploy", "local", "weather", "--no-sweep").exit())
                .isZero();
        var call = Call.in(home, "diff", "local", "weather");
        assertThat(call.out()).isEqualTo("weather is deployed as it is\n");
        assertThat(call.err()).isEmpty();
        assertThat(Call.in(home, "drift").out()).startsWith("weather is as it was deployed at 20");
    }

    private static Call diff() {
        var call = Call.in(home, "diff", "local", "weather");
        assertThat(call.err()).isEmpty();
        assertThat(call.exit()).isZero();
        return call;
    }

    private static Call deployed() {
        var call = Call.in(home, "deploy", "local", "weather", "--no-sweep");
        assertThat(call.err()).isEmpty();
        return call;
    }

    private static int memory() {
        return Compiler.compile(Weather.PIPELINE).functions().stream()
                .filter(function -> function.name().equals(TASK))
                .mapToInt(CompiledFunction::memoryMegabytes)
                .findFirst()
                .orElseThrow();
    }

    private static void editDefinition() {
        var definition = aws.states()
                .describeStateMachine(request -> request.stateMachineArn(MACHINE))
                .definition();
        var edited = Json.parseObject(definition);
        member(edited, "States", "Pin").put("TimeoutSeconds", 299L);
        aws.states()
                .updateStateMachine(request -> request.stateMachineArn(MACHINE).definition(Json.print(edited)));
    }

    private static void editMemory() {
        aws.lambda()
                .updateFunctionConfiguration(
                        request -> request.functionName(TASK).memorySize(memory() + 1));
    }

    private static void addPolicy() {
        aws.iam()
                .putRolePolicy(
                        request -> request.roleName(TASK).policyName("mine").policyDocument("""
                        {"Version": "2012-10-17", "Statement": [{"Sid": "Mine", "Effect": "Allow",
                         "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::old/*"}]}"""));
    }

    @Test
    void what_was_edited_by_hand_is_marked_and_taken_back() {
        editDefinition();
        editMemory();
        addPolicy();

        var call = diff();
        assertThat(call.lines("definition"))
                .containsExactly(
                        "definition  EDITED  state machine baton-weather: state \"Pin\", TimeoutSeconds was 299"
                                + " and will be 300");
        assertThat(call.lines("setting"))
                .containsExactly("setting     EDITED  function " + TASK + ": memoryMegabytes was " + (memory() + 1)
                        + " and will be " + memory());
        assertThat(call.lines("permission"))
                .containsExactly(
                        "permission  EDITED  role " + TASK + ": no longer allow s3:DeleteObject on arn:aws:s3:::old/*");
        assertThat(Call.in(home, "diff", "local", "weather", "--json").lines().stream()
                        .map(Json::parseObject)
                        .filter(line -> line.get("kind").equals("definition")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("pipeline", "weather")
                        .containsEntry("widens", false)
                        .containsEntry("edited", true)
                        .containsEntry("before", 299L)
                        .containsEntry("after", 300L));

        var deployed = deployed();
        assertThat(deployed.lines("taken"))
                .containsExactlyInAnyOrder(
                        "taken back  function " + TASK + ": memoryMegabytes was edited to " + (memory() + 1),
                        "taken back  role " + TASK + ": policy \"mine\" was edited to {\"Version\":\"2012-10-17\","
                                + "\"Statement\":{\"Mine\":{\"Action\":[\"s3:DeleteObject\"],\"Effect\":\"Allow\","
                                + "\"Resource\":[\"arn:aws:s3:::old/*\"]}}}",
                        "taken back  state machine baton-weather: state \"Pin\", TimeoutSeconds was edited to 299");
        assertThat(deployed.lines("published"))
                .singleElement()
                .asString()
                .matches("published   " + TASK + ", version [0-9]+");
    }

    /// As the console's editor does: other code, and nothing said of it.
    private static void editCode() throws IOException {
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("Mine.txt"));
            out.write('1');
        }
        aws.lambda()
                .updateFunctionCode(
                        request -> request.functionName(TASK).zipFile(SdkBytes.fromByteArray(zip.toByteArray())));
    }

    @Test
    void code_that_was_edited_is_told_and_taken_back() throws IOException {
        editCode();

        assertThat(diff().out()).contains("EDITED  function " + TASK + ": code ");
        assertThat(deployed().lines("taken")).anyMatch(line -> line.contains("function " + TASK + ": code was edited"));
    }

    @Test
    void an_edit_that_somebody_has_published_is_taken_back_too() throws IOException {
        editMemory();
        aws.lambda().publishVersion(request -> request.functionName(TASK));

        assertThat(deployed().lines("taken"))
                .containsExactly("taken back  function " + TASK + ": memoryMegabytes was edited to " + (memory() + 1));
        assertThat(diff().out()).doesNotContain("EDITED");
        assertThat(deployed().lines("published")).as("published once").isEmpty();

        editCode();
        aws.lambda().publishVersion(request -> request.functionName(TASK));
        assertThat(deployed().lines("taken")).singleElement().asString().contains(TASK + ": code was edited");
        assertThat(diff().out()).doesNotContain("EDITED");
    }

    @Test
    void code_trust_rules_and_permissions_that_were_edited_are_told_and_taken_back() {
        var rule = "baton-weather-from-lake";
        aws.events().disableRule(request -> request.name(rule));
        aws.events()
                .putTargets(request -> request.rule(rule)
                        .targets(target ->
                                target.id("spy").arn("arn:aws:lambda:us-east-1:000000000000:function:" + TASK)));
        aws.lambda()
                .addPermission(request -> request.functionName(TASK)
                        .statementId("anybody")
                        .action("lambda:InvokeFunction")
                        .principal("111122223333"));
        aws.iam().updateAssumeRolePolicy(request -> request.roleName(TASK).policyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Sid": "All", "Effect": "Allow",
                 "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}]}"""));
        aws.iam()
                .deleteRolePolicy(
                        request -> request.roleName("baton-weather-pin").policyName("baton"));

        assertThat(diff().out())
                .contains("setting     EDITED  rule " + rule + ": state was \"DISABLED\" and will be \"ENABLED\"")
                .contains("setting     EDITED  rule " + rule + ": targets.spy goes; it was ")
                .contains("setting     EDITED  function " + TASK + ": statement \"anybody\" goes; it was ")
                .containsPattern("permission  WIDENS  EDITED  role " + TASK + "/trust: ")
                .containsPattern("permission  WIDENS  EDITED  role baton-weather-pin: ");
        assertThat(deployed().lines("taken")).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void an_edit_that_a_deployment_leaves_is_named_and_what_another_deployment_made_is_no_edit() {
        var lake = aws.s3().getBucketPolicy(request -> request.bucket("lake")).policy();
        var policy = Json.parseObject(lake);
        var statements = new ArrayList<Object>((List<?>) policy.get("Statement"));
        statements.add(Map.of(
                "Sid", "TheirOwn",
                "Effect", "Deny",
                "Principal", "*",
                "Action", "s3:PutObject",
                "Resource", "arn:aws:s3:::lake/theirs/*"));
        policy.put("Statement", statements);
        aws.s3().putBucketPolicy(request -> request.bucket("lake").policy(Json.print(policy)));
        try {
            assertThat(Call.in(home, "diff", "local", "weather").err())
                    .startsWith("warning CLI045 at bucket lake: policy, statement \"TheirOwn\"\n");
            assertThat(Call.in(home, "deploy", "local", "weather", "--no-sweep").err())
                    .startsWith("warning CLI045 at bucket lake: policy, statement \"TheirOwn\"\n");
        } finally {
            aws.s3().putBucketPolicy(request -> request.bucket("lake").policy(lake));
        }
        editMemory();
        aws.s3().deleteObject(request -> request.bucket(LocalCloud.STATE_BUCKET).key("deployments/weather.json"));
        assertThat(diff().lines("setting"))
                .as("nobody knows who")
                .containsExactly("setting     function " + TASK + ": memoryMegabytes was " + (memory() + 1)
                        + " and will be " + memory());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> member(Map<String, Object> object, String... names) {
        var inner = object;
        for (var name : names) {
            inner = (Map<String, Object>) inner.get(name);
        }
        return inner;
    }
}
