package dev.baton.local.states.mock;

import dev.baton.engine.task.TaskStateInvocation;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All mocks, in the order in which they are asked.
public record IntegrationMocks(List<IntegrationMock> all) {
    /// No mocks: every call is made.
    public static final IntegrationMocks NONE = new IntegrationMocks(List.of());

    public IntegrationMocks {
        all = List.copyOf(all);
    }

    /// The mocks of a file.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException LOC023 to LOC025, all that is wrong with it
    public static IntegrationMocks of(Path file) {
        return MockFile.read(file);
    }

    /// The mocks of a text.
    ///
    /// @param source the file or another name of the text, for the findings
    /// @throws dev.baton.diagnostic.DiagnosticException LOC023 to LOC025, all that is wrong with it
    public static IntegrationMocks of(String source, String json) {
        return MockFile.parse(source, json);
    }

    /// The first mock that fits; null where the call is to be made.
    public @Nullable IntegrationMock find(TaskStateInvocation invocation) {
        for (var mock : all) {
            if (mock.fits(invocation)) {
                return mock;
            }
        }
        return null;
    }

    /// Whether a state that calls this may be answered by one of them.
    public boolean mayAnswer(String resourceArn) {
        return all.stream().anyMatch(mock -> mock.mayAnswer(resourceArn));
    }
}
