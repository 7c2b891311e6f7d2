package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which Node.js is needed is said in one voice: what the app asks for. It is what `aws-cdk-lib` names in its
/// `engines`; the command, `aws-cdk`, takes older ones too.
class NodeVersionTest {
    private static final Pattern NEEDED = Pattern.compile("Node\\.js ([0-9]+) or newer");

    @Test
    void every_page_names_the_oldest_node_that_the_app_takes() throws IOException {
        var named = new TreeMap<String, Integer>();
        for (var folder : new String[] {".github", "src/site", "src/cli/main", "src/compiler/main", "cdk/README.md"}) {
            try (var pages = Files.walk(Path.of("..", folder))) {
                for (var page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                    NEEDED.matcher(Files.readString(page)).results()
                            .forEach(found -> named.put(page.toString(), Integer.parseInt(found.group(1))));
                }
            }
        }
        assertThat(named).hasSizeGreaterThanOrEqualTo(5);
        assertThat(named.values()).containsOnly(NodeRuntime.OLDEST);
    }

    @Test
    void no_page_names_another_version_in_other_words() throws IOException {
        try (var pages = Stream.of("src/site/markdown/deploying.md", "cdk/README.md", ".github/CONTRIBUTING.md")
                .map(page -> Path.of("..", page))) {
            for (var page : pages.toList()) {
                assertThat(NEEDED.matcher(Files.readString(page)).replaceAll("")).doesNotContainPattern("Node\\.js [0-9]");
            }
        }
    }
}
