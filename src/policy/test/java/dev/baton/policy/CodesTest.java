package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Explanations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Codes and their pages are equal, both ways, and every code is met by a test.
class CodesTest {
    private static final Pattern CODE = Pattern.compile("\"(POL[0-9]{3})\"");
    private static final Pattern MET = Pattern.compile("(?<!// )\\b(POL[0-9]{3})\\b");
    private static final Path PAGES = Path.of("main/resources", Explanations.FOLDER);

    @Test
    void every_code_has_a_page_and_every_page_a_code() throws IOException {
        var pages = new TreeSet<String>();
        try (var files = Files.list(PAGES)) {
            files.forEach(file -> pages.add(file.getFileName().toString().replace(".md", "")));
        }
        assertThat(codes(CODE, "main/java")).isEqualTo(pages);
    }

    @Test
    void every_code_is_met_by_a_test() throws IOException {
        assertThat(codes(MET, "test/java")).containsAll(codes(CODE, "main/java"));
    }

    @Test
    void every_page_says_the_cause_and_how_to_mend_it() throws IOException {
        for (var code : codes(CODE, "main/java")) {
            assertThat(Explanations.of(code)).hasValueSatisfying(page -> {
                assertThat(page).startsWith("# " + code + ": ").contains("\n## To mend\n\n");
                assertThat(page.lines()).allMatch(line -> line.length() <= 120);
            });
        }
    }

    private static TreeSet<String> codes(Pattern pattern, String folder) throws IOException {
        var codes = new TreeSet<String>();
        try (var files = Files.walk(Path.of(folder))) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                pattern.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
            }
        }
        return codes;
    }
}
