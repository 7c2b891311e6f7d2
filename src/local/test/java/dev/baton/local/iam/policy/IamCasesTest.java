package dev.baton.local.iam.policy;

import static dev.baton.local.iam.policy.IamCase.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Decides a folder of recorded and transcribed cases, `-Dbaton.iamCases=DIR`, and says what came out differently.
@EnabledIfSystemProperty(named = "baton.iamCases", matches = ".+")
class IamCasesTest {
    private final List<String> differences = new ArrayList<>();

    @Test
    void every_gate_case_is_decided_as_expected() throws IOException {
        var folder = Path.of(System.getProperty("baton.iamCases"));
        int gates = 0;
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            var sorted = new ArrayList<Path>();
            files.forEach(sorted::add);
            sorted.sort(null);
            for (var file : sorted) {
                gates += decide(file);
            }
        }
        assertThat(gates).as("gate cases in " + folder).isPositive();
        assertThat(differences).isEmpty();
    }

    private int decide(Path file) throws IOException {
        int gates = 0;
        int right = 0;
        var notes = new ArrayList<String>();
        for (var item : (List<?>) Json.parse(Files.readString(file))) {
            var one = map(item);
            var expected = map(one.get("expected"));
            boolean same;
            String explanation;
            try {
                var decision = IamCase.decide(map(one.get("request")), map(one.get("policies")));
                same = Objects.equals(expected.get("allowed"), decision.allowed())
                        && (Objects.equals(expected.get("decision"), "Deny")
                                || Objects.equals(expected.get("decision"), name(decision.outcome())));
                explanation = decision.explanation();
            } catch (MalformedPolicy e) {
                same = false;
                explanation = "the policy is malformed: " + e.findings();
            } catch (RuntimeException e) {
                // One case that cannot be read must not hide the others.
                same = false;
                explanation = "the case cannot be read: " + e;
            }
            boolean gate = Boolean.TRUE.equals(one.get("gate"));
            gates += gate ? 1 : 0;
            right += gate && same ? 1 : 0;
            if (!same) {
                var difference = one.get("id") + " " + one.get("title") + ": expected " + expected.get("decision")
                        + ", but " + explanation;
                notes.add((gate ? "" : "(no gate) ") + difference);
                if (gate) {
                    differences.add(difference);
                }
            }
        }
        System.out.println(file.getFileName() + ": " + right + "/" + gates + " decided as expected");
        notes.forEach(note -> System.out.println("  " + note));
        return gates;
    }

    private static String name(Decision.Outcome outcome) {
        return switch (outcome) {
            case ALLOW -> "Allow";
            case EXPLICIT_DENY -> "ExplicitDeny";
            case IMPLICIT_DENY -> "ImplicitDeny";
        };
    }
}
