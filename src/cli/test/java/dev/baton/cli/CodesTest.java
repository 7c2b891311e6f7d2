package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Explanations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The command's own codes and their pages are equal, both ways.
class CodesTest {
    private static final Pattern CODE = Pattern.compile("\"(CLI[0-9]{3})\"");
    private static final Path PAGES = Path.of("main/resources", Explanations.FOLDER);

    @Test
    void every_code_has_a_page_and_every_page_a_code() throws IOException {
        var pages = new TreeSet<String>();
        try (var files = Files.list(PAGES)) {
            files.forEach(file -> pages.add(file.getFileName().toString().replace(".md", "")));
        }
        assertThat(codes()).isEqualTo(pages).isNotEmpty();
    }

    @Test
    void every_page_says_the_cause_and_how_to_mend_it() throws IOException {
        for (var code : codes()) {
            assertThat(Explanations.of(code)).hasValueSatisfying(page -> {
                assertThat(page).startsWith("# " + code + " ").contains("\n**To mend:** ");
                assertThat(page.lines()).allMatch(line -> line.length() <= 120);
            });
        }
    }

    private static TreeSet<String> codes() throws IOException {
        var codes = new TreeSet<String>();
        try (var files = Files.walk(Path.of("main/java"))) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                CODE.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
            }
        }
        return codes;
    }
}
