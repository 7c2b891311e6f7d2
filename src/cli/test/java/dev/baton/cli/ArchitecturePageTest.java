package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page on how Baton is built says what is so: its places are there, its arrows are Maven's, its judges exist.
class ArchitecturePageTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("src/site/markdown/architecture.md");
    private static final Pattern PLACE = Pattern.compile("\\[`(\\w+)(?:\\.(\\w+))?`]\\(([^)]+\\.java)\\)");
    private static final Pattern ROW = Pattern.compile(
            "^\\| \\[`(\\w+)`]\\(([^)]+?)(?:/README\\.md)?\\) \\| [^|]+ \\|([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>((?:(?!</dependency>).)*?)<artifactId>baton-(\\w+)</artifactId>((?:(?!</dependency>).)*?)"
                    + "</dependency>",
            Pattern.DOTALL);
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    private static List<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    @Test
    void every_type_and_method_that_it_names_is_where_it_says() throws IOException {
        var places = all(PLACE, Files.readString(PAGE));

        assertThat(places).hasSizeGreaterThan(25).allSatisfy(place -> {
            var file = PAGE.resolveSibling(place.group(3));
            assertThat(file).exists().hasFileName(place.group(1) + ".java");
            if (place.group(2) != null) {
                assertThat(Files.readString(file)).containsPattern("(?m)^    [\\w@].* " + place.group(2) + "\\(");
            }
        });
    }

    @Test
    void its_modules_and_their_arrows_are_mavens() throws IOException {
        var rows = all(ROW, Files.readString(PAGE));
        var folders = new TreeSet<Path>();
        for (var row : rows) {
            var folder = PAGE.resolveSibling(row.group(2)).toRealPath();
            folders.add(folder);
            var mayKnow = all(Pattern.compile("`(\\w+)`"), row.group(3)).stream()
                    .map(module -> module.group(1))
                    .toList();
            assertThat(mayKnow).as(row.group(1)).containsExactlyElementsOf(dependencies(folder.resolve("pom.xml")));
        }
        assertThat(folders).containsExactlyElementsOf(modules());
    }

    private static TreeSet<String> dependencies(Path pom) throws IOException {
        var modules = new TreeSet<String>();
        for (var dependency : all(DEPENDENCY, Files.readString(pom))) {
            var rest = dependency.group(1) + dependency.group(3);
            if (rest.contains("dev.baton") && !rest.contains("<scope>test</scope>")) {
                modules.add(dependency.group(2));
            }
        }
        return modules;
    }

    private static TreeSet<Path> modules() throws IOException {
        var folders = new TreeSet<Path>();
        for (var folder : all(Pattern.compile("<module>([^<]+)</module>"), Files.readString(ROOT.resolve("pom.xml")))) {
            folders.add(ROOT.resolve(folder.group(1)).toRealPath());
        }
        return folders;
    }

    @Test
    void the_tests_that_it_names_exist() throws IOException {
        var named = all(TEST, Files.readString(PAGE)).stream()
                .map(test -> test.group(1) + ".java")
                .distinct()
                .toList();
        try (var files = Stream.of("src", "lambda", "cdk").flatMap(ArchitecturePageTest::files)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .hasSizeGreaterThan(1_000)
                    .containsAll(named);
        }
    }

    private static Stream<Path> files(String folder) {
        try {
            return Files.walk(ROOT.resolve(folder))
                    .filter(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
