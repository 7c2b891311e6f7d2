package dev.baton.cdk;

import static dev.baton.cdk.Example.GOVERNED;
import static dev.baton.cdk.Example.WEATHER;
import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.json.Json;
import dev.baton.run.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The roles of a pipeline: trust, policies, order, length.
@ExtendWith(Stacks.class)
class RoleConstructsTest {
    @ParameterizedTest
    @ValueSource(strings = {"dev", "stage", "prod"})
    void roles_have_the_trust_and_the_policy_that_the_deployment_by_sdk_gives_them(String environment) {
        var synthesised = Example.in(environment);
        var substitutions = Example.substitutions(environment);
        var deploys = Example.environment(environment).oidc() != null;
        var weather = Example.weather(environment);
        var expected = new ArrayList<>(weather.roles());
        if (deploys) {
            expected.add(weather.deployRole());
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
            assertThat((List<?>) resolved.get("Policies")).hasSize(1);
            assertThat(resolved.containsKey("ManagedPolicyArns"))
                    .isEqualTo(compiled.kind() == CompiledRole.Kind.DEPLOY);
        }
        var boundary = synthesised.one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "baton-weather-boundary");
        assertThat(boundary.stack()).isEqualTo(Prefix.BATON.foundation("weather"));
        assertThat(Json.pretty(synthesised.resolved(boundary.stack(), boundary.property("PolicyDocument"))))
                .isEqualTo(Json.pretty(substitutions.in(weather.boundary().policy())));
    }

    @Test
    void a_role_that_a_function_takes_on_comes_after_the_role_that_its_trust_policy_names() {
        var prod = Example.in("prod");
        var people = prod.one("AWS::IAM::Role", "RoleName", "baton-weather-people");
        assertThat((List<?>) people.body().get("DependsOn"))
                .map(Object::toString)
                .contains(prod.one("AWS::IAM::Role", "RoleName", "baton-weather-access")
                        .id());
        var tasks = GOVERNED.roles().stream()
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

    @Test
    void the_policies_of_a_role_are_no_longer_than_iam_takes() {
        for (var environment : List.of("prod", "importing")) {
            for (var role : Example.in(environment).all("AWS::IAM::Role")) {
                var length = 0;
                for (var policy : (List<?>) role.property("Policies")) {
                    length += Json.print(Example.in(environment)
                                    .resolved(role.stack(), object(policy).get("PolicyDocument")))
                            .length();
                }
                assertThat(length).as(role.id()).isLessThanOrEqualTo(10_240);
            }
            for (var policy : Example.in(environment).all("AWS::IAM::ManagedPolicy")) {
                var document = policy.property("PolicyDocument");
                assertThat(Json.print(Example.in(environment).resolved(policy.stack(), document)))
                        .as(policy.id())
                        .hasSizeLessThanOrEqualTo(6_144);
            }
        }
    }

    @Test
    void in_a_network_the_service_may_join_and_the_functions_code_may_not() {
        var importing = Example.in("importing");
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
        assertThat(Json.print(importing
                        .one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "baton-weather-boundary")
                        .property("PolicyDocument")))
                .contains("ec2:CreateNetworkInterface");
    }
}
