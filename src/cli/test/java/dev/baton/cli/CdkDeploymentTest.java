package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.deploy.put.CdkDeployment;
import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.put.FunctionHost;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.local.LocalCloud;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.run.Prefix;
import dev.baton.run.SourceRevision;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deploying to an account, with programs in the place of the CDK app and of CDK's command that say what they are
/// told.
class CdkDeploymentTest {
    private final CompiledPipeline weather = Compiler.compile(Weather.PIPELINE);
    private final StringWriter told = new StringWriter();

    @TempDir
    private Path home;

    private Path bin;

    @BeforeEach
    void folders() throws IOException {
        bin = Files.createDirectories(home.resolve("bin"));
    }

    private void program(String name, String text) throws IOException {
        var file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void app(int exit) throws IOException {
        var jar = SourceJar.of(Files.createDirectories(home.resolve("app")), "App", Map.of("App", """
                        package dev.baton.cdk;

                        public final class App {
                            public static void main(String[] words) {
                                System.out.println("app " + String.join(" ", words));
                                System.out.println("BatonFoundation\\nBatonStorage\\nbaton-weather\\nbaton-others");
                                System.exit(%d);
                            }
                        }
                        """.formatted(exit)));
        var target = Files.createDirectories(home.resolve("cdk/target/lib"));
        Files.copy(jar, target.resolve("app.jar"));
    }

    private void deploy(String profile) throws IOException, InterruptedException {
        new CdkDeployment(home, new PrintWriter(told, true), SourceRevision.UNKNOWN, profile, bin + ":/nowhere")
                .deploy("dev", Prefix.BATON, List.of(Weather.PIPELINE), List.of("weather"), false, Map.of());
    }

    @Test
    void the_app_writes_the_templates_and_cdk_puts_them_there() throws IOException, InterruptedException {
        app(0);
        program("node", "exit 0");
        program("npx", "echo npx \"$@\"");
        deploy("stage");

        assertThat(told.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "app --environment dev --environments " + home.resolve("cdk/environments.json"))
                                .contains(" --jar ")
                                .contains(" --output " + home.resolve("cdk.out") + " --revision {\"system\":\"none\"")
                                .contains(" --retired /"),
                        line -> assertThat(line).isEqualTo("BatonFoundation"),
                        line -> assertThat(line).isEqualTo("BatonStorage"),
                        line -> assertThat(line).isEqualTo("baton-weather"),
                        line -> assertThat(line).isEqualTo("baton-others"),
                        line -> assertThat(line)
                                .as("neither what an administrator deploys nor another pipeline")
                                .isEqualTo("npx --yes aws-cdk@2.1148.1 deploy --app " + home.resolve("cdk.out")
                                        + " --exclusively --require-approval never --profile stage baton-weather"));
    }

    @Test
    void an_installed_cdk_is_taken_before_one_is_fetched() throws IOException, InterruptedException {
        app(0);
        program("node", "exit 0");
        program("npx", "exit 3");
        program("cdk", "echo cdk \"$@\"");
        deploy(null);

        assertThat(told.toString()).contains("cdk deploy --app ").doesNotContain("--profile");
    }

    @Test
    void what_is_not_installed_is_told() throws IOException {
        assertThatThrownBy(() -> deploy(null))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("CLI022")
                .hasMessageContaining("no Node.js");
        program("node", "exit 0");
        assertThatThrownBy(() -> deploy(null))
                .hasMessageContaining("CLI022")
                .hasMessageContaining("neither cdk nor npx");
        program("npx", "exit 0");
        assertThatThrownBy(() -> deploy(null))
                .hasMessageContaining("CLI022")
                .hasMessageContaining("mvn -DskipTests -pl cdk -am package");
    }

    @Test
    void a_failure_ends_it() throws IOException {
        app(0);
        program("node", "exit 0");
        program("cdk", "echo no credentials >&2; exit 1");
        assertThatThrownBy(() -> deploy(null)).hasMessageContaining("CLI023").hasMessageContaining("cdk deploy");
        assertThat(told.toString()).contains("no credentials");
    }

    @Test
    void what_somebody_else_has_put_there_is_written_down_as_it_is() throws IOException {
        Call.silenceLogs();
        try (var cloud = new LocalCloud(0, null)) {
            DeployedPipeline.tell(home, cloud.aws());
            cloud.deploy(weather);
            FunctionHost nobody = (function, role, environment, description) -> {
                throw new AssertionError("nothing is to be published");
            };
            var names = new EnvironmentNames(
                    "000000000000", "us-east-1", LocalCloud.STATE_BUCKET, Map.of(), SourceRevision.UNKNOWN);
            var outcome =
                    new Deployment(cloud.endpoint(), nobody, names).record(weather, "dev", InstantSource.system());

            assertThat(outcome.version()).isEqualTo("1");
            assertThat(outcome.functions().get("baton-weather-pin").version()).isEqualTo("1");
            var drift = Call.in(home, "drift");
            assertThat(drift.err()).isEmpty();
            assertThat(drift.out()).startsWith("weather is as it was deployed at 20");
        }
    }
}
