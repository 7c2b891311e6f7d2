package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The module's README names what is there.
class LocalReadmeTest {
    /// A type, by its name alone or with what stands before and behind it.
    private static final Pattern TYPE = Pattern.compile("`(?:[\\w/]+/)?([A-Z][a-z]\\w+)(?:[.(][^`]*)?`");

    /// The service that does not exist yet, and codes of errors.
    private static final Set<String> NO_TYPES = Set.of("Thing", "NotImplemented", "UnknownService");

    @Test
    void every_type_that_it_names_is_a_file_of_this_module_or_of_its_tests() throws IOException {
        try (var files = Files.walk(Path.of("."))) {
            var types = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
            var named = TYPE.matcher(Files.readString(Path.of("README.md")))
                    .results()
                    .map((MatchResult name) -> name.group(1))
                    .filter(name -> !NO_TYPES.contains(name))
                    .toList();
            assertThat(named).hasSizeGreaterThan(15).isSubsetOf(types);
        }
    }
}
