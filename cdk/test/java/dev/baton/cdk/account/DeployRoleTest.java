package dev.baton.cdk.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.cdk.BatonApp;
import dev.baton.cdk.FunctionAsset;
import dev.baton.cdk.NodeRuntime;
import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.put.FunctionHost;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.Account;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.run.Prefix;
import dev.baton.run.SourceRevision;
import dev.baton.weather.Weather;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/// The role with which a pipeline's repository deploys: on an embedded AWS that holds it to its policies, it makes what
/// the templates say, brings it up to date and takes it away, and can give itself no more.
class DeployRoleTest {
    private static final String ENVIRONMENTS = """
        {"dev": {
          "account": "111111111111", "region": "eu-central-1",
          "stateBucket": {"name": "example-dev-baton-state"}, "buckets": {"lake": {"name": "example-dev-lake"}},
          "retention": {"buckets": false},
          "oidc": {"issuer": "https://issuer.example", "audience": "baton", "subjects": ["one"]}
        }}""";
    private static final String ROLE = "baton-weather-deploy";

    @TempDir
    private Path folder;

    private final Map<String, Stack> stacks = new LinkedHashMap<>();
    private final CompiledPipeline weather = Compiler.compile(Weather.PIPELINE);
    private final Account account = new Account("111111111111", "eu-central-1");

    @Test
    void it_deploys_and_removes_the_stacks_of_its_pipeline_and_nothing_beyond() throws IOException {
        NodeRuntime.problem().ifPresent(problem -> assumeTrue(false, problem));
        Logger.getLogger("").setLevel(Level.OFF);
        var first = templates("first", "code");
        var second = templates("second", "other code");
        try (var aws = EmbeddedAws.builder()
                        .account(account)
                        .functions(JavaRuntime.ofThisJvm())
                        .start();
                var administrator = new Endpoint(aws.endpoint(), account.region(), provider(credentials(aws)))) {
            deploy(administrator, first, Prefix.BATON.foundation());
            deploy(administrator, first, Prefix.BATON.foundation("weather"));
            upload(administrator, first);
            deploy(administrator, first, Prefix.BATON.storage());
            try (var role = new Endpoint(aws.endpoint(), account.region(), provider(assumed(aws, administrator)))) {
                for (var templates : List.of(first, second)) {
                    assertThat(deployment(role).plan().stillNeeded(weather)).isEqualTo(RetainedResources.NOTHING);
                    upload(role, templates);
                    deploy(role, templates, "baton-weather");
                    assertThat(deployment(role)
                                    .record(weather, "dev", InstantSource.system())
                                    .functions())
                            .hasSameSizeAs(weather.functions());
                }
                assertThat(administrator
                                .lambda()
                                .listVersionsByFunction(r -> r.functionName("baton-weather-pin"))
                                .versions())
                        .as("$LATEST and one for each code")
                        .hasSize(3);

                assertThatThrownBy(() -> role.iam()
                                .putRolePolicy(
                                        r -> r.roleName(ROLE).policyName("more").policyDocument("{}")))
                        .hasMessageContaining("not authorized");
                assertThatThrownBy(() -> role.iam()
                                .createRole(r -> r.roleName("baton-weather-free")
                                        .path("/baton/weather/")
                                        .assumeRolePolicyDocument("{}")))
                        .as("without the boundary")
                        .hasMessageContaining("not authorized");
                assertThatThrownBy(() -> role.s3()
                                .putBucketPolicy(
                                        r -> r.bucket("example-dev-lake").policy("{}")))
                        .as("what other pipelines share")
                        .hasMessageContaining("not authorized");
                assertThatThrownBy(() -> role.iam()
                                .tagRole(r -> r.roleName("baton-weather-pin")
                                        .tags(tag -> tag.key("baton:pipeline").value("weather-maps"))))
                        .as("a role of another pipeline's name")
                        .hasMessageContaining("not authorized");

                stack(role, "baton-weather").delete();
                assertThat(administrator.lambda().listFunctions().functions()).isEmpty();
            }
        }
    }

    private Deployment deployment(Endpoint endpoint) {
        FunctionHost nobody = (function, role, environment, description) -> {
            throw new AssertionError("CloudFormation publishes");
        };
        return new Deployment(
                endpoint,
                nobody,
                new EnvironmentNames(
                        account.id(),
                        account.region(),
                        "example-dev-baton-state",
                        Map.of("lake", "example-dev-lake"),
                        SourceRevision.UNKNOWN));
    }

    private Stack stack(Endpoint endpoint, String name) {
        var before = stacks.get(name);
        var kinds = new Resources(endpoint, account, this::exported);
        return stacks.compute(
                name, (same, there) -> before == null ? new Stack(name, account, kinds, this::exported) : before);
    }

    private void deploy(Endpoint endpoint, Path templates, String name) throws IOException {
        stack(endpoint, name).deploy(Files.readString(templates.resolve(name + ".template.json")), Map.of());
    }

    private String exported(String export) {
        return stacks.values().stream()
                .map(stack -> stack.exports().get(export))
                .filter(value -> value != null)
                .findFirst()
                .orElseThrow();
    }

    private Path templates(String name, String content) throws IOException {
        var jar = Files.writeString(folder.resolve("functions.jar"), content);
        var code = FunctionAsset.staged(List.of(jar), folder.resolve(name + ".code"));
        var templates = folder.resolve(name);
        var app = BatonApp.in(templates);
        BatonApp.add(
                app,
                Environments.parse("environments", ENVIRONMENTS).named("dev"),
                List.of(weather),
                code,
                SourceRevision.UNKNOWN);
        app.synth();
        return templates;
    }

    /// As CDK's command does: what the templates name, to where they name it.
    private static void upload(Endpoint endpoint, Path templates) throws IOException {
        try (var manifests = Files.newDirectoryStream(templates, "*.assets.json")) {
            for (var manifest : manifests) {
                var files = Template.object(
                        Json.parseObject(Files.readAllBytes(manifest)).get("files"));
                for (var file : files.values()) {
                    var source = templates.resolve(Template.text(
                            Template.object(Template.object(file).get("source")).get("path")));
                    for (var destination : Template.object(Template.object(file).get("destinations"))
                            .values()) {
                        var to = Template.object(destination);
                        endpoint.s3()
                                .putObject(
                                        r -> r.bucket(Template.text(to.get("bucketName")))
                                                .key(Template.text(to.get("objectKey"))),
                                        RequestBody.fromBytes(bytes(source)));
                    }
                }
            }
        }
    }

    private static byte[] bytes(Path source) throws IOException {
        if (Files.isRegularFile(source)) {
            return Files.readAllBytes(source);
        }
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip);
                var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(source.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
        }
        return zip.toByteArray();
    }

    private static AwsCredentials credentials(EmbeddedAws aws) {
        var key = aws.administrator();
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    private static StaticCredentialsProvider provider(AwsCredentials credentials) {
        return StaticCredentialsProvider.create(credentials);
    }

    /// In the place of an issuer's token, the administrator is trusted: what the role may do is the same.
    private AwsCredentials assumed(EmbeddedAws aws, Endpoint administrator) {
        administrator.iam().updateAssumeRolePolicy(r -> r.roleName(ROLE).policyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": {"AWS": "arn:aws:iam::%s:root"}}]}""".formatted(account.id())));
        var arn = administrator.iam().getRole(r -> r.roleName(ROLE)).role().arn();
        try (var sts = StsClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.of(account.region()))
                .credentialsProvider(provider(credentials(aws)))
                .build()) {
            var session = sts.assumeRole(r -> r.roleArn(arn).roleSessionName("deploys"))
                    .credentials();
            return AwsSessionCredentials.create(
                    session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
        }
    }
}
