package dev.baton.cdk;

import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.put.FunctionHost;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.ResourceTags;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.function.LambdaFunction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The example's tags on the embedded AWS, beside those that CloudFormation would put there.
@ExtendWith(Stacks.class)
class EmbeddedTagsTest {
    /// Where both have the kind of resource.
    private static final List<String> KINDS = List.of(
            "AWS::Events::Rule",
            "AWS::IAM::Role",
            "AWS::KMS::Key",
            "AWS::Lambda::Function",
            "AWS::S3::Bucket",
            "AWS::StepFunctions::StateMachine");

    /// The keys that every resource has.
    private static final Set<String> OF_ALL = ResourceTags.of(
                    "", Example.REVISION, "", Example.environment("prod").tags())
            .values()
            .keySet();

    /// Functions that are of this process, and say that they run the code of the stacks.
    private record Hosted(EmbeddedAws aws) implements FunctionHost {
        @Override
        public String publish(
                CompiledFunction function, String roleArn, Map<String, String> environment, String description) {
            var arn = aws.lambda()
                    .register(new LambdaFunction(
                            function.name(),
                            roleArn,
                            environment,
                            Duration.ofSeconds(function.timeoutSeconds()),
                            function.memoryMegabytes(),
                            variables -> (in, out, context) -> out.write('0')));
            return arn.substring(arn.lastIndexOf(':') + 1);
        }

        @Override
        public String code() {
            return Example.code().hash();
        }
    }

    private static Map<String, Map<String, Object>> ofStacks() {
        var kinds = new TreeMap<String, Map<String, Object>>();
        for (var resource : Example.in("prod").all()) {
            if (KINDS.contains(resource.type())) {
                var tags = new TreeMap<String, Object>();
                ((List<?>) resource.properties().get("Tags"))
                        .forEach(tag -> tags.put(
                                (String) object(tag).get("Key"), object(tag).get("Value")));
                // By which shared buckets know who writes what: each role has its own.
                tags.keySet().removeIf(key -> !OF_ALL.contains(key));
                var before = kinds.put(resource.type(), tags);
                assertThat(before == null || before.equals(tags))
                        .as(resource.id())
                        .isTrue();
            }
        }
        return kinds;
    }

    @Test
    void a_deployment_puts_the_same_keys_and_values_on_every_resource_of_the_same_kinds() {
        var expected = ofStacks();
        try (var aws = EmbeddedAws.start();
                var endpoint = new Endpoint(
                        aws.endpoint(),
                        aws.account().region(),
                        aws.administrator().accessKeyId(),
                        aws.administrator().secretAccessKey())) {
            var names = new EnvironmentNames(
                    aws.account().id(), aws.account().region(), "baton-state", Map.of(), Example.REVISION);
            new Deployment(
                            endpoint,
                            new Hosted(aws),
                            names,
                            Example.environment("prod").tags())
                    .deploy(Example.GOVERNED, "prod", InstantSource.system());

            assertThat(expected.keySet()).containsExactlyElementsOf(KINDS);
            for (var function : Example.GOVERNED.functions()) {
                var arn = aws.account().arn("lambda", "function:" + function.name());
                assertThat(endpoint.lambda()
                                .listTags(request -> request.resource(arn))
                                .tags())
                        .as(function.name())
                        .isEqualTo(expected.get("AWS::Lambda::Function"));
            }
            for (var role : Example.GOVERNED.roles()) {
                var tags = new TreeMap<String, String>();
                endpoint.iam()
                        .listRoleTags(request -> request.roleName(role.name()))
                        .tags()
                        .forEach(tag -> tags.put(tag.key(), tag.value()));
                tags.keySet().removeIf(key -> !OF_ALL.contains(key));
                assertThat(tags).as(role.name()).isEqualTo(expected.get("AWS::IAM::Role"));
            }
            for (var machine : Example.GOVERNED.machines()) {
                var tags = new TreeMap<String, String>();
                endpoint.states()
                        .listTagsForResource(request ->
                                request.resourceArn(aws.account().arn("states", "stateMachine:" + machine.name())))
                        .tags()
                        .forEach(tag -> tags.put(tag.key(), tag.value()));
                assertThat(tags).as(machine.name()).isEqualTo(expected.get("AWS::StepFunctions::StateMachine"));
            }
            for (var trigger : Example.GOVERNED.triggers()) {
                var tags = new TreeMap<String, String>();
                endpoint.events()
                        .listTagsForResource(
                                request -> request.resourceARN(aws.account().arn("events", "rule/" + trigger.name())))
                        .tags()
                        .forEach(tag -> tags.put(tag.key(), tag.value()));
                assertThat(tags).as(trigger.name()).isEqualTo(expected.get("AWS::Events::Rule"));
            }
            for (var bucket : List.of("lake", "baton-state")) {
                var tags = new TreeMap<String, String>();
                endpoint.s3()
                        .getBucketTagging(request -> request.bucket(bucket))
                        .tagSet()
                        .forEach(tag -> tags.put(tag.key(), tag.value()));
                assertThat(tags).as(bucket).isEqualTo(expected.get("AWS::S3::Bucket"));
            }
            var tags = new TreeMap<String, String>();
            endpoint.kms()
                    .listResourceTags(request -> request.keyId(endpoint.kms()
                            .describeKey(key -> key.keyId("alias/baton"))
                            .keyMetadata()
                            .arn()))
                    .tags()
                    .forEach(tag -> tags.put(tag.tagKey(), tag.tagValue()));
            assertThat(tags).isEqualTo(expected.get("AWS::KMS::Key"));
        }
    }
}
