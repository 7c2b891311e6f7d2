package dev.baton.compiler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.diagnostic.Explanations;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CodesTest {

    @Test
    void every_code_has_a_page_that_begins_with_it_and_says_how_to_mend() {
        for (var code : CompilerFindings.CODES) {
            assertThat(Explanations.of(code))
                    .as(code)
                    .hasValueSatisfying(page ->
                            assertThat(page).startsWith("# " + code + ": ").contains("\n## To mend\n"));
        }
    }

    @Test
    void every_page_has_a_code() throws IOException, URISyntaxException {
        var one = Objects.requireNonNull(getClass().getClassLoader().getResource(Explanations.FOLDER + "CMP001.md"));
        try (var pages = Files.list(Path.of(one.toURI()).getParent())) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(CompilerFindings.CODES);
        }
    }
}
