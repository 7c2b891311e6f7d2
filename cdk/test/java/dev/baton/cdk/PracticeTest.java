package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What cdk-nag and cfn-lint say of the templates, and that they would.
@ExtendWith(Stacks.class)
class PracticeTest {
    @Test
    void rules_of_good_practice_are_kept_or_argued_against() {
        for (var checked : List.of(Example.checked("prod"), Example.checked("importing"), Glacier.checked())) {
            assertThat(checked.nagsOfTheBare()).isNotEmpty();
            assertThat(checked.nags()).isEmpty();
        }
    }

    @Test
    void cfn_lint_finds_nothing() throws IOException, InterruptedException {
        assumeTrue(installed("cfn-lint"), "cfn-lint is not installed");
        var files = Stream.of(Example.in("prod"), Example.in("importing"), Glacier.made(), Glacier.given())
                .flatMap(synthesised -> synthesised.files().stream())
                .collect(Collectors.toCollection(ArrayList::new));
        // Where a definition says ${Partition} it is not understood, so that the rules for definitions are left out:
        // they hold when it is said which.
        var said = written(
                "said",
                Files.readString(Example.in("prod").folder().resolve("baton-weather.template.json"))
                        .replace("arn:${Partition}:states", "arn:aws:states")
                        .replace("\"E3601\"", "\"W9999\"")
                        .replace("\"E1101\"", "\"W9999\""));
        files.add(said);
        var wrongState = written(
                "wrong-state",
                Files.readString(said).replace("\\\"StartAt\\\":\\\"Pin\\\"", "\\\"StartAt\\\":\\\"Pan\\\""));
        files.add(wrongState);
        var wrongNetwork = written(
                "wrong-network",
                Files.readString(Glacier.made().folder().resolve("baton-ice.template.json"))
                        .replace("\"awsvpc\"", "\"inside\""));
        files.add(wrongNetwork);

        var lines = lint(files).lines().toList();

        assertThat(lines)
                .filteredOn(line -> line.startsWith(wrongState.toString()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("E3601"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith(wrongNetwork.toString()))
                .isNotEmpty();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .startsWith(Stacks.folder().resolve("wrong-").toString()));
    }

    private static Path written(String name, String template) throws IOException {
        return Files.writeString(Stacks.folder().resolve(name + ".template.json"), template);
    }

    private static String lint(List<Path> files) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("cfn-lint", "--format", "parseable"));
        files.forEach(file -> command.add(file.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static boolean installed(String program) {
        try {
            var process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
