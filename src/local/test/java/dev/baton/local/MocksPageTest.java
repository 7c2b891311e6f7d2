package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.states.mock.IntegrationMocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page about mocks shows a file that is one.
class MocksPageTest {
    private static final Path PAGE = Path.of("..", "site", "markdown", "mocks.md");

    @Test
    void the_file_of_the_page_is_understood() throws IOException {
        var json = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(json.find()).isTrue();
        assertThat(IntegrationMocks.of("mocks.md", json.group(1)).all()).hasSize(3);
    }
}
