package dev.baton.cdk.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.Account;
import dev.baton.local.lambda.process.JavaRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The deployment guide, followed: what stands in its `sh` blocks is given to a shell, line by line, in a folder like a
/// clone of the project, with Node.js, CDK's command and the AWS CLI as they are installed. In the place of the account
/// is an embedded AWS, with as much of CloudFormation as CDK's command asks for.
class FollowedGuideTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path GUIDE = ROOT.resolve("src/site/markdown/deploying.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

    /// What made the jars that this runs.
    private static final String BUILD = "mvn ";

    /// What is for executions that failed: here none did.
    private static final List<String> NOTHING_TO_MEND = List.of("./baton redrive ", "./baton stop ");

    private static final Duration PATIENCE = Duration.ofSeconds(600);

    @TempDir
    private Path folder;

    @Test
    void every_line_of_the_deployment_guide_does_what_it_says() throws IOException, InterruptedException {
        Clone.missing(ROOT).ifPresent(reason -> {
            System.out.println("the deployment guide is not followed: " + reason);
            assumeTrue(false, reason);
        });
        Logger.getLogger("").setLevel(Level.OFF);
        var environment = "{" + blocks("json").getFirst() + "}";
        var dev = Template.object(Json.parseObject(environment).get("dev"));
        var account = new Account(Template.text(dev.get("account")), Template.text(dev.get("region")));
        var formation = new CloudFormation(account);
        try (var aws = EmbeddedAws.builder()
                .account(account)
                .functions(JavaRuntime.ofThisJvm())
                .service(foundation -> formation.service())
                .start()) {
            formation.on(aws);
            var shell = new Clone(ROOT, folder, environment).shell(aws);
            var execution = "";
            for (var written : commands()) {
                if (written.startsWith(BUILD)) {
                    continue;
                }
                var command = written.replace("EXECUTION", execution);
                var began = System.nanoTime();
                var told = shell.run(command);
                System.out.printf("%,7d ms  %s%n", (System.nanoTime() - began) / 1_000_000, command);
                if (written.startsWith("npm ")) {
                    assumeTrue(told.exit() == 0, "CDK's command cannot be had: " + told.text());
                }
                if (NOTHING_TO_MEND.stream().noneMatch(written::startsWith)) {
                    assertThat(told.exit()).as(command + "\n" + told.text()).isZero();
                }
                switch (written) {
                    case "npx cdk ls --app cdk.out" ->
                        assertThat(told.text()).contains("BatonFoundation", "BatonStorage", "baton-weather");
                    case "npx cdk diff --app cdk.out" ->
                        assertThat(told.text()).contains("Number of stacks with differences: 0");
                    case "./baton status weather" -> execution = formation.ended("baton-weather", PATIENCE);
                    case "aws s3 ls s3://example-dev-lake/reports/" -> assertThat(told.text()).contains("2012.html");
                    case "./baton start weather --year 2012" -> assertThat(told.text()).contains(execution);
                    case "./baton status EXECUTION" -> assertThat(told.text()).contains("SUCCEEDED", "WeatherReport");
                    case "./baton diff dev" -> assertThat(told.text()).contains("weather is deployed as it is");
                    case "./baton drift dev" -> assertThat(told.text()).contains("weather is as it was deployed");
                    default -> assertThat(told.text()).doesNotContain("should have been a finding");
                }
            }
            assertThat(formation.stacks()).isEmpty();
            assertThat(formation.buckets()).isEmpty();
        }
    }

    /// What stands in the blocks for a shell, command by command: a loop is one.
    private static List<String> commands() throws IOException {
        var commands = new ArrayList<String>();
        for (var block : blocks("sh")) {
            var loop = new StringBuilder();
            for (var line : block.lines().toList()) {
                loop.append(line).append('\n');
                if (!loop.toString().startsWith("for ") || line.equals("done")) {
                    commands.add(loop.toString().strip());
                    loop.setLength(0);
                }
            }
        }
        return commands;
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
