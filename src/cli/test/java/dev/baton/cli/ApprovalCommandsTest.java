package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.json.Json;
import dev.baton.policy.GovernedPipeline;
import dev.baton.run.SourceRevision;
import dev.baton.run.StateKeys;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// The example where policies about people hold: an upload starts it, its report waits for an editor, whom a token of a
/// real issuer proves, everything is switched off and on meanwhile, and the commands decide.
class ApprovalCommandsTest {
    private static final MockOAuth2Server ISSUER = new MockOAuth2Server();
    private static final int LOOKS = 40;

    @TempDir
    private static Path home;

    private static Environment prod;
    private static LocalCloud cloud;

    @BeforeAll
    static void deploy() throws IOException {
        Call.silenceLogs();
        ISSUER.start(InetAddress.getLoopbackAddress(), 0);
        var text = """
                {"prod": {"endpoint": "embedded", "prefix": "prod", "policies": true,
                          "identities": {"okta": {"issuer": "%s", "audience": "baton", "person": "email",
                                                  "teams": "groups"}}}}
                """.formatted(ISSUER.issuerUrl("okta"));
        Files.createDirectories(home.resolve("cdk"));
        Files.writeString(home.resolve("cdk/environments.json"), text);
        prod = Environments.parse("environments.json", text).byName().get("prod");
        Files.writeString(home.resolve("edna"), token("edna@example.com", "editors"));
        Files.writeString(home.resolve("vic"), token("vic@example.com", "visitors"));
        switchOn();
    }

    @AfterAll
    static void stop() {
        cloud.close();
        ISSUER.shutdown();
    }

    private static String token(String email, String team) {
        return ISSUER.issueToken(
                        "okta",
                        "baton",
                        new DefaultOAuth2TokenCallback(
                                "okta",
                                email,
                                "JWT",
                                List.of("baton"),
                                Map.of("email", email, "groups", List.of(team)),
                                600))
                .serialize();
    }

    /// All of it, as it was left.
    private static void switchOn() throws IOException {
        cloud = new LocalCloud(LocalCloud.start(0, home.resolve("data")), LaptopFunctions.JVM);
        var compiled = Compiler.compile(Weather.PIPELINE, prod.options());
        var account = cloud.aws().account();
        new Deployment(
                        cloud.endpoint().under(prod.prefix()),
                        LaptopFunctions.JVM.of(cloud.aws(), compiled, ProjectFolder.packages()),
                        new EnvironmentNames(
                                        account.id(),
                                        account.region(),
                                        "prod-state",
                                        Map.of("lake", "prod-lake"),
                                        SourceRevision.UNKNOWN)
                                .of("prod", prod.identities()))
                .put(compiled);
        put(
                "prod-state",
                StateKeys.governed("weather"),
                GovernedPipeline.of(compiled.graph(), "prod", Optional.empty()).toBytes());
        DeployedPipeline.tell(home, cloud.aws());
        cloud.aws().resume();
    }

    private static void put(String bucket, String key, byte[] content) {
        cloud.endpoint().s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    private static Call as(String who, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(
                List.of("--env", "prod", "--identity-token", home.resolve(who).toString()));
        return Call.in(home, all.toArray(String[]::new));
    }

    private static Call waiting() throws InterruptedException {
        for (var look = 0; look < LOOKS; look++) {
            var call = as("edna", "approvals", "weather");
            if (!call.out().startsWith("nothing")) {
                return call;
            }
            Thread.sleep(250);
        }
        throw new AssertionError(
                "nothing waits: " + as("edna", "status", "weather") + as("edna", "approvals", "weather"));
    }

    @Test
    void an_editor_approves_what_an_upload_started_after_everything_was_switched_off() throws Exception {
        assertThat(as("edna", "approvals").out()).isEqualTo("nothing waits for an approval\n");
        for (var city : List.of("seattle", "new-york")) {
            put(
                    "prod-lake",
                    "landing/" + city + "/2012.csv",
                    WeatherData.of(city, 2012).getBytes(StandardCharsets.UTF_8));
        }
        var asked = waiting();
        assertThat(asked.exit()).as(asked.err()).isZero();
        assertThat(asked.lines().getFirst()).contains("WeatherReport  waits for approval of editors since ");
        assertThat(asked.out())
                .contains("why         What is on the page goes to the public", "started by  event upload");
        var execution = asked.lines().getFirst().split(" ")[0];
        assertThat(as("vic", "approvals", "weather").out()).isEqualTo("nothing waits for an approval\n");
        assertThat(as("edna", "status", execution).out()).contains("WAITING", "waits for approval of editors since ");

        cloud.close();
        switchOn();

        var refused = as("vic", "approve", execution, "WeatherReport", "--reason", "mine");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("CLI121");
        var other = as("edna", "approve", execution, "WeatherReport", "--reason", "good", "--request", "0000");
        assertThat(other.err()).contains("CLI123");
        assertThat(as("edna", "approve", execution, "CityComparison", "--reason", "good")
                        .err())
                .contains("CLI122", "there is WeatherReport");
        var again = waiting();
        var hash = again.out().replaceFirst("(?s).*--request (\\w+) .*", "$1");
        var approved =
                as("edna", "approve", execution, "WeatherReport", "--reason", "read it", "--request", hash, "--json");
        assertThat(approved.exit()).as(approved.err()).isZero();
        assertThat(Json.print(Json.parse(approved.out())))
                .contains("\"outcome\":\"approved\"", "okta:edna@example.com");
        for (var look = 0; look < LOOKS; look++) {
            if (!as("edna", "status", execution).out().contains("RUNNING")) {
                break;
            }
            Thread.sleep(250);
        }
        assertThat(as("edna", "status", execution).out()).contains("SUCCEEDED");
        assertThat(as("edna", "reject", execution, "WeatherReport", "--reason", "no")
                        .err())
                .contains("RUN084", "okta:edna@example.com approved it: read it");
        assertThat(as("edna", "approvals", "weather", "--execution", execution).out())
                .contains("WeatherReport  approved ", "approved    okta:edna@example.com");
    }
}
