package dev.baton.cdk;

import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.asl.Asl;
import dev.baton.compiler.BucketPolicies;
import dev.baton.compiler.CompiledBucket;
import dev.baton.compiler.CompiledFunction;
import dev.baton.compiler.CompiledMachine;
import dev.baton.compiler.CompiledPipeline;
import dev.baton.compiler.CompiledRole;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.Room;
import dev.baton.compiler.Substitutions;
import dev.baton.compiler.Synthesis;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.json.Json;
import dev.baton.task.graph.TaskGraph;
import dev.baton.task.run.Revision;
import dev.baton.weather.Weather;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.CfnBucket;

/// The example in an account, as CloudFormation would be told: all of it offline. jsii starts once, for this class.
class SynthTest {
    private static final CompiledPipeline WEATHER = Compiler.compile(Weather.PIPELINE);
    private static final Revision REVISION = new Revision("git", "0123456789abcdef0123", "main", false);
    private static final Path FILE = Path.of("environments.json");
    private static final List<String> ACCOUNTS = List.of("dev", "stage", "prod");

    /// Everything that the example's environments do not use: what is there already, and a network.
    private static final String IMPORTING = """
        {"importing": {
          "account": "444444444444", "region": "eu-central-1",
          "stateBucket": {"name": "their-state", "imported": true, "key": "arn:aws:kms:eu-central-1:444444444444:key/state"},
          "buckets": {"lake": {"name": "their-lake", "imported": true}},
          "key": "arn:aws:kms:eu-central-1:444444444444:key/theirs",
          "network": {"vpc": "vpc-12345678", "subnets": ["subnet-12345678"], "securityGroups": ["sg-12345678"]},
          "snapStart": true, "alarms": {"topic": "arn:aws:sns:eu-central-1:444444444444:theirs"},
          "oidc": {"issuer": "https://issuer.example/id", "audience": "baton", "subjects": ["one", "two"],
            "provider": "arn:aws:iam::444444444444:oidc-provider/issuer.example/id"}
        }}\
        """;

    @TempDir
    static Path folder;

    private static final Map<String, Synthesised> SYNTHESISED = new HashMap<>();
    private static final List<String> NAGS = new ArrayList<>();
    private static final List<String> NAGS_OF_A_BARE_BUCKET = new ArrayList<>();
    private static FunctionCode code;

    @BeforeAll
    static void synthesises() throws IOException {
        var problem = NodeRuntime.problem();
        assumeTrue(problem.isEmpty(), () -> "CDK needs Node.js: " + problem.orElseThrow());
        var jar = Files.writeString(folder.resolve("functions.jar"), "the code of all functions");
        code = FunctionCode.staged(List.of(jar), folder.resolve("code"));
        var environments = Environments.parse(FILE.toString(), Files.readString(FILE));
        for (var name : ACCOUNTS) {
            synthesise(name, environments.named(name), List.of(WEATHER), name.equals("prod"));
        }
        synthesise(
                "importing",
                Environments.parse("importing", IMPORTING).named("importing"),
                List.of(withChildren()),
                true);
    }

    private static void synthesise(String name, Environment environment, List<CompiledPipeline> pipelines, boolean nag)
            throws IOException {
        var app = app(name);
        BatonApp.add(app, environment, pipelines, code, REVISION);
        if (nag) {
            var bare = new Stack(app, "Bare");
            CfnBucket.Builder.create(bare, "Bucket").build();
            Aspects.of(app)
                    .add(AwsSolutionsChecks.Builder.create().verbose(true).build());
        }
        for (var stack : app.synth().getStacks()) {
            for (var message : stack.getMessages()) {
                if (message.getLevel().name().equals("ERROR")) {
                    (stack.getStackName().equals("Bare") ? NAGS_OF_A_BARE_BUCKET : NAGS)
                            .add(message.getId() + ": " + message.getEntry().getData());
                }
            }
        }
        Files.deleteIfExists(folder.resolve(name).resolve("Bare.template.json"));
        SYNTHESISED.put(name, Synthesised.in(folder.resolve(name)));
    }

    private static software.amazon.awscdk.App app(String name) {
        return BatonApp.in(folder.resolve(name));
    }

    /// The example split into four machines: its own starts the first child, which starts two others; the last of
    /// them is too long to stand in a template.
    private static CompiledPipeline withChildren() {
        var split = Compiler.compile(
                TaskGraph.of(Weather.PIPELINE),
                CompilerOptions.DEFAULT.unfolded().within(Room.DEFAULT.forTasks(5)));
        var states = Stream.iterate(1, i -> i + 1)
                .limit(1000)
                .map(i -> "\"S%d\": {\"Type\": \"Pass\", \"Comment\": \"%s\", \"Next\": \"%s\"}"
                        .formatted(i, "x".repeat(300), i == 1000 ? "End" : "S" + (i + 1)))
                .collect(Collectors.joining(",\n"));
        var large = Asl.parse(
                        "large",
                        "{\"StartAt\": \"S1\", \"States\": {" + states + ", \"End\": {\"Type\": \"Succeed\"}}}")
                .orThrow();
        var last = split.machines().getLast();
        var machines = new ArrayList<>(split.machines());
        machines.set(
                machines.size() - 1,
                new CompiledMachine(last.name(), last.role(), last.versionPlaceholder(), large, last.proof()));
        return new CompiledPipeline(
                split.graph(),
                machines,
                split.functions(),
                split.containers(),
                split.roles(),
                split.boundary(),
                split.deployRole(),
                split.triggers(),
                split.buckets(),
                split.findings());
    }

    private static Synthesised of(String environment) {
        return SYNTHESISED.get(environment);
    }

    private static Environment environment(String name) {
        try {
            return Environments.parse(FILE.toString(), Files.readString(FILE)).named(name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// What the deployment by SDK would put in the place of `${Name}`.
    private static Substitutions substitutions(String environment) {
        var key = of(environment).one("AWS::KMS::Key");
        var substitutions = environment(environment)
                .substitutions(
                        WEATHER.buckets().stream().map(CompiledBucket::logical).toList())
                .and("Revision", Json.print(REVISION.toJson()))
                .and("OidcIssuer", "token.actions.githubusercontent.com")
                .and("OidcAudience", "sts.amazonaws.com")
                .and("OidcSubject", "repo:example/weather:environment:" + environment);
        substitutions = substitutions.and(
                "StateMachineAlias",
                substitutions.in("arn:${Partition}:states:${Region}:${AccountId}:stateMachine:baton-weather:live"));
        for (var bucket : WEATHER.buckets()) {
            substitutions = substitutions.and(bucket.keyPlaceholder(), "<AWS::KMS::Key." + key.id() + ".Arn>");
        }
        return substitutions;
    }

    @Test
    void the_template_carries_the_definition_that_baton_synth_writes() throws IOException {
        var written = Files.readString(Path.of("..", "statemachines", "weather", "definition.asl.json"));

        for (var environment : ACCOUNTS) {
            var machine = of(environment).one("AWS::StepFunctions::StateMachine");
            var carried = (String) machine.property("DefinitionString");
            assertThat(Json.pretty(Json.parse(carried))).isEqualTo(written);
            assertThat(Synthesis.files(WEATHER)).containsEntry("definition.asl.json", written);
        }
    }

    @Test
    void every_placeholder_of_the_definition_is_substituted_and_the_whole_is_valid() {
        var machine = of("prod").one("AWS::StepFunctions::StateMachine");
        var carried = (String) machine.property("DefinitionString");
        var values = new TreeMap<String, String>();
        object(machine.property("DefinitionSubstitutions"))
                .forEach((name, value) -> values.put(name, (String) of("prod").resolved(machine.stack(), value)));

        assertThat(values)
                .contains(
                        entry("AccountId", "333333333333"), entry("Partition", "aws"), entry("Region", "eu-central-1"));
        assertThat(values.keySet()).allSatisfy(name -> assertThat(carried).contains("${" + name + "}"));
        // A version is a number.
        var deployed = new Substitutions(values).in(carried).replaceAll("<AWS::Lambda::Version[^>]*>", "7");
        assertThat(deployed).doesNotContain("${").doesNotContain("<");
        assertThat(Asl.parse("deployed", deployed).diagnostics()).isEmpty();
        assertThat(deployed)
                .contains("arn:aws:lambda:eu-central-1:333333333333:function:baton-weather-CleanObservations:7");
    }

    @Test
    void every_function_that_the_definition_names_is_pinned_to_its_own_version_which_is_kept() {
        var prod = of("prod");
        var machine = prod.one("AWS::StepFunctions::StateMachine");
        var substitutions = object(machine.property("DefinitionSubstitutions"));
        var pinned = WEATHER.functions().stream()
                .filter(function -> substitutions.containsKey(function.versionPlaceholder()))
                .toList();

        // All but those that events and other functions call.
        assertThat(pinned)
                .containsExactlyElementsOf(WEATHER.functions().stream()
                        .filter(function -> switch (function.kind()) {
                            case TASK, PIN, AWAIT -> true;
                            case START, CALLBACK -> false;
                        })
                        .toList());
        for (var function : pinned) {
            var value = (String) prod.resolved(machine.stack(), substitutions.get(function.versionPlaceholder()));
            var version = prod.all("AWS::Lambda::Version").stream()
                    .filter(candidate -> value.equals("<AWS::Lambda::Version." + candidate.id() + ".Version>"))
                    .toList();
            assertThat(version).as(function.name()).hasSize(1);
            var of = prod.one("AWS::Lambda::Function", "FunctionName", function.name());
            assertThat(version.getFirst().property("FunctionName")).isEqualTo(Map.of("Ref", of.id()));
        }
        assertThat(prod.all("AWS::Lambda::Version"))
                .hasSize(WEATHER.functions().size())
                .allSatisfy(version -> {
                    assertThat(version.body()).containsEntry("DeletionPolicy", "Retain");
                    assertThat(version.body()).containsEntry("UpdateReplacePolicy", "Retain");
                });
    }

    @Test
    void other_code_makes_new_versions_and_the_same_code_does_not() throws IOException {
        var again = versions("again", code);
        var jar = Files.writeString(folder.resolve("functions-2.jar"), "other code");
        var other = versions("other", FunctionCode.staged(List.of(jar), folder.resolve("code-2")));

        var before = ids(of("dev"));
        assertThat(ids(again)).isEqualTo(before);
        assertThat(ids(other)).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
    }

    private static Synthesised versions(String name, FunctionCode code) throws IOException {
        var app = app(name);
        BatonApp.add(app, environment("dev"), List.of(WEATHER), code, REVISION);
        app.synth();
        return Synthesised.in(folder.resolve(name));
    }

    private static List<String> ids(Synthesised synthesised) {
        return synthesised.all("AWS::Lambda::Version").stream()
                .map(Synthesised.Resource::id)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "stage", "prod"})
    void roles_have_the_trust_and_the_policy_that_the_deployment_by_sdk_gives_them(String environment) {
        var synthesised = of(environment);
        var substitutions = substitutions(environment);
        var deploys = environment(environment).oidc() != null;
        var expected = new ArrayList<>(WEATHER.roles());
        if (deploys) {
            expected.add(WEATHER.deployRole());
        }

        assertThat(synthesised.all("AWS::IAM::Role")).hasSize(expected.size());
        for (var compiled : expected) {
            var role = synthesised.one("AWS::IAM::Role", "RoleName", compiled.name());
            var resolved = object(synthesised.resolved(role.stack(), role.properties()));
            assertThat(resolved).as(compiled.name()).containsEntry("Path", compiled.path());
            assertThat(Json.pretty(resolved.get("AssumeRolePolicyDocument")))
                    .isEqualTo(Json.pretty(substitutions.in(compiled.trust())));
            var inline = object(((List<?>) resolved.get("Policies")).getFirst());
            assertThat(inline).containsEntry("PolicyName", "baton");
            assertThat(Json.pretty(inline.get("PolicyDocument")))
                    .isEqualTo(Json.pretty(substitutions.in(compiled.policy())));
            assertThat(resolved.get("PermissionsBoundary"))
                    .isEqualTo(compiled.boundary() == null ? null : substitutions.in(compiled.boundary()));
            assertThat((List<?>) resolved.get("Policies")).hasSize(compiled.kind() == CompiledRole.Kind.DEPLOY ? 2 : 1);
        }
        var boundary = synthesised.one("AWS::IAM::ManagedPolicy");
        assertThat(boundary.stack()).isEqualTo(BatonApp.FOUNDATION);
        assertThat(Json.pretty(synthesised.resolved(boundary.stack(), boundary.property("PolicyDocument"))))
                .isEqualTo(Json.pretty(substitutions.in(WEATHER.boundary().policy())));
    }

    @Test
    void a_tasks_role_comes_after_the_role_that_its_trust_policy_names() {
        var prod = of("prod");
        var tasks = WEATHER.roles().stream()
                .filter(role -> role.kind() == CompiledRole.Kind.TASK)
                .toList();

        assertThat(tasks).isNotEmpty();
        for (var task : tasks) {
            var role = prod.one("AWS::IAM::Role", "RoleName", task.name());
            var runner = prod.one("AWS::IAM::Role", "RoleName", task.name() + "-runner");
            assertThat(role.stack()).isEqualTo(runner.stack());
            assertThat((List<?>) role.body().get("DependsOn"))
                    .map(Object::toString)
                    .contains(runner.id());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "stage", "prod"})
    void functions_have_what_the_deployment_by_sdk_gives_them(String environment) {
        var synthesised = of(environment);
        var substitutions = substitutions(environment);

        assertThat(synthesised.all("AWS::Lambda::Function"))
                .hasSize(WEATHER.functions().size());
        for (var compiled : WEATHER.functions()) {
            var function = synthesised.one("AWS::Lambda::Function", "FunctionName", compiled.name());
            var resolved = object(synthesised.resolved(function.stack(), function.properties()));
            assertThat(resolved)
                    .as(compiled.name())
                    .containsEntry("Handler", compiled.kind().handler())
                    .containsEntry("MemorySize", (long) compiled.memoryMegabytes())
                    .containsEntry("Timeout", (long) compiled.timeoutSeconds())
                    .containsEntry("Environment", Map.of("Variables", compiled.environment(substitutions)));
            assertThat(resolved.get("Code"))
                    .isEqualTo(object(synthesised
                            .one("AWS::Lambda::Function", "FunctionName", "baton-weather-pin")
                            .property("Code")));
            var role = synthesised.one("AWS::IAM::Role", "RoleName", compiled.role());
            assertThat(resolved.get("Role")).isEqualTo("<AWS::IAM::Role." + role.id() + ".Arn>");
            var log = synthesised.one("AWS::Logs::LogGroup", "LogGroupName", "/aws/lambda/" + compiled.name());
            assertThat(log.property("KmsKeyId")).isNotNull();
            assertThat(function.body().get("DependsOn").toString()).contains(log.id());
        }
    }

    @Test
    void how_asynchronous_invocations_of_a_version_ended_is_told_to_the_version_that_was_compiled() {
        var prod = of("prod");
        var told = WEATHER.functions().stream()
                .filter(function -> function.resultsTo().isPresent())
                .toList();

        assertThat(prod.all("AWS::Lambda::EventInvokeConfig")).hasSameSizeAs(told);
        for (var compiled : told) {
            var function = prod.one("AWS::Lambda::Function", "FunctionName", compiled.name());
            var config = prod.all("AWS::Lambda::EventInvokeConfig").stream()
                    .filter(candidate -> Map.of("Ref", function.id()).equals(candidate.property("FunctionName")))
                    .toList();
            assertThat(config).hasSize(1);
            var resolved = object(
                    prod.resolved(config.getFirst().stack(), config.getFirst().property("DestinationConfig")));
            var callback = prod.all("AWS::Lambda::Version").stream()
                    .filter(version -> version.id().contains("Versionbatonweathercallback"))
                    .findFirst()
                    .orElseThrow();
            var expected = Map.of(
                    "Destination",
                    substitutions("prod")
                            .and("CallbackVersion", "<AWS::Lambda::Version." + callback.id() + ".Version>")
                            .in(compiled.resultsTo().orElseThrow()));
            assertThat(resolved).isEqualTo(Map.of("OnSuccess", expected, "OnFailure", expected));
            assertThat(config.getFirst().property("MaximumRetryAttempts")).isEqualTo(0L);
            assertThat(config.getFirst().body()).containsEntry("DeletionPolicy", "Retain");
        }
    }

    @Test
    void functions_of_tasks_lie_in_nested_stacks_and_the_others_beside_the_state_machine() {
        for (var compiled : WEATHER.functions()) {
            var function = of("prod").one("AWS::Lambda::Function", "FunctionName", compiled.name());
            assertThat(function.stack().endsWith(".nested"))
                    .as(compiled.name())
                    .isEqualTo(compiled.kind() == CompiledFunction.Kind.TASK);
        }
    }

    @Test
    void the_state_machine_logs_everything_encrypted_and_is_traced() {
        var prod = of("prod");
        var machine = prod.one("AWS::StepFunctions::StateMachine");
        var log = prod.one("AWS::Logs::LogGroup", "LogGroupName", "/aws/vendedlogs/states/baton-weather");
        var key = prod.one("AWS::KMS::Key");

        assertThat(machine.property("StateMachineName")).isEqualTo("baton-weather");
        assertThat(machine.property("StateMachineType")).isEqualTo("STANDARD");
        assertThat(machine.at("TracingConfiguration/Enabled")).isEqualTo(true);
        assertThat(machine.at("LoggingConfiguration/Level")).isEqualTo("ALL");
        assertThat(machine.at("LoggingConfiguration/IncludeExecutionData")).isEqualTo(true);
        assertThat(machine.at("LoggingConfiguration/Destinations/0/CloudWatchLogsLogGroup/LogGroupArn"))
                .isEqualTo(Map.of("Fn::GetAtt", List.of(log.id(), "Arn")));
        assertThat(prod.resolved(log.stack(), log.property("KmsKeyId")))
                .isEqualTo("<AWS::KMS::Key." + key.id() + ".Arn>");
        assertThat(key.property("EnableKeyRotation")).isEqualTo(true);
    }

    @Test
    void executions_start_through_an_alias_of_a_version_that_is_kept() {
        var dev = of("dev");
        var machine = dev.one("AWS::StepFunctions::StateMachine");
        var version = dev.one("AWS::StepFunctions::StateMachineVersion");
        var alias = dev.one("AWS::StepFunctions::StateMachineAlias");

        assertThat(version.property("StateMachineRevisionId"))
                .isEqualTo(Map.of("Fn::GetAtt", List.of(machine.id(), "StateMachineRevisionId")));
        assertThat(version.body())
                .containsEntry("DeletionPolicy", "Retain")
                .containsEntry("UpdateReplacePolicy", "Retain");
        assertThat(alias.property("Name")).isEqualTo("live");
        assertThat(alias.property("RoutingConfiguration"))
                .isEqualTo(List.of(Map.of("StateMachineVersionArn", Map.of("Ref", version.id()), "Weight", 100L)));
    }

    @Test
    void new_code_takes_over_by_and_by_where_a_rollout_is_asked_for_and_alarms_bring_the_old_back() {
        var prod = of("prod");
        var preference =
                object(prod.one("AWS::StepFunctions::StateMachineAlias").property("DeploymentPreference"));
        var alarms = Stream.of("baton-weather-failed", "baton-weather-timed-out")
                .map(name -> prod.one("AWS::CloudWatch::Alarm", "AlarmName", name))
                .map(alarm -> Map.of("Ref", alarm.id()))
                .toList();

        assertThat(preference)
                .containsEntry("Type", "CANARY")
                .containsEntry("Percentage", 10L)
                .containsEntry("Interval", 15L);
        assertThat((List<?>) preference.get("Alarms"))
                .map(Object.class::cast)
                .containsExactlyInAnyOrderElementsOf(alarms);
    }

    @Test
    void a_definition_names_each_child_machine_by_its_version_which_is_there_before_and_kept() {
        var importing = of("importing");
        var started = Map.of("baton-weather", List.of(1), "baton-weather-part-1", List.of(2, 3));

        started.forEach((name, parts) -> {
            var machine = importing.one("AWS::StepFunctions::StateMachine", "StateMachineName", name);
            var substitutions = object(machine.property("DefinitionSubstitutions"));
            assertThat(substitutions.keySet())
                    .filteredOn(placeholder -> placeholder.matches("Part[0-9]+Version"))
                    .containsExactlyElementsOf(
                            parts.stream().map(part -> "Part" + part + "Version").toList());
            for (var part : parts) {
                var child = importing.one(
                        "AWS::StepFunctions::StateMachine", "StateMachineName", "baton-weather-part-" + part);
                var version = importing.all("AWS::StepFunctions::StateMachineVersion").stream()
                        .filter(candidate -> candidate
                                .property("StateMachineArn")
                                .equals(Map.of("Fn::GetAtt", List.of(child.id(), "Arn"))))
                        .toList();
                assertThat(version).as(child.id()).hasSize(1);
                // A version's Ref is its ARN, and ends in its number.
                assertThat(substitutions.get("Part" + part + "Version"))
                        .isEqualTo(Map.of(
                                "Fn::Select",
                                List.of(
                                        7L,
                                        Map.of(
                                                "Fn::Split",
                                                List.of(":", Map.of("Ref", version.getFirst().id()))))));
                assertThat((String) machine.property("DefinitionString"))
                        .contains("arn:${Partition}:states:${Region}:${AccountId}:stateMachine:baton-weather-part-" + part
                                + ":${Part" + part + "Version}");
            }
        });
        assertThat(importing.all("AWS::StepFunctions::StateMachineVersion"))
                .hasSize(4)
                .allSatisfy(version -> {
                    assertThat(version.body()).containsEntry("DeletionPolicy", "Retain");
                    assertThat(version.body()).containsEntry("UpdateReplacePolicy", "Retain");
                });
    }

    @Test
    void a_long_definition_lies_beside_the_template() {
        var importing = of("importing");
        var child = importing.one("AWS::StepFunctions::StateMachine", "StateMachineName", "baton-weather-part-1");
        var large = importing.one("AWS::StepFunctions::StateMachine", "StateMachineName", "baton-weather-part-3");

        assertThat(child.property("DefinitionString")).isNotNull();
        assertThat(large.property("DefinitionString")).isNull();
        assertThat(large.at("DefinitionS3Location/Key").toString()).endsWith(".json");
    }

    @Test
    void buckets_are_encrypted_versioned_private_and_tell_eventbridge_without_a_custom_resource() {
        var prod = of("prod");
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
            assertThat(bucket.body()).containsEntry("DeletionPolicy", "Retain");
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
        var synthesised = of(environment);
        var substitutions = substitutions(environment);
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
                    .isEqualTo(Json.pretty(BucketPolicies.joined(null, substitutions.in(compiled.policy()))))
                    .contains("aws:SecureTransport");
        }
    }

    @Test
    void rules_call_functions_and_what_they_cannot_deliver_goes_to_one_encrypted_queue() {
        var prod = of("prod");
        var queue = prod.one("AWS::SQS::Queue");
        var substitutions = substitutions("prod");

        assertThat(queue.property("SqsManagedSseEnabled")).isEqualTo(true);
        assertThat(prod.all("AWS::Events::Rule")).hasSize(WEATHER.triggers().size());
        var allowed =
                prod.one("AWS::SQS::QueuePolicy").property("PolicyDocument").toString();
        for (var trigger : WEATHER.triggers()) {
            var rule = prod.one("AWS::Events::Rule", "Name", trigger.name());
            assertThat(Json.pretty(prod.resolved(rule.stack(), rule.property("EventPattern"))))
                    .isEqualTo(Json.pretty(substitutions.in(trigger.pattern())));
            var function = prod.one("AWS::Lambda::Function", "FunctionName", trigger.function());
            assertThat(rule.at("Targets/0/Arn")).isEqualTo(Map.of("Fn::GetAtt", List.of(function.id(), "Arn")));
            assertThat(rule.at("Targets/0/DeadLetterConfig/Arn"))
                    .isEqualTo(Map.of("Fn::GetAtt", List.of(queue.id(), "Arn")));
            assertThat(allowed).contains(rule.id());
            assertThat(prod.all("AWS::Lambda::Permission"))
                    .filteredOn(permission ->
                            Map.of("Fn::GetAtt", List.of(rule.id(), "Arn")).equals(permission.property("SourceArn")))
                    .singleElement()
                    .satisfies(permission -> {
                        assertThat(permission.property("Principal")).isEqualTo("events.amazonaws.com");
                        assertThat(permission.property("FunctionName")).isEqualTo(Map.of("Ref", function.id()));
                    });
        }
    }

    @Test
    void somebody_is_told_when_something_fails_is_throttled_or_reaches_nobody() {
        var prod = of("prod");
        var topic = prod.one("AWS::SNS::Topic");
        var alarms = prod.all("AWS::CloudWatch::Alarm");

        assertThat(alarms.stream()
                        .map(alarm -> alarm.property("AlarmName") + " " + alarm.property("Namespace") + " "
                                + alarm.property("MetricName")))
                .containsExactlyInAnyOrder(
                        "baton-weather-dead-letters AWS/SQS ApproximateNumberOfMessagesVisible",
                        "baton-weather-failed AWS/States ExecutionsFailed",
                        "baton-weather-timed-out AWS/States ExecutionsTimedOut",
                        "baton-weather-throttled AWS/States ExecutionThrottled",
                        "baton-weather-start-throttled AWS/Lambda Throttles",
                        "baton-weather-start-errors AWS/Lambda Errors");
        assertThat(alarms)
                .allSatisfy(alarm -> assertThat(prod.resolved(alarm.stack(), alarm.property("AlarmActions")))
                        .isEqualTo(List.of("<AWS::SNS::Topic." + topic.id() + ">")));
        assertThat(prod.one("AWS::SNS::Subscription").property("Endpoint")).isEqualTo("weather@example.org");
        assertThat(topic.property("KmsMasterKeyId")).isNotNull();
        assertThat(of("dev").all("AWS::CloudWatch::Alarm"))
                .hasSameSizeAs(alarms)
                .allSatisfy(alarm -> assertThat(alarm.property("AlarmActions")).isNull());
    }

    @Test
    void caps_and_budget_are_those_of_the_environment() {
        var prod = of("prod");
        for (var compiled : WEATHER.functions()) {
            var function = prod.one("AWS::Lambda::Function", "FunctionName", compiled.name());
            var expected = switch (compiled.kind()) {
                case TASK -> compiled.name().equals("baton-weather-WeatherReport") ? 2L : 20L;
                case PIN, START, AWAIT, CALLBACK -> 10L;
            };
            assertThat(function.property("ReservedConcurrentExecutions"))
                    .as(compiled.name())
                    .isEqualTo(expected);
        }
        var budget = prod.one("AWS::Budgets::Budget");
        assertThat(budget.at("Budget/BudgetLimit")).isEqualTo(Map.of("Amount", 50L, "Unit", "USD"));
        assertThat((List<?>) budget.property("NotificationsWithSubscribers")).hasSize(2);
        assertThat(of("dev").all("AWS::Budgets::Budget")).isEmpty();
    }

    @Test
    void who_deploys_comes_by_web_identity_and_uploads_to_the_foundations_bucket() {
        var prod = of("prod");
        var provider = prod.one("AWS::IAM::OIDCProvider");
        var deploy = prod.one("AWS::IAM::Role", "RoleName", "baton-weather-deploy");

        assertThat(provider.property("Url")).isEqualTo("https://token.actions.githubusercontent.com");
        assertThat(provider.property("ClientIdList")).isEqualTo(List.of("sts.amazonaws.com"));
        assertThat(deploy.stack()).isEqualTo(BatonApp.FOUNDATION);
        assertThat(Json.print(prod.resolved(deploy.stack(), deploy.at("Policies/1/PolicyDocument"))))
                .contains(
                        "arn:aws:s3:::baton-code-333333333333-eu-central-1/*",
                        "arn:aws:cloudformation:eu-central-1:333333333333:stack/BatonStorage/*",
                        "arn:aws:cloudformation:eu-central-1:333333333333:stack/baton-weather/*")
                .doesNotContain("iam:");
        assertThat(prod.one("AWS::S3::Bucket", "BucketName", "baton-code-333333333333-eu-central-1")
                        .stack())
                .isEqualTo(BatonApp.FOUNDATION);
        assertThat(of("dev").all("AWS::IAM::OIDCProvider")).isEmpty();
    }

    @Test
    void the_policies_of_a_role_are_no_longer_than_iam_takes() {
        for (var environment : List.of("prod", "importing")) {
            for (var role : of(environment).all("AWS::IAM::Role")) {
                var length = 0;
                for (var policy : (List<?>) role.property("Policies")) {
                    length += Json.print(of(environment)
                                    .resolved(role.stack(), object(policy).get("PolicyDocument")))
                            .length();
                }
                assertThat(length).as(role.id()).isLessThanOrEqualTo(10_240);
            }
        }
    }

    @Test
    void stacks_are_deployed_one_after_the_other_with_the_credentials_of_whoever_deploys() throws IOException {
        var manifest = Json.parseObject(Files.readAllBytes(of("dev").folder().resolve("manifest.json")));
        var artifacts = object(manifest.get("artifacts"));

        assertThat((List<?>) object(artifacts.get("baton-weather")).get("dependencies"))
                .map(Object::toString)
                .contains("BatonFoundation", "BatonStorage");
        assertThat((List<?>) object(artifacts.get("BatonStorage")).get("dependencies"))
                .map(Object::toString)
                .contains("BatonFoundation");
        assertThat(Json.print(manifest)).doesNotContain("assumeRoleArn").doesNotContain("/cdk-bootstrap/");
    }

    @Test
    void a_deployment_says_what_comes_next() {
        var outputs = object(of("prod").templates().get("baton-weather").get("Outputs"));

        assertThat(Json.print(outputs)).contains("\"Value\":\"baton sweep weather --region eu-central-1\"");
    }

    @Test
    void the_foundation_has_no_assets_and_is_small_enough_to_be_deployed_in_a_request() throws IOException {
        for (var environment : ACCOUNTS) {
            var file = of(environment).folder().resolve(BatonApp.FOUNDATION + ".template.json");
            assertThat(Files.size(file)).isLessThan(51_200);
            assertThat(of(environment).folder().resolve(BatonApp.FOUNDATION + ".assets.json"))
                    .doesNotExist();
        }
    }

    @Test
    void what_is_there_already_is_used_and_left_alone() {
        var importing = of("importing");

        assertThat(importing.all("AWS::KMS::Key")).isEmpty();
        assertThat(importing.all("AWS::SNS::Topic")).isEmpty();
        assertThat(importing.all("AWS::IAM::OIDCProvider")).isEmpty();
        assertThat(importing.all("AWS::S3::Bucket"))
                .singleElement()
                .satisfies(code -> assertThat(code.stack()).isEqualTo(BatonApp.FOUNDATION));
        assertThat(importing.all("AWS::CloudWatch::Alarm"))
                .allSatisfy(alarm -> assertThat(alarm.property("AlarmActions"))
                        .isEqualTo(List.of("arn:aws:sns:eu-central-1:444444444444:theirs")));
        var clean = importing.one("AWS::IAM::Role", "RoleName", "baton-weather-CleanObservations");
        assertThat(Json.print(importing.resolved(clean.stack(), clean.property("Policies"))))
                .contains("arn:aws:s3:::their-lake/", "arn:aws:kms:eu-central-1:444444444444:key/theirs")
                .contains("arn:aws:kms:eu-central-1:444444444444:key/state");
        var deploy = importing.one("AWS::IAM::Role", "RoleName", "baton-weather-deploy");
        assertThat(Json.print(importing.resolved(deploy.stack(), deploy.property("AssumeRolePolicyDocument"))))
                .contains("arn:aws:iam::444444444444:oidc-provider/issuer.example/id")
                .contains("\"issuer.example/id:aud\":\"baton\"", "\"issuer.example/id:sub\":[\"one\",\"two\"]");
    }

    @Test
    void in_a_network_the_service_may_join_and_the_functions_code_may_not() {
        var importing = of("importing");
        for (var compiled : WEATHER.functions()) {
            var function = importing.one("AWS::Lambda::Function", "FunctionName", compiled.name());
            assertThat(function.property("VpcConfig"))
                    .isEqualTo(Map.of(
                            "SubnetIds", List.of("subnet-12345678"), "SecurityGroupIds", List.of("sg-12345678")));
            var role = importing.one("AWS::IAM::Role", "RoleName", compiled.role());
            var network = object(((List<?>) role.property("Policies")).get(1));
            assertThat(network).containsEntry("PolicyName", "network");
            assertThat(Json.print(network)).contains("\"Deny\"", "lambda:SourceFunctionArn");
        }
        var task = importing.one("AWS::IAM::Role", "RoleName", "baton-weather-CleanObservations");
        assertThat((List<?>) task.property("Policies")).hasSize(1);
        assertThat(Json.print(importing.one("AWS::IAM::ManagedPolicy").property("PolicyDocument")))
                .contains("ec2:CreateNetworkInterface");
    }

    @Test
    void functions_start_from_snapshots_where_the_environment_wants_it() {
        assertThat(of("importing").all("AWS::Lambda::Function"))
                .allSatisfy(function ->
                        assertThat(function.property("SnapStart")).isEqualTo(Map.of("ApplyOn", "PublishedVersions")));
        assertThat(of("prod").all("AWS::Lambda::Function"))
                .allSatisfy(
                        function -> assertThat(function.property("SnapStart")).isNull());
    }

    /// Of the types in use, those that CloudFormation has no tags for.
    private static final List<String> UNTAGGABLE = List.of(
            "AWS::IAM::ManagedPolicy",
            "AWS::KMS::Alias",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::Permission",
            "AWS::Lambda::Version",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::Subscription",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::QueuePolicy",
            "AWS::StepFunctions::StateMachineAlias",
            "AWS::StepFunctions::StateMachineVersion");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "stage", "prod", "importing"})
    void everything_that_can_be_tagged_tells_its_pipeline_its_revision_and_its_code(String environment) {
        var tagged = new TreeSet<String>();
        for (var resource : of(environment).all()) {
            if (UNTAGGABLE.contains(resource.type())) {
                continue;
            }
            var given = resource.properties()
                    .getOrDefault("Tags", resource.properties().getOrDefault("ResourceTags", List.of()));
            var tags = new TreeMap<String, Object>();
            ((List<?>) given)
                    .forEach(tag -> tags.put(
                            (String) object(tag).get("Key"), object(tag).get("Value")));
            assertThat(tags)
                    .as(resource.type() + " " + resource.id())
                    .containsEntry("baton:pipeline", "weather")
                    .containsEntry("baton:revision", "0123456789abcdef0123")
                    .containsEntry("baton:code", code.hash());
            if (environment.equals("prod")) {
                assertThat(tags).containsEntry("cost-center", "weather");
            }
            tagged.add(resource.type());
        }
        assertThat(tagged)
                .contains(
                        "AWS::Lambda::Function",
                        "AWS::IAM::Role",
                        "AWS::StepFunctions::StateMachine",
                        "AWS::SQS::Queue");
    }

    @Test
    void dev_stage_and_prod_differ_only_where_their_file_says_so() {
        assertThat(Differences.between(of("dev"), of("stage")))
                .containsExactly(
                        "AWS::CloudWatch::Alarm /Properties/AlarmActions",
                        "AWS::IAM::OIDCProvider",
                        "AWS::IAM::Role baton-weather-deploy",
                        "AWS::KMS::Key /DeletionPolicy",
                        "AWS::KMS::Key /UpdateReplacePolicy",
                        "AWS::Logs::LogGroup /Properties/RetentionInDays",
                        "AWS::S3::Bucket /DeletionPolicy",
                        "AWS::S3::Bucket"
                            + " /Properties/LifecycleConfiguration/Rules/NoncurrentVersionExpiration/NoncurrentDays",
                        "AWS::S3::Bucket /UpdateReplacePolicy",
                        "AWS::SNS::Subscription",
                        "AWS::SNS::Topic",
                        "AWS::SNS::TopicPolicy");
        // Tags differ because one has a tag of its own.
        var tags = Stream.of(
                        "CloudFormation::Stack",
                        "CloudWatch::Alarm",
                        "Events::Rule",
                        "IAM::OIDCProvider",
                        "IAM::Role",
                        "KMS::Key",
                        "Lambda::Function",
                        "Logs::LogGroup",
                        "S3::Bucket",
                        "SNS::Topic",
                        "SQS::Queue",
                        "StepFunctions::StateMachine")
                .map(type -> "AWS::" + type + " /Properties/Tags");
        var others = Stream.of(
                "AWS::Budgets::Budget",
                "AWS::Lambda::Function /Properties/ReservedConcurrentExecutions",
                "AWS::Logs::LogGroup /Properties/RetentionInDays",
                "AWS::S3::Bucket /Properties/LifecycleConfiguration/Rules/ExpirationInDays",
                "AWS::SNS::Subscription /Properties/Endpoint",
                "AWS::StepFunctions::StateMachineAlias /Properties/DeploymentPreference",
                "AWS::StepFunctions::StateMachineAlias /Properties/RoutingConfiguration");
        assertThat(Differences.between(of("stage"), of("prod")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(tags, others).toList());
    }

    @Test
    void rules_of_good_practice_are_kept_or_argued_against() {
        assertThat(NAGS_OF_A_BARE_BUCKET).isNotEmpty();
        assertThat(NAGS).isEmpty();
    }

    @Test
    void cfn_lint_finds_nothing() throws IOException, InterruptedException {
        assumeTrue(installed("cfn-lint"), "cfn-lint is not installed");
        var files = new ArrayList<Path>();
        files.addAll(of("prod").files());
        files.addAll(of("importing").files());
        // Where a definition says ${Partition} it is not understood, so that the rules for definitions are left out:
        // they
        // hold when it is said which.
        var machine = of("prod").folder().resolve("baton-weather.template.json");
        var said = folder.resolve("said.template.json");
        Files.writeString(
                said,
                Files.readString(machine)
                        .replace("arn:${Partition}:states", "arn:aws:states")
                        .replace("\"E3601\"", "\"W9999\"")
                        .replace("\"E1101\"", "\"W9999\""));
        files.add(said);
        var wrong = folder.resolve("wrong.template.json");
        Files.writeString(
                wrong, Files.readString(said).replace("\\\"StartAt\\\":\\\"Pin\\\"", "\\\"StartAt\\\":\\\"Pan\\\""));
        files.add(wrong);

        assertThat(lint(files).lines())
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line).startsWith(wrong.toString()).contains("E3601"));
    }

    static String lint(List<Path> files) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("cfn-lint", "--format", "parseable"));
        files.forEach(file -> command.add(file.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    static boolean installed(String program) {
        try {
            var process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void what_an_environment_consists_of_is_on_record() throws IOException {
        var lines = new TreeSet<String>();
        for (var resource : of("prod").all()) {
            var name = Stream.of(
                            "FunctionName",
                            "RoleName",
                            "BucketName",
                            "StateMachineName",
                            "LogGroupName",
                            "QueueName",
                            "AlarmName",
                            "Name",
                            "ManagedPolicyName",
                            "TopicName",
                            "AliasName",
                            "Url")
                    .filter(property -> resource.property(property) instanceof String)
                    .map(property -> " " + resource.property(property))
                    .findFirst()
                    .orElse("");
            lines.add(resource.stack() + " " + resource.type() + name);
        }
        var text = String.join("\n", lines) + "\n";
        var golden = Path.of("test", "resources", "prod.resources");
        if (Boolean.getBoolean("baton.rewrite")) {
            Files.writeString(golden, text);
        }
        assertThat(golden).content().isEqualTo(text);
    }

    @Test
    void the_app_finds_pipelines_and_writes_the_same() throws IOException {
        var out = new ByteArrayOutputStream();
        var output = folder.resolve("app");

        var exit = App.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                "--environment",
                "dev",
                "--environments",
                FILE.toString(),
                "--jar",
                folder.resolve("functions.jar").toString(),
                "--output",
                output.toString(),
                "--revision",
                Json.print(REVISION.toJson()));

        assertThat(exit).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("BatonFoundation\nBatonStorage\nbaton-weather\n");
        assertThat(Synthesised.in(output).templates()).isEqualTo(of("dev").templates());
    }

    @Test
    void people_put_a_pipeline_into_a_stack_of_their_own() throws IOException {
        var app = app("own");
        var stack = new Stack(app, "Own");
        var foundation = new BatonFoundation(stack, "Foundation", environment("dev"), List.of(WEATHER));
        var storage = new BatonStorage(stack, "Storage", foundation);
        new BatonPipeline(stack, "Weather", WEATHER, storage, code, REVISION);
        app.synth();

        var own = Synthesised.in(folder.resolve("own"));
        assertThat(own.one("AWS::StepFunctions::StateMachine").stack()).isEqualTo("Own");
        assertThat(own.all("AWS::Lambda::Function")).hasSameSizeAs(WEATHER.functions());
        // What roles name in text is there before them.
        var boundary = own.one("AWS::IAM::ManagedPolicy").id();
        assertThat(own.named(
                                "Own",
                                own.one("AWS::IAM::Role", "RoleName", "baton-weather-states")
                                        .id())
                        .body()
                        .get("DependsOn"))
                .asString()
                .contains(boundary);
        assertThat(own.one("AWS::CloudFormation::Stack").body().get("DependsOn"))
                .asString()
                .contains(boundary);
    }
}
