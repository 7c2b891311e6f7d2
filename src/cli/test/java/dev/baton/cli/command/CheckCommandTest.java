package dev.baton.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.Call;
import dev.baton.cli.WeatherData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `baton check`: the rules of the gate besides those of the language.
class CheckCommandTest {
    private static final String ENDLESS = """
            {
              "StartAt": "Clean",
              "States": {
                "Clean": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true }
              }
            }
            """;

    @TempDir
    private Path home;

    @Test
    void the_definition_of_the_example_passes_the_gate_of_this_repository() {
        var call = Call.in(
                Path.of("../.."),
                "check",
                "--cost",
                WeatherData.EXAMPLE.resolve("definition.asl.json").toString());

        assertThat(call.exit()).as(call.out()).isZero();
        assertThat(call.out())
                .containsPattern("definition\\.asl\\.json: at most \\d+ transitions, \\$0\\.00\\d+\n")
                // The policies about people of this repository are checked with it.
                .endsWith("2 files checked: 0 errors, 0 warnings" + System.lineSeparator());
    }

    @Test
    void what_the_gate_wants_is_a_warning_until_the_policy_file_says_more() throws IOException {
        var file = Files.writeString(home.resolve("endless.asl.json"), ENDLESS).toString();

        var mild = Call.in(home, "check", file);
        assertThat(mild.exit()).isZero();
        assertThat(mild.out())
                .contains("warning GAT001 at " + file + ":4:5 /States/Clean", "warning GAT006", "0 errors, 3 warnings");

        var gate = Files.writeString(
                        home.resolve("strict.json"), "{\"rules\": {\"GAT001\": \"error\", \"GAT006\": \"off\"}}")
                .toString();
        var strict = Call.in(home, "check", "--gate", gate, file);
        assertThat(strict.exit()).isEqualTo(1);
        assertThat(strict.out()).contains("error GAT001", "1 error, 0 warnings").doesNotContain("GAT006");

        Files.createDirectories(home.resolve("statemachines"));
        Files.copy(Path.of(gate), home.resolve("statemachines/gate.json"));
        assertThat(Call.in(home, "check", file).out()).isEqualTo(strict.out());
    }

    @Test
    void a_policy_file_that_says_something_else_ends_it() throws IOException {
        var file = Files.writeString(home.resolve("endless.asl.json"), ENDLESS).toString();
        var gate =
                Files.writeString(home.resolve("gate.json"), "{\"ruels\": {}}").toString();

        var call = Call.in(home, "check", "--gate", gate, file);
        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).contains("error GAT010 at " + gate, "it has a member ruels");
    }

    @Test
    void policies_about_people_are_checked_with_the_definitions_or_alone() throws IOException {
        Files.createDirectories(home.resolve("cdk"));
        Files.writeString(
                home.resolve("cdk/policies.cedar"),
                "@id(\"all\")\n  permit (principal, action, resource);\n"
                        + "forbid (principal, action, resource == Baton::Pipeline::\"wether\");");

        var alone = Call.in(home, "check");
        assertThat(alone.exit()).isEqualTo(1);
        assertThat(alone.out())
                .contains("error POL010 at ", "policies.cedar:2:3", "error POL003 at ", "write \"weather\"")
                .endsWith("1 file checked: 2 errors, 0 warnings" + System.lineSeparator());

        var good = Files.writeString(
                home.resolve("good.cedar"),
                "permit (principal in Baton::Team::\"ada\", action, resource == Baton::Pipeline::\"weather\");");
        for (var call : List.of(
                Call.in(home, "check", good.toString()), Call.in(home, "check", "--policies", good.toString()))) {
            assertThat(call.exit()).as(call.out()).isZero();
            assertThat(call.out()).contains("warning POL007").endsWith("1 warning" + System.lineSeparator());
        }
    }
}
