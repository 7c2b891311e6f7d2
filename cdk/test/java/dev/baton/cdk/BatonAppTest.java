package dev.baton.cdk;

import static dev.baton.cdk.Example.FILE;
import static dev.baton.cdk.Example.REVISION;
import static dev.baton.cdk.Example.WEATHER;
import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awscdk.Stack;

/// The stacks of an environment together, in the app and in an app of one's own.
@ExtendWith(Stacks.class)
class BatonAppTest {
    @Test
    void stacks_are_deployed_one_after_the_other_with_the_credentials_of_whoever_deploys() throws IOException {
        var manifest =
                Json.parseObject(Files.readAllBytes(Example.in("dev").folder().resolve("manifest.json")));
        var artifacts = object(manifest.get("artifacts"));

        assertThat((List<?>) object(artifacts.get("baton-weather")).get("dependencies"))
                .map(Object::toString)
                .contains("BatonFoundation", "BatonStorage");
        assertThat((List<?>) object(artifacts.get("BatonStorage")).get("dependencies"))
                .map(Object::toString)
                .contains("BatonFoundation");
        assertThat(Json.print(manifest)).doesNotContain("assumeRoleArn").doesNotContain("/cdk-bootstrap/");
    }

    @Test
    void a_deployment_says_what_comes_next() {
        var outputs = object(Example.in("prod").templates().get("baton-weather").get("Outputs"));

        assertThat(Json.print(outputs)).contains("\"Value\":\"baton sweep weather --region eu-central-1\"");
    }

    @Test
    void the_app_finds_pipelines_and_writes_the_same() throws IOException {
        var out = new ByteArrayOutputStream();
        var output = Stacks.folder().resolve("app");

        var exit = App.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                "--environment",
                "dev",
                "--environments",
                FILE.toString(),
                "--jar",
                Example.jar("functions.jar", "the code of all functions").toString(),
                "--output",
                output.toString(),
                "--revision",
                Json.print(REVISION.toJson()));

        assertThat(exit).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines(
                        "BatonFoundation\nBatonFoundation-weather\nBatonStorage\nbaton-weather\n");
        assertThat(Synthesised.in(output).templates())
                .isEqualTo(Example.in("dev").templates());
    }

    @Test
    void where_policies_about_people_hold_the_app_refuses_code_that_cannot_ask_them() {
        var err = new ByteArrayOutputStream();
        var output = Stacks.folder().resolve("lean");
        var arguments = new String[] {
            "--environment",
            "prod",
            "--environments",
            FILE.toString(),
            "--jar",
            Example.jar("functions.jar", "the code of all functions").toString(),
            "--output",
            output.toString()
        };

        var exit = App.run(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), arguments);

        assertThat(exit).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error ENV046 at prod\n")
                .contains(
                        "baton-weather-access, baton-weather-approval, baton-weather-start.",
                        "baton-lambda-…-people.jar");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void people_put_a_pipeline_into_a_stack_of_their_own() {
        var own = Stacks.of("own", app -> {
            var stack = new Stack(app, "Own");
            var foundation = new BatonFoundation(stack, "Foundation", Example.environment("dev"), List.of(WEATHER));
            var storage = new BatonStorage(stack, "Storage", foundation);
            new BatonPipeline(stack, "Weather", WEATHER, storage, Example.code(), REVISION);
        });

        assertThat(own.one("AWS::StepFunctions::StateMachine").stack()).isEqualTo("Own");
        assertThat(own.all("AWS::Lambda::Function")).hasSameSizeAs(WEATHER.functions());
        // What roles name in text is there before them.
        var boundary = own.one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "baton-weather-boundary")
                .id();
        assertThat(own.named(
                                "Own",
                                own.one("AWS::IAM::Role", "RoleName", "baton-weather-states")
                                        .id())
                        .body()
                        .get("DependsOn"))
                .asString()
                .contains(boundary);
        assertThat(own.all("AWS::CloudFormation::Stack"))
                .isNotEmpty()
                .allSatisfy(nested ->
                        assertThat(nested.body().get("DependsOn")).asString().contains(boundary));
    }
}
