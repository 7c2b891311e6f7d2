package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.cli.pipelines.hostile.Attack;
import dev.baton.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The burglar in a process of its own, with the environment that Lambda gives. Its pipeline's six functions each
/// start a JVM, which takes most of a minute on two cores: so only who asks for it gets it.
@EnabledIfSystemProperty(named = "baton.thorough", matches = "true")
class HostileProcessTest {
    @TempDir
    private Path home;

    @Test
    void what_is_denied_to_a_task_in_this_process_is_denied_to_it_in_its_own() throws InterruptedException {
        var before = System.getProperty("baton.home");
        System.setProperty("baton.home", home.toString());
        try (var hostile =
                new DeployedPipeline(TestPipelines.HOSTILE, new LocalCloud(0, null, LaptopFunctions.PROCESS))) {
            hostile.upload("tickets/2002.txt", "admit one");
            var started = hostile.upload("treasure/2002.txt", "gold").getFirst();
            var ended = hostile.ended(started.get("execution"));
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            var told = Json.parseObject(hostile.read("capers/2002.json"));

            assertThat(Attack.values())
                    .allSatisfy(attack -> assertThat(told.get(attack.name()))
                            .asString()
                            .matches("AccessDenied(Exception)?: User: arn:aws:sts::000000000000:assumed-role/"
                                    + "baton-hostile-Burglar(-runner)?/\\S+ is not authorized to perform: "
                                    + attack.action()
                                    + "\\b.*"));
        } finally {
            if (before == null) {
                System.clearProperty("baton.home");
            } else {
                System.setProperty("baton.home", before);
            }
        }
    }
}
