package dev.baton.cli;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.pipelines.Orchard;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import dev.baton.policy.GovernedPipeline;
import dev.baton.run.IdentityProof;
import dev.baton.run.SourceRevision;
import dev.baton.run.StartAnswer;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import dev.baton.run.StateKeys;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/// Two environments on one embedded AWS in which policies about people hold, and an issuer of tokens on this machine.
///
/// The growers own the cider, the brewers the perry. In `stage` the default policies hold, in `prod` others.
final class GovernedOrchards implements AutoCloseable {
    static final String AUDIENCE = "baton-orchards";
    static final String GROWER = "arn:aws:iam::000000000000:role/people/Grower";
    static final String VISITOR = "arn:aws:iam::000000000000:role/people/Visitor";

    static final String IN_PROD = """
            @id("growers-run")
            permit (
              principal in Baton::Team::"growers",
              action in [Baton::Action::"start", Baton::Action::"read"],
              resource == Baton::Pipeline::"cider"
            );
            @id("wardens")
            permit (
              principal in Baton::Team::"wardens",
              action in [Baton::Action::"stop", Baton::Action::"redrive", Baton::Action::"rerun"],
              resource
            );
            @id("harvest")
            permit (principal == Baton::Person::"forge:harvest", action, resource == Baton::Pipeline::"cider");
            @id("never-forced")
            forbid (principal, action == Baton::Action::"force", resource);
            """;

    final MockOAuth2Server issuer = new MockOAuth2Server();
    final LocalCloud cloud;
    final Map<String, Environment> environments;

    private final LaptopFunctions functions;

    GovernedOrchards() throws IOException {
        this(new LocalCloud(0, null), LaptopFunctions.JVM);
        deploy("stage", Orchard.PERRY);
        deploy("prod", Orchard.CIDER);
        policies("prod", IN_PROD);
    }

    /// The cider in `stage` alone.
    ///
    /// @param cloud closed with this
    GovernedOrchards(LocalCloud cloud, LaptopFunctions functions) throws IOException {
        Call.silenceLogs();
        this.functions = functions;
        this.cloud = cloud;
        issuer.start(InetAddress.getLoopbackAddress(), 0);
        environments = Environments.parse("environments.json", """
                        {"stage": {"endpoint": "embedded", "prefix": "stage", "policies": true, "stateMachineKey": true, %1$s},
                         "prod": {"endpoint": "embedded", "prefix": "prod", "policies": true, %1$s}}
                        """.formatted(
                                """
                        "identities": {
                          "okta": {"issuer": "%s", "audience": "%s", "person": "email", "teams": "groups",
                            "teamNames": {"00g1": "growers", "00g2": "brewers", "00g3": "wardens"}},
                          "forge": {"issuer": "%s", "audience": "%s"}},
                        "roleTeams": {"%s": ["growers"]}
                        """.formatted(url("okta"), AUDIENCE, url("forge"), AUDIENCE, GROWER)))
                .byName();
        deploy("stage", Orchard.CIDER);
        for (var role : List.of(GROWER, VISITOR)) {
            cloud.endpoint()
                    .iam()
                    .createRole(r -> r.roleName(role.substring(role.lastIndexOf('/') + 1))
                            .path("/people/")
                            .assumeRolePolicyDocument(
                                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                            + "\"Principal\":{\"AWS\":\"arn:aws:iam::000000000000:root\"},"
                                            + "\"Action\":\"sts:AssumeRole\"}]}"));
        }
    }

    String url(String of) {
        return issuer.issuerUrl(of).toString();
    }

    CompiledPipeline compiled(String name, Pipeline pipeline) {
        return Compiler.compile(pipeline, environments.get(name).options());
    }

    private void deploy(String name, Pipeline pipeline) {
        var environment = environments.get(name);
        var compiled = compiled(name, pipeline);
        var account = cloud.aws().account();
        new Deployment(
                        cloud.endpoint().under(environment.prefix()),
                        functions.of(cloud.aws(), compiled, ProjectFolder.packages()),
                        new EnvironmentNames(
                                        account.id(),
                                        account.region(),
                                        bucket(name),
                                        Map.of("lake", lake(name)),
                                        SourceRevision.UNKNOWN)
                                .of(name, environment.identities())
                                .under(environment.machineKey()))
                .put(compiled);
        facts(name, compiled);
        // What is uploaded for a row of the table is not to start a run by itself.
        compiled.triggers().forEach(trigger -> cloud.endpoint().events().disableRule(r -> r.name(trigger.name())));
    }

    private void facts(String name, CompiledPipeline compiled) {
        put(
                name,
                StateKeys.governed(compiled.name()),
                GovernedPipeline.of(compiled.graph(), name, Optional.empty()).toBytes());
    }

    static String bucket(String environment) {
        return environment + "-state";
    }

    void put(String environment, String key, byte[] content) {
        cloud.endpoint().s3().putObject(r -> r.bucket(bucket(environment)).key(key), RequestBody.fromBytes(content));
    }

    void policies(String environment, String text) {
        put(environment, StateKeys.policies(), text.getBytes(StandardCharsets.UTF_8));
    }

    static String lake(String environment) {
        return environment + "-lake";
    }

    void upload(String environment, String key, String text) {
        cloud.endpoint().s3().putObject(r -> r.bucket(lake(environment)).key(key), RequestBody.fromString(text));
    }

    Endpoint endpoint(String environment) {
        return cloud.endpoint().under(environments.get(environment).prefix());
    }

    DeployedPipeline deployed(String environment, String pipeline) {
        return DeployedPipeline.of(endpoint(environment), pipeline);
    }

    /// A token of the one issuer.
    IdentityProof okta(String email, String... groups) {
        return token("okta", "00u1", AUDIENCE, Map.of("email", email, "groups", List.of(groups)), 600);
    }

    IdentityProof token(String of, String subject, String audience, Map<String, Object> claims, long seconds) {
        return new IdentityProof.Token(issuer.issueToken(
                        of,
                        audience,
                        new DefaultOAuth2TokenCallback(of, subject, "JWT", List.of(audience), claims, seconds))
                .serialize());
    }

    /// The endpoint as a session of a role has it.
    Endpoint session(String role, String name) {
        try (var http = Apache5HttpClient.create();
                var sts = StsClient.builder()
                        .region(Region.of(cloud.endpoint().region()))
                        .endpointOverride(cloud.endpoint().address())
                        .httpClient(http)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                                cloud.aws().administrator().accessKeyId(),
                                cloud.aws().administrator().secretAccessKey())))
                        .build()) {
            var given =
                    sts.assumeRole(r -> r.roleArn(role).roleSessionName(name)).credentials();
            return new Endpoint(
                    cloud.endpoint().address(),
                    cloud.endpoint().region(),
                    StaticCredentialsProvider.create(AwsSessionCredentials.create(
                            given.accessKeyId(), given.secretAccessKey(), given.sessionToken())));
        }
    }

    static String audience(String environment, String pipeline) {
        return "000000000000/us-east-1/" + environment + "-" + pipeline;
    }

    /// Asks the real start function, by Lambda's API.
    ///
    /// @return its answer, or what it fails with
    Map<String, @Nullable Object> invoke(String environment, String pipeline, Map<String, @Nullable Object> event) {
        var answer = cloud.endpoint()
                .lambda()
                .invoke(r -> r.functionName(environment + "-" + pipeline + "-start")
                        .payload(SdkBytes.fromByteArray(Json.bytes(event))));
        return Json.parseObject(answer.payload().asUtf8String());
    }

    Map<String, @Nullable Object> invoke(
            String environment, String pipeline, StartInvocation asked, @Nullable IdentityProof proof) {
        var event = new LinkedHashMap<>(asked.toJson());
        if (proof != null) {
            event.put(IdentityProof.FIELD, proof.toJson());
        }
        return invoke(environment, pipeline, event);
    }

    StartResult ask(String environment, String pipeline, StartInvocation asked, IdentityProof proof) {
        return StartAnswer.of(invoke(environment, pipeline, asked, proof))
                .results()
                .getFirst();
    }

    @Override
    public void close() {
        cloud.close();
        issuer.shutdown();
    }
}
