package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.run.ExecutionInput;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The start function that asks policies, as it is packaged: under Lambda's runtime client, in a process of its own.
class GovernedProcessTest {
    @Test
    void it_verifies_tokens_and_asks_cedar_from_the_packaged_jars() throws IOException {
        var functions = LaptopFunctions.PROCESS;
        try (var orchards = new GovernedOrchards(new LocalCloud(0, null, functions), functions)) {
            var see = new StartInvocation.See(new ExecutionInput(Optional.empty(), Map.of("year", "1999"), Map.of()));
            assertThat(orchards.ask("stage", "cider", see, orchards.okta("ada@example.com", "00g1")))
                    .isInstanceOf(StartResult.Seen.class);
            assertThat(orchards.ask("stage", "cider", see, orchards.okta("ben@example.com", "00g2")))
                    .isInstanceOfSatisfying(
                            StartResult.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("RUN070"));
        }
    }
}
