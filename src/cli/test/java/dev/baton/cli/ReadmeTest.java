package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The README cannot lie: its Java is the example's, its links lead somewhere, its commands exist.
class ReadmeTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path EXAMPLE = ROOT.resolve("statemachines/weather/main/java/dev/baton");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: (\\S+) -->\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");

    @Test
    void every_snippet_is_the_examples_own_code() throws IOException {
        var readme = Files.readString(ROOT.resolve("README.md"));
        var snippets = SNIPPET.matcher(readme).results().toList();

        assertThat(snippets).hasSize(readme.split("```java\n", -1).length - 1).isNotEmpty();
        for (var snippet : snippets) {
            var source = withoutIndent(Files.readString(EXAMPLE.resolve(snippet.group(1))));
            assertThat(source).contains(withoutIndent(snippet.group(2)));
        }
    }

    @Test
    void every_snippet_of_a_page_is_code_that_a_test_runs() throws IOException {
        try (var pages = Files.newDirectoryStream(ROOT.resolve("src/site/markdown"), "*.md")) {
            for (var page : pages) {
                var text = Files.readString(page);
                var snippets = SNIPPET.matcher(text).results().toList();
                assertThat(snippets).as(page.toString()).hasSize(text.split("```java\n", -1).length - 1);
                for (var snippet : snippets) {
                    assertThat(withoutIndent(Files.readString(ROOT.resolve(snippet.group(1)))))
                            .as(page.toString())
                            .contains(withoutIndent(snippet.group(2)));
                }
            }
        }
    }

    @Test
    void every_link_leads_to_a_file() throws IOException {
        var links = new ArrayList<String>();
        LINK.matcher(Files.readString(ROOT.resolve("README.md"))).results().forEach(link -> links.add(link.group(1)));

        assertThat(links)
                .hasSizeGreaterThan(5)
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    @Test
    void every_page_is_linked_from_here_or_the_plan_and_its_own_links_lead_to_files() throws IOException {
        var readme = Files.readString(ROOT.resolve("README.md"));
        var site = ROOT.resolve("src/site/markdown");
        var plan = Files.readString(site.resolve("architecture.md"));
        try (var pages = Files.walk(site)) {
            assertThat(pages.filter(page -> page.toString().endsWith(".md")))
                    .isNotEmpty()
                    .allSatisfy(page -> {
                        assertThat(readme.contains(link(ROOT, page)) || plan.contains(link(site, page)))
                                .as(page.toString())
                                .isTrue();
                        assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
                                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
                    });
        }
    }

    private static String link(Path from, Path page) {
        return "](" + from.relativize(page).toString().replace('\\', '/') + ")";
    }

    @Test
    void the_table_of_commands_is_the_commands_that_there_are() throws IOException {
        var told = Pattern.compile("^\\| `baton ([\\w-]+)", Pattern.MULTILINE)
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
        var known = new ArrayList<>(
                List.copyOf(new CommandLine(new Baton()).getSubcommands().keySet()));
        known.remove("help");

        assertThat(told).containsExactlyInAnyOrderElementsOf(known);
    }

    private static String withoutIndent(String code) {
        return code.lines().map(String::strip).reduce("", (text, line) -> text + line + "\n");
    }
}
