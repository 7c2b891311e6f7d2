package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.command.EndpointChoice;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.WebIdentityLogin;
import dev.baton.cli.local.LocalCloud;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.StsException;

/// The command without any key: a token of an issuer gets it the role with which the example is deployed, and
/// nothing else does.
class WebIdentityTest {
    private static final String SUBJECT = "repo:acme/weather:environment:prod";
    private static final String ROLE = "arn:aws:iam::000000000000:role/baton-deploy/baton-weather-deploy";
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:baton-weather";

    private static final MockOAuth2Server ISSUER = new MockOAuth2Server();
    private static DeployedPipeline weather;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void trust_the_issuer() throws IOException {
        ISSUER.start(InetAddress.getLoopbackAddress(), 0);
        weather = new DeployedPipeline(Weather.PIPELINE);
        var compiled = Compiler.compile(Weather.PIPELINE);
        var url = ISSUER.issuerUrl("github").toString();
        var iam = weather.endpoint().iam();
        iam.createOpenIDConnectProvider(
                r -> r.url(url).clientIDList("sts.amazonaws.com").thumbprintList("0".repeat(40)));
        var substitutions = new Substitutions(Map.of(
                "AccountId", "000000000000",
                "Region", "us-east-1",
                "Partition", "aws",
                "StateBucket", LocalCloud.STATE_BUCKET,
                "LakeBucket", "lake",
                "OidcIssuer", url.replaceFirst("^https?://", ""),
                "OidcAudience", "sts.amazonaws.com",
                "OidcSubject", "repo:acme/*:environment:prod"));
        var role = compiled.deployRole();
        iam.createRole(r -> r.roleName(role.name())
                .path(role.path())
                .assumeRolePolicyDocument(Json.print(substitutions.in(role.trust()))));
        iam.putRolePolicy(r -> r.roleName(role.name())
                .policyName("baton")
                .policyDocument(Json.print(substitutions.in(role.policy()))));
    }

    @AfterAll
    static void stop() {
        weather.close();
        ISSUER.shutdown();
    }

    private static String token(String issuer, String subject, String audience, long seconds) {
        return ISSUER.issueToken(
                        issuer,
                        audience,
                        new DefaultOAuth2TokenCallback(issuer, subject, "JWT", List.of(audience), Map.of(), seconds))
                .serialize();
    }

    private static Map<String, String> variables(String token) throws IOException {
        var file = Files.createTempFile(folder, "token", ".jwt");
        Files.writeString(file, token);
        return Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString(), "AWS_ROLE_ARN", ROLE, "AWS_REGION", "us-east-1");
    }

    private static EndpointChoice choice(String token) throws IOException {
        var choice = new EndpointChoice(variables(token));
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("endpoint", mixin(choice)))
                .parseArgs("--endpoint", weather.endpoint().address().toString(), "--region", "us-east-1");
        return choice;
    }

    /// The endpoint as the command opens it.
    private static Endpoint open(String token) throws IOException {
        return choice(token).open();
    }

    private static CommandLine.Model.CommandSpec mixin(EndpointChoice choice) {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(choice);
    }

    @Test
    void a_good_token_makes_the_command_the_deploy_role_and_no_more() throws IOException {
        try (var endpoint = open(token("github", SUBJECT, "sts.amazonaws.com", 600))) {
            assertThat(endpoint.account()).isEqualTo("000000000000");
            assertThat(endpoint.states()
                            .describeStateMachine(r -> r.stateMachineArn(MACHINE))
                            .name())
                    .isEqualTo("baton-weather");
            assertThatThrownBy(() -> endpoint.iam()
                            .createRole(r -> r.roleName("baton-weather-more")
                                    .path("/baton/weather/")
                                    .assumeRolePolicyDocument("{}")))
                    .hasMessageContaining("assumed-role/baton-weather-deploy/baton is not authorized to perform:"
                            + " iam:CreateRole");
            assertThatThrownBy(
                            () -> endpoint.s3().getObject(r -> r.bucket("lake").key("k")))
                    .hasMessageContaining("is not authorized to perform: s3:GetObject");
        }
    }

    @Test
    void a_bad_token_gets_nothing_and_is_never_repeated() throws IOException {
        var good = token("github", SUBJECT, "sts.amazonaws.com", 600);
        assertRefused("InvalidIdentityToken", token("github", SUBJECT, "somebody-else", 600));
        assertRefused("ExpiredTokenException", token("github", SUBJECT, "sts.amazonaws.com", -60));
        assertRefused("InvalidIdentityToken", token("another", SUBJECT, "sts.amazonaws.com", 600));
        assertRefused("AccessDenied", token("github", "repo:acme/weather:pull_request", "sts.amazonaws.com", 600));
        assertRefused("InvalidIdentityToken", tampered(good));
        assertRefused("InvalidIdentityToken", "no.token");
    }

    @Test
    void an_environment_is_opened_only_with_credentials_of_its_account() throws IOException {
        var choice = choice(token("github", SUBJECT, "sts.amazonaws.com", 600));
        try (var own = choice.open(environment("000000000000"))) {
            assertThat(own.account()).isEqualTo("000000000000");
        }
        assertThatThrownBy(() -> choice.open(environment("111111111111")))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("CLI025")
                .hasMessageContaining("is the account 111111111111, and the credentials are of 000000000000");
    }

    private static Environment environment(String account) {
        return Environments.parse("environments", """
                        {"prod": {"account": "%s", "region": "us-east-1", "stateBucket": {"name": "example-state"}}}
                        """.formatted(account)).named("prod");
    }

    /// Another subject under the old signature.
    private static String tampered(String token) {
        var parts = token.split("\\.");
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("acme/weather", "acme/other");
        return parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
    }

    private static void assertRefused(String code, String token) throws IOException {
        try (var endpoint = open(token)) {
            assertThatThrownBy(() -> endpoint.states().listStateMachines())
                    .isInstanceOf(StsException.class)
                    .isInstanceOfSatisfying(AwsServiceException.class, refused -> {
                        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
                        assertThat(refused.toString()).doesNotContain(token);
                    });
        }
    }

    @Test
    void keys_go_before_a_token_and_half_a_word_is_none() throws IOException {
        assertThat(WebIdentityLogin.of(variables("t"))).isPresent();
        assertThat(WebIdentityLogin.of(Map.of("AWS_ROLE_ARN", ROLE))).isEmpty();
        assertThat(WebIdentityLogin.of(Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "t")))
                .isEmpty();
        assertThat(WebIdentityLogin.of(
                        Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "t", "AWS_ROLE_ARN", ROLE, "AWS_ACCESS_KEY_ID", "AKIA")))
                .isEmpty();
    }
}
