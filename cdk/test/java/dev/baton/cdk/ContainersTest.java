package dev.baton.cdk;

import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.asl.Asl;
import dev.baton.compiler.CompiledContainer;
import dev.baton.compiler.CompiledPipeline;
import dev.baton.compiler.CompiledRole;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.Substitutions;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.task.run.Revision;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecs.CfnCluster;

/// A pipeline with containers in an account: once with what Baton makes itself, once with everything given.
class ContainersTest {
    private static final CompiledPipeline ICE = Compiler.compile(Ice.PIPELINE);
    private static final Revision REVISION = new Revision("git", "0123456789abcdef0123", "main", false);
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    private static final String ENVIRONMENT = """
        {"%s": {
          "account": "444444444444", "region": "eu-central-1",
          "stateBucket": {"name": "their-state"}, "buckets": {"lake": {"name": "their-lake"}},
          "oidc": {"issuer": "https://issuer.example/id", "audience": "baton", "subjects": ["one"]}%s
        }}\
        """;

    private static final String MADE = """
        , "containers": {"vpc": "vpc-12345678", "subnets": ["subnet-12345678", "subnet-87654321"]}\
        """;

    private static final String GIVEN = """
        , "network": {"vpc": "vpc-12345678", "subnets": ["subnet-12345678"], "securityGroups": ["sg-12345678"]},
        "key": "arn:aws:kms:eu-central-1:444444444444:key/theirs",
        "containers": {"vpc": "vpc-12345678", "subnets": ["subnet-12345678"], "securityGroups": ["sg-1111aaaa", "sg-2222bbbb"],
          "publicIp": true, "image": "%s"}\
        """.formatted(DIGEST);

    @TempDir
    static Path folder;

    private static final List<String> NAGS = new ArrayList<>();
    private static final List<String> NAGS_OF_A_BARE_CLUSTER = new ArrayList<>();
    private static FunctionCode code;
    private static Synthesised made;
    private static Synthesised given;

    @BeforeAll
    static void synthesises() throws IOException {
        var problem = NodeRuntime.problem();
        assumeTrue(problem.isEmpty(), () -> "CDK needs Node.js: " + problem.orElseThrow());
        code = code("the code");
        made = synthesised("made", MADE, code, true);
        given = synthesised("given", GIVEN, code, false);
    }

    private static FunctionCode code(String text) throws IOException {
        var jar = Files.writeString(folder.resolve("functions.jar"), text);
        return FunctionCode.staged(List.of(jar), folder.resolve("code"));
    }

    private static Environment environment(String name, String containers) {
        return Environments.parse(name, ENVIRONMENT.formatted(name, containers)).named(name);
    }

    private static Synthesised synthesised(String name, String containers, FunctionCode code, boolean nag)
            throws IOException {
        var app = BatonApp.in(folder.resolve(name));
        BatonApp.add(app, environment(name, containers), List.of(ICE), code, REVISION);
        if (nag) {
            CfnCluster.Builder.create(new Stack(app, "Bare"), "Cluster").build();
            Aspects.of(app)
                    .add(AwsSolutionsChecks.Builder.create().verbose(true).build());
        }
        for (var stack : app.synth().getStacks()) {
            for (var message : stack.getMessages()) {
                if (message.getLevel().name().equals("ERROR")) {
                    (stack.getStackName().equals("Bare") ? NAGS_OF_A_BARE_CLUSTER : NAGS)
                            .add(message.getId() + ": " + message.getEntry().getData());
                }
            }
        }
        Files.deleteIfExists(folder.resolve(name).resolve("Bare.template.json"));
        return Synthesised.in(folder.resolve(name));
    }

    private static Synthesised.Resource definition(Synthesised synthesised, CompiledContainer container) {
        return synthesised.one("AWS::ECS::TaskDefinition", "Family", container.family());
    }

    private static Substitutions substitutions() {
        var key = "<AWS::KMS::Key." + made.one("AWS::KMS::Key").id() + ".Arn>";
        var substitutions = environment("made", MADE)
                .substitutions(List.of("lake", "state"))
                .and("Revision", Json.print(REVISION.toJson()))
                .and("StateMachineAlias", "arn:aws:states:eu-central-1:444444444444:stateMachine:baton-ice:live")
                .and("OidcIssuer", "issuer.example/id")
                .and("OidcAudience", "baton")
                .and("OidcSubject", "one");
        for (var bucket : ICE.buckets()) {
            substitutions = substitutions.and(bucket.keyPlaceholder(), key);
        }
        return substitutions;
    }

    @Test
    void images_cannot_change_are_scanned_and_encrypted_and_are_kept() {
        var images = made.one("AWS::ECR::Repository");

        assertThat(images.stack()).isEqualTo(BatonApp.FOUNDATION);
        assertThat(images.property("RepositoryName")).isEqualTo("baton-tasks");
        assertThat(images.property("ImageTagMutability")).isEqualTo("IMMUTABLE");
        assertThat(images.at("ImageScanningConfiguration/ScanOnPush")).isEqualTo(true);
        assertThat(made.resolved(images.stack(), images.property("EncryptionConfiguration")))
                .isEqualTo(Map.of(
                        "EncryptionType",
                        "KMS",
                        "KmsKey",
                        "<AWS::KMS::Key." + made.one("AWS::KMS::Key").id() + ".Arn>"));
        assertThat(images.body()).containsEntry("DeletionPolicy", "Retain");
    }

    @Test
    void containers_have_what_the_deployment_by_sdk_gives_them() {
        assertThat(made.all("AWS::ECS::TaskDefinition"))
                .hasSameSizeAs(ICE.containers())
                .hasSize(2);
        for (var compiled : ICE.containers()) {
            var resource = definition(made, compiled);
            var resolved = object(made.resolved(resource.stack(), resource.properties()));
            assertThat(resolved)
                    .containsEntry("RequiresCompatibilities", List.of("FARGATE"))
                    .containsEntry("NetworkMode", "awsvpc")
                    .containsEntry("Cpu", Integer.toString(compiled.cpuUnits()))
                    .containsEntry("Memory", Integer.toString(compiled.memoryMegabytes()))
                    .containsEntry(
                            "TaskRoleArn",
                            substitutions().in(ICE.role(compiled.role()).arn()))
                    .containsEntry(
                            "RuntimePlatform", Map.of("CpuArchitecture", "ARM64", "OperatingSystemFamily", "LINUX"));
            var starting = made.one("AWS::IAM::Role", "RoleName", compiled.executionRole());
            assertThat(resolved).containsEntry("ExecutionRoleArn", "<AWS::IAM::Role." + starting.id() + ".Arn>");
            var container = object(((List<?>) resolved.get("ContainerDefinitions")).getFirst());
            assertThat(container)
                    .containsEntry("Name", CompiledContainer.NAME)
                    .containsEntry("Essential", true)
                    .containsEntry("Command", compiled.command())
                    .containsEntry(
                            "Image", "444444444444.dkr.ecr.eu-central-1.amazonaws.com/baton-tasks:" + code.hash());
            var variables = new TreeMap<String, Object>();
            ((List<?>) container.get("Environment"))
                    .forEach(variable -> variables.put(
                            (String) object(variable).get("Name"),
                            object(variable).get("Value")));
            assertThat(variables).isEqualTo(compiled.environment(substitutions()));
            assertThat(container.get("LogConfiguration"))
                    .isEqualTo(Map.of(
                            "LogDriver",
                            "awslogs",
                            "Options",
                            Map.of(
                                    "awslogs-group",
                                    "/aws/ecs/" + compiled.family(),
                                    "awslogs-region",
                                    "eu-central-1",
                                    "awslogs-stream-prefix",
                                    "baton")));
            var log = made.one("AWS::Logs::LogGroup", "LogGroupName", compiled.logGroup());
            assertThat(log.property("KmsKeyId")).isNotNull();
            assertThat(resource.body().get("DependsOn").toString()).contains(log.id(), "NestedStack");
        }
        var key = made.one("AWS::KMS::Key");
        assertThat(Json.print(made.resolved(key.stack(), key.property("KeyPolicy"))))
                .contains("arn:aws:logs:eu-central-1:444444444444:log-group:/aws/ecs/baton-*");
    }

    @Test
    void the_definition_names_the_revision_of_each_task_definition_which_is_kept() {
        var machine = made.one("AWS::StepFunctions::StateMachine");
        var carried = (String) machine.property("DefinitionString");
        var values = new TreeMap<String, String>();
        object(machine.property("DefinitionSubstitutions"))
                .forEach((name, value) -> values.put(name, (String) made.resolved(machine.stack(), value)));

        for (var compiled : ICE.containers()) {
            var definition = definition(made, compiled);
            assertThat(values).containsEntry(compiled.revisionPlaceholder(), "<" + definition.id() + ">");
            assertThat(definition.body())
                    .containsEntry("DeletionPolicy", "Retain")
                    .containsEntry("UpdateReplacePolicy", "Retain");
        }
        var group = made.one("AWS::EC2::SecurityGroup");
        assertThat(values)
                .containsEntry("ContainerSubnets", "subnet-12345678,subnet-87654321")
                .containsEntry("ContainerSecurityGroups", "<AWS::EC2::SecurityGroup." + group.id() + ".GroupId>")
                .containsEntry("ContainerPublicIp", "DISABLED");
        // What the account counts is a number.
        var deployed = new Substitutions(values).in(carried).replaceAll("<[^>]*>", "7");
        assertThat(deployed)
                .doesNotContain("${")
                .contains("arn:aws:ecs:eu-central-1:444444444444:task-definition/baton-ice-Flow:7");
        assertThat(Asl.parse("deployed", deployed).diagnostics()).isEmpty();
    }

    @Test
    void other_code_makes_new_revisions_and_so_does_another_image_but_the_same_code_does_not() throws IOException {
        var again = synthesised("again", MADE, code, false);
        var other = synthesised("other", MADE, code("other code"), false);

        assertThat(ids(again)).isEqualTo(ids(made));
        assertThat(ids(other)).hasSize(2).doesNotContainAnyElementsOf(ids(made));
        assertThat(ids(given)).hasSize(2).doesNotContainAnyElementsOf(ids(made));
    }

    private static List<String> ids(Synthesised synthesised) {
        return synthesised.all("AWS::ECS::TaskDefinition").stream()
                .map(Synthesised.Resource::id)
                .sorted()
                .toList();
    }

    @Test
    void roles_have_the_trust_and_the_policy_that_were_compiled() {
        var expected = new ArrayList<>(ICE.roles());
        expected.add(ICE.deployRole());

        assertThat(expected)
                .extracting(CompiledRole::kind)
                .contains(CompiledRole.Kind.EXECUTION, CompiledRole.Kind.SERVICE, CompiledRole.Kind.DEPLOY);
        assertThat(made.all("AWS::IAM::Role")).hasSize(expected.size());
        for (var compiled : expected) {
            var role = made.one("AWS::IAM::Role", "RoleName", compiled.name());
            var resolved = object(made.resolved(role.stack(), role.properties()));
            assertThat(Json.pretty(resolved.get("AssumeRolePolicyDocument")))
                    .isEqualTo(Json.pretty(substitutions().in(compiled.trust())));
            var policies = (List<?>) resolved.get("Policies");
            assertThat(Json.pretty(object(policies.getFirst()).get("PolicyDocument")))
                    .isEqualTo(Json.pretty(substitutions().in(compiled.policy())));
            assertThat(resolved.get("PermissionsBoundary"))
                    .isEqualTo(
                            compiled.boundary() == null ? null : substitutions().in(compiled.boundary()));
            assertThat(policies).hasSize(compiled.kind() == CompiledRole.Kind.DEPLOY ? 2 : 1);
            var length = policies.stream()
                    .mapToInt(policy ->
                            Json.print(object(policy).get("PolicyDocument")).length())
                    .sum();
            assertThat(length).as(compiled.name()).isLessThanOrEqualTo(10_240);
        }
        var boundary = made.one("AWS::IAM::ManagedPolicy");
        var bounds = Json.pretty(made.resolved(boundary.stack(), boundary.property("PolicyDocument")));
        assertThat(bounds)
                .isEqualTo(Json.pretty(substitutions().in(ICE.boundary().policy())))
                .contains("arn:aws:ecr:eu-central-1:444444444444:repository/baton-tasks");
        // Quotas count the characters without blanks.
        assertThat(Json.print(Json.parse(bounds)).length()).isLessThanOrEqualTo(6_144);
    }

    @Test
    void who_deploys_may_push_images_to_the_one_repository() {
        var deploy = made.one("AWS::IAM::Role", "RoleName", "baton-ice-deploy");
        var rights = object(made.resolved(deploy.stack(), deploy.at("Policies/1/PolicyDocument")));

        assertThat((List<?>) rights.get("Statement"))
                .map(statement -> object(statement))
                .filteredOn(statement -> "PushImages".equals(statement.get("Sid")))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(statement.get("Action").toString()).contains("ecr:PutImage");
                    assertThat(statement.get("Resource"))
                            .isEqualTo(List.of("arn:aws:ecr:eu-central-1:444444444444:repository/baton-tasks"));
                });
    }

    @Test
    void nothing_reaches_a_container_and_only_https_leaves_it() {
        var group = made.one("AWS::EC2::SecurityGroup");

        assertThat(group.stack()).isEqualTo(BatonApp.FOUNDATION);
        assertThat(group.property("VpcId")).isEqualTo("vpc-12345678");
        assertThat(group.property("SecurityGroupIngress")).isNull();
        assertThat((List<?>) group.property("SecurityGroupEgress"))
                .singleElement()
                .satisfies(rule -> assertThat(object(rule))
                        .containsEntry("IpProtocol", "tcp")
                        .containsEntry("FromPort", 443L)
                        .containsEntry("ToPort", 443L));
    }

    @Test
    void the_foundation_is_still_small_enough_to_be_deployed_in_a_request() throws IOException {
        for (var synthesised : List.of(made, given)) {
            assertThat(Files.size(synthesised.folder().resolve(BatonApp.FOUNDATION + ".template.json")))
                    .isLessThan(51_200);
        }
    }

    @Test
    void the_cluster_is_watched() {
        var cluster = made.one("AWS::ECS::Cluster");

        assertThat(cluster.property("ClusterName")).isEqualTo("baton-ice");
        assertThat(cluster.property("ClusterSettings"))
                .isEqualTo(List.of(Map.of("Name", "containerInsights", "Value", "enabled")));
    }

    @Test
    void groups_addresses_and_image_are_those_that_the_environment_gives() {
        var machine = given.one("AWS::StepFunctions::StateMachine");
        var substitutions = object(machine.property("DefinitionSubstitutions"));

        assertThat(given.all("AWS::EC2::SecurityGroup")).isEmpty();
        assertThat(substitutions)
                .containsEntry("ContainerSubnets", "subnet-12345678")
                .containsEntry("ContainerSecurityGroups", "sg-1111aaaa,sg-2222bbbb")
                .containsEntry("ContainerPublicIp", "ENABLED");
        for (var compiled : ICE.containers()) {
            var definition = definition(given, compiled);
            assertThat(given.resolved(definition.stack(), definition.at("ContainerDefinitions/0/Image")))
                    .isEqualTo("444444444444.dkr.ecr.eu-central-1.amazonaws.com/baton-tasks@" + DIGEST);
        }
    }

    @Test
    void everything_that_can_be_tagged_tells_its_pipeline_its_revision_and_its_code() {
        for (var type : List.of(
                "AWS::ECR::Repository",
                "AWS::EC2::SecurityGroup",
                "AWS::ECS::Cluster",
                "AWS::ECS::TaskDefinition",
                "AWS::Logs::LogGroup",
                "AWS::IAM::Role")) {
            assertThat(made.all(type)).isNotEmpty().allSatisfy(resource -> {
                var tags = new TreeMap<String, Object>();
                ((List<?>) resource.property("Tags"))
                        .forEach(tag -> tags.put(
                                (String) object(tag).get("Key"), object(tag).get("Value")));
                assertThat(tags)
                        .containsEntry("baton:pipeline", "ice")
                        .containsEntry("baton:revision", "0123456789abcdef0123")
                        .containsEntry("baton:code", code.hash());
            });
        }
    }

    @Test
    void without_a_network_no_stack_is_made() {
        var nowhere = environment("nowhere", "");
        var app = BatonApp.in(folder.resolve("nowhere"));

        assertThatThrownBy(() -> BatonApp.add(app, nowhere, List.of(ICE), code, REVISION))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("ENV010")
                .hasMessageContaining("baton-ice-Flow, baton-ice-Tongue");
        assertThatThrownBy(() -> new BatonFoundation(new Stack(app, "Own"), "Foundation", nowhere, List.of(ICE)))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("ENV010");
    }

    @Test
    void rules_of_good_practice_are_kept_or_argued_against() {
        assertThat(NAGS_OF_A_BARE_CLUSTER).isNotEmpty();
        assertThat(NAGS).isEmpty();
    }

    @Test
    void cfn_lint_finds_nothing() throws IOException, InterruptedException {
        assumeTrue(SynthTest.installed("cfn-lint"), "cfn-lint is not installed");
        var files = new ArrayList<>(made.files());
        files.addAll(given.files());
        var wrong = folder.resolve("wrong.template.json");
        Files.writeString(
                wrong,
                Files.readString(made.folder().resolve("baton-ice.template.json"))
                        .replace("\"awsvpc\"", "\"inside\""));
        files.add(wrong);

        assertThat(SynthTest.lint(files).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith(wrong.toString()));
    }

    /// Builds what `docker build` would, without Docker, and runs in it what ECS would.
    @Test
    void the_dockerfile_of_the_docs_puts_the_code_where_the_containers_command_looks_for_it()
            throws IOException, InterruptedException {
        var context = FunctionCode.staged(List.of(jarThatSpeaks()), folder.resolve("context"))
                .folder();
        var image = folder.resolve("image");
        var place = image;
        for (var line : dockerfile()) {
            var words = line.split(" ");
            switch (words[0]) {
                case "FROM" -> assertThat(words[1]).contains("-jre");
                case "WORKDIR" -> place = image.resolve(words[1].substring(1));
                case "COPY" -> {
                    assertThat(words).hasSize(3);
                    var target = Files.createDirectories(place.resolve(words[2]));
                    try (var jars = Files.newDirectoryStream(context.resolve(words[1]))) {
                        for (var jar : jars) {
                            Files.copy(jar, target.resolve(jar.getFileName()));
                        }
                    }
                }
                case "USER" -> assertThat(words[1]).doesNotStartWith("0").doesNotStartWith("root");
                case "ENTRYPOINT" -> assertThat(words[1]).isEqualTo("[]");
                default -> throw new AssertionError("what does this do? " + line);
            }
        }
        var command = new ArrayList<>(ICE.containers().getFirst().command());
        assertThat(command.getFirst()).isEqualTo("java");
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());

        var process = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo("the container runs");
        assertThat(process.waitFor()).isZero();
    }

    private static List<String> dockerfile() throws IOException {
        var docs = Files.readString(Path.of("..", "src", "site", "markdown", "containers.md"));
        var block = Pattern.compile("```dockerfile\n(.*?)```", Pattern.DOTALL).matcher(docs);
        assertThat(block.find()).isTrue();
        return block.group(1).lines().toList();
    }

    /// A class of the name that containers start.
    private static Path jarThatSpeaks() throws IOException {
        var name = ICE.containers().getFirst().command().getLast();
        var simple = name.substring(name.lastIndexOf('.') + 1);
        var source = folder.resolve(simple + ".java");
        Files.writeString(
                source,
                "package " + name.substring(0, name.lastIndexOf('.')) + "; public class " + simple
                        + " { public static void main(String[] a) { System.out.println(\"the container runs\"); } }");
        var classes = Files.createDirectories(folder.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString()))
                .isZero();
        var jar = folder.resolve("speaks.jar");
        var entry = name.replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            Files.copy(classes.resolve(entry), out);
            out.closeEntry();
        }
        return jar;
    }
}
