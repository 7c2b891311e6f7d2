package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.RunningLocal;
import dev.baton.cli.output.AwsFailure;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.compiler.Compiler;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kms.model.KeyState;

/// A deployment that ends in its middle, wherever that is, and is made again. It is broken off by a right that the one
/// who deploys lacks at first.
class BrokenOffDeploymentTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kms:CreateAlias",
                "s3:PutEncryptionConfiguration",
                "s3:PutBucketPolicy",
                "iam:CreatePolicy",
                "iam:PutRolePolicy",
                "states:CreateStateMachine",
                "states:CreateStateMachineAlias",
                "events:PutRule",
                "lambda:AddPermission",
                "events:PutTargets",
                "s3:DeleteObject"
            })
    void what_was_broken_off_is_told_and_completed_by_deploying_again(String lacking) throws IOException {
        Call.silenceLogs();
        Files.createDirectories(home.resolve("cdk"));
        Files.writeString(home.resolve("cdk/environments.json"), """
                {"local": {"endpoint": "embedded", "stateBucket": {"name": "baton-state"}}}""");
        var compiled = Compiler.compile(TestPipelines.FRAGILE);
        try (var aws = EmbeddedAws.builder().functions(JavaRuntime.ofThisJvm()).start();
                var administrator = RunningLocal.of(aws).endpoint();
                var somebody = somebody(administrator, lacking)) {
            DeployedPipeline.tell(home, aws);
            var names = new EnvironmentNames(
                    administrator.account(), administrator.region(), "baton-state", Map.of(), SourceRevision.UNKNOWN);
            var deployment =
                    new Deployment(somebody, LaptopFunctions.JVM.of(aws, compiled, home.resolve("packages")), names);

            assertThatThrownBy(() -> deployment.deploy(compiled, "local", InstantSource.system()))
                    .isInstanceOfSatisfying(
                            AwsServiceException.class,
                            refused -> assertThat(AwsFailure.of(refused).toString())
                                    .startsWith("error CLI011 at ")
                                    .contains(lacking));
            var drift = Call.in(home, "drift", "local");
            var nothingMade = lacking.startsWith("kms:") || lacking.startsWith("s3:Put");
            assertThat(drift.exit()).isEqualTo(nothingMade || lacking.equals("s3:DeleteObject") ? 0 : 1);
            assertThat(drift.err().contains("CLI021 at fragile"))
                    .as("what had begun is known: " + drift.err())
                    .isEqualTo(!nothingMade);

            administrator
                    .iam()
                    .deleteUserPolicy(request -> request.userName("somebody").policyName("lacks"));
            deployment.deploy(compiled, "local", InstantSource.system());
            var mended = Call.in(home, "drift", "local");
            assertThat(mended.err()).isEmpty();
            assertThat(mended.out()).startsWith("fragile is as it was deployed at 20");
            assertThat(administrator.kms().listKeys().keys().stream()
                            .map(key -> administrator
                                    .kms()
                                    .describeKey(request -> request.keyId(key.keyId()))
                                    .keyMetadata())
                            .filter(key -> key.keyState() != KeyState.PENDING_DELETION
                                    && key.description().contains("Baton")))
                    .hasSize(1);
            assertThat(Call.in(home, "sweep").out()).isEqualTo("fragile: nothing is uploaded that it begins with\n");
        }
    }

    private static Endpoint somebody(Endpoint administrator, String lacking) {
        var iam = administrator.iam();
        iam.createUser(request -> request.userName("somebody"));
        iam.putUserPolicy(
                request -> request.userName("somebody").policyName("all").policyDocument(policy("Allow", "*")));
        iam.putUserPolicy(
                request -> request.userName("somebody").policyName("lacks").policyDocument(policy("Deny", lacking)));
        var key = iam.createAccessKey(request -> request.userName("somebody")).accessKey();
        return new Endpoint(administrator.address(), administrator.region(), key.accessKeyId(), key.secretAccessKey());
    }

    private static String policy(String effect, String action) {
        return """
                {"Version": "2012-10-17", "Statement": {"Effect": "%s", "Action": "%s", "Resource": "*"}}""".formatted(effect, action);
    }
}
