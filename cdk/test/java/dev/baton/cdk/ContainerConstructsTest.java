package dev.baton.cdk;

import static dev.baton.cdk.Glacier.DIGEST;
import static dev.baton.cdk.Glacier.ICE;
import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.definition.Asl;
import dev.baton.compiler.pipeline.CompiledContainer;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Containers: their task definitions, cluster and roles.
@ExtendWith(Stacks.class)
class ContainerConstructsTest {
    @Test
    void containers_have_what_the_deployment_by_sdk_gives_them() {
        assertThat(Glacier.made().all("AWS::ECS::TaskDefinition"))
                .hasSameSizeAs(ICE.containers())
                .hasSize(2);
        for (var compiled : ICE.containers()) {
            var resource = definition(Glacier.made(), compiled);
            var resolved = object(Glacier.made().resolved(resource.stack(), resource.properties()));
            assertThat(resolved)
                    .containsEntry("RequiresCompatibilities", List.of("FARGATE"))
                    .containsEntry("NetworkMode", "awsvpc")
                    .containsEntry("Cpu", Integer.toString(compiled.cpuUnits()))
                    .containsEntry("Memory", Integer.toString(compiled.memoryMegabytes()))
                    .containsEntry(
                            "TaskRoleArn",
                            Glacier.substitutions().in(ICE.role(compiled.role()).arn()))
                    .containsEntry(
                            "RuntimePlatform", Map.of("CpuArchitecture", "ARM64", "OperatingSystemFamily", "LINUX"));
            var starting = Glacier.made().one("AWS::IAM::Role", "RoleName", compiled.executionRole());
            assertThat(resolved).containsEntry("ExecutionRoleArn", "<AWS::IAM::Role." + starting.id() + ".Arn>");
            var container = object(((List<?>) resolved.get("ContainerDefinitions")).getFirst());
            assertThat(container)
                    .containsEntry("Name", CompiledContainer.NAME)
                    .containsEntry("Essential", true)
                    .containsEntry("Command", compiled.command())
                    .containsEntry(
                            "Image",
                            "444444444444.dkr.ecr.eu-central-1.amazonaws.com/baton-tasks:"
                                    + Glacier.code().hash());
            var variables = new TreeMap<String, Object>();
            ((List<?>) container.get("Environment"))
                    .forEach(variable -> variables.put(
                            (String) object(variable).get("Name"),
                            object(variable).get("Value")));
            assertThat(variables).isEqualTo(compiled.environment(Glacier.substitutions()));
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
            var log = Glacier.made().one("AWS::Logs::LogGroup", "LogGroupName", compiled.logGroup());
            assertThat(log.property("KmsKeyId")).isNotNull();
            assertThat(resource.body().get("DependsOn").toString()).contains(log.id(), "NestedStack");
        }
        var key = Glacier.made().one("AWS::KMS::Key");
        assertThat(Json.print(Glacier.made().resolved(key.stack(), key.property("KeyPolicy"))))
                .contains("arn:aws:logs:eu-central-1:444444444444:log-group:/aws/ecs/baton-*");
    }

    @Test
    void the_definition_names_the_revision_of_each_task_definition_which_is_kept() {
        var machine = Glacier.made().one("AWS::StepFunctions::StateMachine");
        var carried = (String) machine.property("DefinitionString");
        var values = new TreeMap<String, String>();
        object(machine.property("DefinitionSubstitutions"))
                .forEach((name, value) ->
                        values.put(name, (String) Glacier.made().resolved(machine.stack(), value)));

        for (var compiled : ICE.containers()) {
            var definition = definition(Glacier.made(), compiled);
            assertThat(values).containsEntry(compiled.revisionPlaceholder(), "<" + definition.id() + ">");
            assertThat(definition.body())
                    .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
                    .containsEntry("UpdateReplacePolicy", "Retain");
        }
        var group = Glacier.made().one("AWS::EC2::SecurityGroup");
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
    void other_code_makes_new_revisions_and_so_does_another_image_but_the_same_code_does_not() {
        var again = Glacier.made("made-again", Glacier.code());
        var other = Glacier.made("made-other", Glacier.code("other code"));

        assertThat(ids(again)).isEqualTo(ids(Glacier.made()));
        assertThat(ids(other)).hasSize(2).doesNotContainAnyElementsOf(ids(Glacier.made()));
        assertThat(ids(Glacier.given())).hasSize(2).doesNotContainAnyElementsOf(ids(Glacier.made()));
    }

    private static List<String> ids(Synthesised synthesised) {
        return synthesised.all("AWS::ECS::TaskDefinition").stream()
                .map(Synthesised.Resource::id)
                .sorted()
                .toList();
    }

    private static Synthesised.Resource definition(Synthesised synthesised, CompiledContainer container) {
        return synthesised.one("AWS::ECS::TaskDefinition", "Family", container.family());
    }

    @Test
    void roles_have_the_trust_and_the_policy_that_were_compiled() {
        var expected = new ArrayList<>(ICE.roles());
        expected.add(ICE.deployRole());

        assertThat(expected)
                .extracting(CompiledRole::kind)
                .contains(CompiledRole.Kind.EXECUTION, CompiledRole.Kind.SERVICE, CompiledRole.Kind.DEPLOY);
        assertThat(Glacier.made().all("AWS::IAM::Role")).hasSize(expected.size());
        for (var compiled : expected) {
            var role = Glacier.made().one("AWS::IAM::Role", "RoleName", compiled.name());
            var resolved = object(Glacier.made().resolved(role.stack(), role.properties()));
            assertThat(Json.pretty(resolved.get("AssumeRolePolicyDocument")))
                    .isEqualTo(Json.pretty(Glacier.substitutions().in(compiled.trust())));
            var policies = (List<?>) resolved.get("Policies");
            assertThat(Json.pretty(object(policies.getFirst()).get("PolicyDocument")))
                    .isEqualTo(Json.pretty(Glacier.substitutions().in(compiled.policy())));
            assertThat(resolved.get("PermissionsBoundary"))
                    .isEqualTo(
                            compiled.boundary() == null
                                    ? null
                                    : Glacier.substitutions().in(compiled.boundary()));
            assertThat(policies).hasSize(1);
            var length = policies.stream()
                    .mapToInt(policy ->
                            Json.print(object(policy).get("PolicyDocument")).length())
                    .sum();
            assertThat(length).as(compiled.name()).isLessThanOrEqualTo(10_240);
        }
        var boundary = Glacier.made()
                .one(
                        "AWS::IAM::ManagedPolicy",
                        "ManagedPolicyName",
                        ICE.boundary().name());
        var bounds = Json.pretty(Glacier.made().resolved(boundary.stack(), boundary.property("PolicyDocument")));
        assertThat(bounds)
                .isEqualTo(Json.pretty(Glacier.substitutions().in(ICE.boundary().policy())))
                .contains("arn:aws:ecr:eu-central-1:444444444444:repository/baton-tasks");
        // Quotas count the characters without blanks.
        assertThat(Json.print(Json.parse(bounds)).length()).isLessThanOrEqualTo(6_144);
        var stacks = Glacier.made()
                .one(
                        "AWS::IAM::ManagedPolicy",
                        "ManagedPolicyName",
                        ICE.deployRole().name() + "-stacks");
        assertThat(Json.print(Glacier.made().resolved(stacks.stack(), stacks.property("PolicyDocument"))))
                .hasSizeLessThanOrEqualTo(6_144);
    }

    @Test
    void the_cluster_is_watched() {
        var cluster = Glacier.made().one("AWS::ECS::Cluster");

        assertThat(cluster.property("ClusterName")).isEqualTo("baton-ice");
        assertThat(cluster.property("ClusterSettings"))
                .isEqualTo(List.of(Map.of("Name", "containerInsights", "Value", "enabled")));
    }

    @Test
    void groups_addresses_and_image_are_those_that_the_environment_gives() {
        var machine = Glacier.given().one("AWS::StepFunctions::StateMachine");
        var substitutions = object(machine.property("DefinitionSubstitutions"));

        assertThat(Glacier.given().all("AWS::EC2::SecurityGroup")).isEmpty();
        assertThat(substitutions)
                .containsEntry("ContainerSubnets", "subnet-12345678")
                .containsEntry("ContainerSecurityGroups", "sg-1111aaaa,sg-2222bbbb")
                .containsEntry("ContainerPublicIp", "ENABLED");
        for (var compiled : ICE.containers()) {
            var definition = definition(Glacier.given(), compiled);
            assertThat(Glacier.given().resolved(definition.stack(), definition.at("ContainerDefinitions/0/Image")))
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
            assertThat(Glacier.made().all(type)).isNotEmpty().allSatisfy(resource -> {
                var tags = new TreeMap<String, Object>();
                ((List<?>) resource.property("Tags"))
                        .forEach(tag -> tags.put(
                                (String) object(tag).get("Key"), object(tag).get("Value")));
                assertThat(tags)
                        .containsEntry("baton:pipeline", "ice")
                        .containsEntry("baton:revision", "0123456789abcdef0123")
                        .containsEntry("baton:code", Glacier.code().hash());
            });
        }
    }
}
