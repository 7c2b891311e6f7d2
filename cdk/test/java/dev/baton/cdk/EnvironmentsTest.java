package dev.baton.cdk;

import static dev.baton.cdk.Example.WEATHER;
import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.environment.Environments;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How environments differ, what one consists of, and what each of its resources says of itself.
@ExtendWith(Stacks.class)
class EnvironmentsTest {
    @Test
    void dev_stage_and_prod_differ_only_where_their_file_says_so() {
        assertThat(Differences.between(Example.in("dev"), Example.in("stage")))
                .containsExactly(
                        "AWS::CloudWatch::Alarm /Properties/AlarmActions",
                        "AWS::IAM::ManagedPolicy",
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
                "AWS::CloudTrail::Trail",
                "AWS::Lambda::EventInvokeConfig /DeletionPolicy",
                "AWS::Lambda::Function /Properties/ReservedConcurrentExecutions",
                "AWS::Lambda::Version /DeletionPolicy",
                "AWS::Logs::LogGroup /Properties/RetentionInDays",
                "AWS::S3::Bucket",
                "AWS::S3::Bucket /Properties/LifecycleConfiguration/Rules/ExpirationInDays",
                "AWS::S3::BucketPolicy",
                "AWS::SNS::Subscription /Properties/Endpoint",
                "AWS::StepFunctions::StateMachineAlias /DependsOn",
                "AWS::StepFunctions::StateMachineAlias /Properties/DeploymentPreference",
                "AWS::StepFunctions::StateMachineAlias /Properties/RoutingConfiguration",
                "AWS::StepFunctions::StateMachineVersion /DeletionPolicy");
        // Because policies about people hold in one: two functions with their roles, the role
        // that people have for a while, and what the start function, the
        // roles of tasks, the boundary and the definition have for it.
        var governed = Stream.of(
                "AWS::IAM::ManagedPolicy /Properties/PolicyDocument/Statement",
                "AWS::IAM::Role /Properties/AssumeRolePolicyDocument/Statement/Condition"
                        + "/ForAllValues:StringEquals/aws:TagKeys",
                "AWS::IAM::Role /Properties/AssumeRolePolicyDocument/Statement/Condition"
                        + "/ForAllValues:StringEquals/sts:TransitiveTagKeys",
                "AWS::IAM::Role /Properties/Policies/PolicyDocument/Statement",
                "AWS::IAM::Role /Properties/Policies/PolicyDocument/Statement/Resource",
                "AWS::IAM::Role baton-weather-access",
                "AWS::IAM::Role baton-weather-approval",
                "AWS::IAM::Role baton-weather-people",
                "AWS::Lambda::Function",
                "AWS::Lambda::Function /Properties/Code/S3Key",
                "AWS::Lambda::Function /Properties/Environment/Variables/BATON_APPROVAL",
                "AWS::Lambda::Function /Properties/Environment/Variables/BATON_ENVIRONMENT",
                "AWS::Lambda::Function /Properties/Environment/Variables/BATON_IDENTITIES",
                "AWS::Lambda::Function /Properties/Environment/Variables/BATON_STARTS_RECORDED",
                "AWS::Lambda::Function /Properties/Handler",
                "AWS::Lambda::Version",
                "AWS::Lambda::Version /Properties/Description",
                "AWS::Logs::LogGroup",
                "AWS::StepFunctions::StateMachine /Properties/DefinitionString",
                "AWS::StepFunctions::StateMachine /Properties/DefinitionSubstitutions/ApprovalVersion");
        assertThat(Differences.between(Example.in("stage"), Example.in("prod")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(tags, others, governed).flatMap(each -> each).toList());
    }

    /// GovCloud and China have partitions of their own, and only what the environment itself says may name one.
    @ParameterizedTest
    @ValueSource(strings = {"cn-north-1", "us-gov-west-1"})
    void no_template_names_a_partition(String region) throws IOException {
        var environment = Environments.parse(
                        "elsewhere", """
                            {"prod": {
                              "account": "333333333333", "region": "%s",
                              "stateBucket": {"name": "example-prod-baton-state"},
                              "buckets": {"lake": {"name": "example-prod-lake"}},
                              "alarms": {"email": "weather@example.org"}, %s
                              "oidc": {"issuer": "https://issuer.example/id", "audience": "baton", "subjects": ["one"]}
                            }}\
                            """.formatted(region, region.startsWith("cn-") ? "\"monthlyBudget\": 50," : ""))
                .named("prod");
        var elsewhere = Stacks.of(
                region, app -> BatonApp.add(app, environment, List.of(WEATHER), Example.code(), Example.REVISION));

        for (var file : elsewhere.files()) {
            assertThat(Files.readString(file)).doesNotContain("arn:aws").contains("Resources");
        }
        assertThat(Json.print(elsewhere.one("AWS::KMS::Key").property("KeyPolicy")))
                .contains("logs.${AWS::Region}.${AWS::URLSuffix}");
    }

    @Test
    void what_an_environment_consists_of_is_on_record() throws IOException {
        var lines = new TreeSet<String>();
        for (var resource : Example.in("prod").all()) {
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
        for (var resource : Example.in(environment).all()) {
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
                    .containsEntry("baton:code", Example.code().hash());
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
}
