package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LocalCloud;
import dev.baton.compiler.Compiler;
import dev.baton.json.Json;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/// Edits as people make them in the console, each of which `drift` names with its place, and a deployment puts back.
class DriftTest {
    private static final String TASK = "baton-weather-WetSpells";

    @TempDir
    private static Path home;

    private static LocalCloud cloud;
    private static Endpoint aws;

    @BeforeAll
    static void deploy() throws IOException {
        Call.silenceLogs();
        cloud = new LocalCloud(0, null);
        aws = cloud.endpoint();
        cloud.deployRecorded(Compiler.compile(Weather.PIPELINE));
        DeployedPipeline.tell(home, cloud.aws());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    /// Whatever a test has done, the next deployment undoes.
    @AfterEach
    void putBack() {
        cloud.deployRecorded(Compiler.compile(Weather.PIPELINE));
    }

    private static String drift() {
        var call = Call.in(home, "drift");
        assertThat(call.err()).isEmpty();
        assertThat(call.exit()).isEqualTo(1);
        return call.out();
    }

    @Test
    void what_was_deployed_and_not_touched_is_found_unchanged_and_deployed_again_publishes_nothing() {
        var before = versions();
        var again = cloud.deployRecorded(Compiler.compile(Weather.PIPELINE));

        assertThat(again.functions().values()).noneMatch(version -> version.published());
        assertThat(versions()).isEqualTo(before);
        var call = Call.in(home, "drift");
        assertThat(call.out()).startsWith("weather is as it was deployed at 20");
        assertThat(call.err()).isEmpty();
        assertThat(call.exit()).isZero();
    }

    private static List<String> versions() {
        return aws
                .states()
                .listStateMachineVersions(request -> request.stateMachineArn(machine()))
                .stateMachineVersions()
                .stream()
                .map(version -> version.stateMachineVersionArn())
                .toList();
    }

    private static String machine() {
        return "arn:aws:states:us-east-1:000000000000:stateMachine:baton-weather";
    }

    private static String definition() {
        return aws.states()
                .describeStateMachine(request -> request.stateMachineArn(machine()))
                .definition();
    }

    @Test
    void an_edited_state_is_named_with_its_member() {
        var edited = Json.parseObject(definition());
        state(edited, "WetSpells seattle").put("TimeoutSeconds", 931L);
        aws.states()
                .updateStateMachine(
                        request -> request.stateMachineArn(machine()).definition(Json.print(edited)));

        assertThat(drift())
                .startsWith("error CLI020 at state machine baton-weather: state \"WetSpells seattle\", TimeoutSeconds\n"
                        + "  is 931, but deployed was 930.\n")
                .containsOnlyOnce("CLI020 at");
        var line = Json.parseObject(Call.in(home, "drift", "--json").out());
        assertThat(line)
                .containsEntry("pipeline", "weather")
                .containsEntry("resource", "state machine baton-weather")
                .containsEntry("state", "WetSpells seattle")
                .containsEntry("before", 930L)
                .containsEntry("after", 931L);
    }

    @Test
    void a_state_that_was_added_or_renamed_is_named_too() {
        var edited = definition().replace("\"Outdated\"", "\"Too late\"");
        aws.states()
                .updateStateMachine(
                        request -> request.stateMachineArn(machine()).definition(edited));

        assertThat(drift())
                .contains("state \"Too late\"\n  was not deployed, but is there: ")
                .contains("state \"Outdated\"\n  is not there any more; deployed was ")
                .contains(
                        "state \"Is it outdated?\", Choices.0.Next\n  is \"Too late\", but deployed was \"Outdated\"");
    }

    @Test
    void an_alias_that_routes_elsewhere_is_named() {
        var edited = Json.parseObject(definition());
        state(edited, "WetSpells seattle").put("TimeoutSeconds", 931L);
        var version = aws.states()
                .updateStateMachine(request -> request.stateMachineArn(machine())
                        .definition(Json.print(edited))
                        .publish(true))
                .stateMachineVersionArn();
        aws.states()
                .updateStateMachineAlias(request -> request.stateMachineAliasArn(machine() + ":live")
                        .routingConfiguration(
                                route -> route.stateMachineVersionArn(version).weight(100)));

        assertThat(drift())
                .contains("state machine baton-weather: alias.version "
                        + version.substring(version.lastIndexOf(':') + 1) + "\n  was not deployed, but is there: 100");
    }

    @Test
    void permissions_that_were_changed_are_named_with_policy_and_statement() {
        var document = aws.iam()
                .getRolePolicy(request -> request.roleName(TASK).policyName("baton"))
                .policyDocument();
        var policy = Json.parseObject(URLDecoder.decode(document, StandardCharsets.UTF_8));
        @SuppressWarnings("unchecked")
        var first = (Map<String, Object>) ((List<?>) policy.get("Statement")).getFirst();
        var sid = first.get("Sid");
        first.put("Action", List.of("s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObject"));
        aws.iam()
                .putRolePolicy(
                        request -> request.roleName(TASK).policyName("baton").policyDocument(Json.print(policy)));
        aws.iam()
                .putRolePolicy(request -> request.roleName(TASK)
                        .policyName("quick-fix")
                        .policyDocument(
                                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\"Fix\",\"Effect\":\"Allow\","
                                        + "\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::lake\"}}"));
        aws.iam().deleteRolePermissionsBoundary(request -> request.roleName(TASK));

        assertThat(drift())
                .contains("role " + TASK + ": policy \"baton\", statement \"" + sid + "\", Action\n  is [")
                .contains("s3:DeleteObject")
                .contains("role " + TASK + ": policy \"quick-fix\"\n  was not deployed, but is there: ")
                .contains("role " + TASK + ": boundary\n  is not there any more; deployed was ");
        aws.iam().deleteRolePolicy(request -> request.roleName(TASK).policyName("quick-fix"));
    }

    @Test
    void a_trust_policy_that_lets_others_in_is_named() {
        var role = "baton-weather-start";
        var trust = Json.parseObject("""
                {"Version": "2012-10-17", "Statement": [{"Sid": "Me", "Effect": "Allow",
                 "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "sts:AssumeRole"}]}""");
        aws.iam().updateAssumeRolePolicy(request -> request.roleName(role).policyDocument(Json.print(trust)));

        assertThat(drift())
                .contains("role " + role + ": trust policy, statement \"Me\"\n  was not deployed, but is there: ")
                .contains("role " + role + ": trust policy, statement \"RunByLambda\"\n  is not there any more");
    }

    @Test
    void settings_of_buckets_and_rules_are_named() {
        aws.s3()
                .putBucketNotificationConfiguration(
                        request -> request.bucket("lake").notificationConfiguration(nothing -> {}));
        aws.s3()
                .putBucketVersioning(request ->
                        request.bucket("lake").versioningConfiguration(versioning -> versioning.status("Suspended")));
        aws.s3().deleteBucketPolicy(request -> request.bucket("lake"));
        var rule = Compiler.compile(Weather.PIPELINE).triggers().getFirst().name();
        aws.events().disableRule(request -> request.name(rule));

        assertThat(drift())
                .contains("bucket lake: eventBridge\n  is false, but deployed was true")
                .contains("bucket lake: versioning\n  is \"Suspended\", but deployed was \"Enabled\"")
                .contains("bucket lake: policy\n  is not there any more")
                .contains("rule " + rule + ": state\n  is \"DISABLED\", but deployed was \"ENABLED\"");
        putBack();
        assertThat(aws.events().describeRule(request -> request.name(rule)).state())
                .isEqualTo(RuleState.ENABLED);
        assertThat(Call.in(home, "drift").exit()).isZero();
    }

    @Test
    void a_function_variable_that_was_changed_is_named() {
        aws.lambda()
                .updateFunctionConfiguration(request -> request.functionName(TASK)
                        .memorySize(2048)
                        .environment(environment -> environment.variables(Map.of("BATON_PIPELINE", "climate"))));

        assertThat(drift())
                .contains("function " + TASK
                        + ": variable BATON_PIPELINE\n  is \"climate\", but deployed was \"weather\"")
                .contains("function " + TASK + ": variable BATON_TASK_ROLE\n  is not there any more; deployed was ")
                .contains("function " + TASK + ": memoryMegabytes\n  is 2048, but deployed was ");
        putBack();
        assertThat(Call.in(home, "drift").out()).startsWith("weather is as it was deployed at 20");
    }

    @Test
    void a_deployment_that_was_broken_off_is_known() {
        aws.s3()
                .putObject(
                        request -> request.bucket(LocalCloud.STATE_BUCKET).key("deployments/weather.begun"),
                        RequestBody.fromString("{\"at\":\"2026-01-01T00:00:00Z\"}"));
        assertThat(Call.in(home, "drift").err())
                .startsWith("warning CLI021 at weather\n  a deployment began at 2026-01-01T00:00:00Z and did not end");

        putBack();
        assertThat(Call.in(home, "drift").err()).isEmpty();
    }

    /// The state of a name, wherever it is.
    @SuppressWarnings("unchecked")
    private static Map<String, Object> state(Map<String, Object> scope, String name) {
        var states = (Map<String, Map<String, Object>>) scope.get("States");
        if (states != null && states.containsKey(name)) {
            return states.get(name);
        }
        if (states != null) {
            for (var state : states.values()) {
                for (var branch : (List<Map<String, Object>>) state.getOrDefault("Branches", List.of())) {
                    var found = state(branch, name);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }
}
