package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One word, one type: what a stranger reads in one module means the same in all of them.
class NamesTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern MAIN = Pattern.compile(".*/main/java/.*/([A-Z]\\w*)\\.java");
    private static final Pattern PARTICIPLE = Pattern.compile("[A-Z][a-z]*(ed|ing)|[A-Z]\\w*[a-z](Created|Denied)");

    /// AWS's own words, the errors that state machines catch by these names, and what is a noun for all its ending.
    private static final List<String> LISTED = List.of(
            "AccessDenied",
            "Drawing",
            "Finding",
            "Keyring",
            "ObjectCreated",
            "Printed",
            "Rounded",
            "Superseded",
            "Undeclared",
            "Unneeded",
            "Unregistered");

    @Test
    void no_two_types_have_the_same_simple_name() throws IOException {
        var places = new TreeMap<String, List<Path>>();
        for (var file : types()) {
            places.merge(name(file), List.of(file), (some, more) -> Stream.concat(some.stream(), more.stream())
                    .toList());
        }
        assertThat(places).hasSizeGreaterThan(1_000);
        assertThat(places.values()).allSatisfy(files -> assertThat(files).hasSize(1));
    }

    @Test
    void no_type_is_named_by_a_participle_alone() throws IOException {
        var named = new TreeSet<String>();
        for (var file : types()) {
            if (PARTICIPLE.matcher(name(file)).matches()) {
                named.add(name(file));
            }
        }
        assertThat(named).containsExactlyElementsOf(LISTED);
    }

    @Test
    void what_leans_on_a_fact_is_a_type_that_there_is() throws IOException {
        var names = new TreeSet<String>();
        for (var file : types()) {
            names.add(name(file));
        }
        var leaning = Pattern.compile("(?m)^\\|.*\\| (.*) \\|$")
                .matcher(Files.readString(ROOT.resolve("src/site/markdown/facts.md")))
                .results()
                .flatMap(row -> Pattern.compile("`([A-Z]\\w+)`").matcher(row.group(1)).results())
                .map(type -> type.group(1))
                .toList();
        assertThat(leaning).hasSizeGreaterThan(15);
        assertThat(names).containsAll(leaning);
    }

    private static String name(Path file) {
        var matcher = MAIN.matcher(file.toString().replace('\\', '/'));
        assertThat(matcher.matches()).isTrue();
        return matcher.group(1);
    }

    private static List<Path> types() throws IOException {
        try (var modules = Files.walk(ROOT, 4)) {
            var sources = modules.filter(folder -> folder.endsWith("main/java")).toList();
            assertThat(sources).hasSizeGreaterThan(10);
            var types = new ArrayList<Path>();
            for (var source : sources) {
                try (var files = Files.walk(source)) {
                    files.filter(file -> MAIN.matcher(file.toString().replace('\\', '/'))
                                    .matches())
                            .forEach(types::add);
                }
            }
            return types;
        }
    }
}
