package dev.baton.local.states.mock;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.util.List;
import java.util.stream.Collectors;

/// Every sentence about mocks.
final class MockFindings {
    private MockFindings() {}

    static Diagnostic unreadable(String file, String why) {
        return Diagnostic.error(
                "LOC023", Location.named(file), "cannot be read: " + why, "name a file with mocks that is there");
    }

    static Diagnostic misshapen(Location place, String what, String remedy) {
        return Diagnostic.error("LOC023", place, what, remedy);
    }

    static Diagnostic misfit(Location place, String resource, String why) {
        return Diagnostic.error(
                "LOC024",
                place,
                "is not what " + resource + " could answer: " + why,
                "answer what the API's reference says, or set \"fieldValidationMode\" to PRESENT or NONE");
    }

    static Diagnostic noResource(Location place, String resource, String remedy) {
        return Diagnostic.error("LOC025", place, "Step Functions knows nothing to call as " + resource, remedy);
    }

    /// @param answers counted from 0
    static Diagnostic unused(IntegrationMock mock, List<Integer> answers) {
        var isWhole = answers.size() == mock.answers().size();
        var numbers = answers.stream().map(index -> "/answers/" + index).collect(Collectors.joining(", "));
        return Diagnostic.warning(
                "LOC026",
                mock.place(),
                isWhole ? "no state called what it answers for" : "never given: " + numbers,
                isWhole
                        ? "compare its names with the machine's, and see whether a mock before it answers instead"
                        : "take out the answers that are not needed, or see why the state was called less often");
    }
}
