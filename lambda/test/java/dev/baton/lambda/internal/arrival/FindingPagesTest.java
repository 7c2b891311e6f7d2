package dev.baton.lambda.internal.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Explanations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The codes of what start functions refuse and their pages are equal, both ways.
class FindingPagesTest {
    private static final Pattern CODE = Pattern.compile("\\bRUN0[0-9]{2}(?=\"|\\)\")");

    @Test
    void every_code_has_a_page_and_every_page_a_code() throws IOException {
        var pages = new TreeSet<String>();
        try (var files = Files.list(Path.of("main/resources", Explanations.FOLDER))) {
            files.forEach(file -> pages.add(file.getFileName().toString().replace(".md", "")));
        }
        var codes = new TreeSet<String>();
        try (var files = Files.walk(Path.of("main/java"))) {
            for (var file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                CODE.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group()));
            }
        }
        assertThat(codes).isNotEmpty().isEqualTo(pages);
    }
}
