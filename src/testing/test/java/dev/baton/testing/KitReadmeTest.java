package dev.baton.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The README cannot lie: its Java is these tests' own, and its table names every assertion.
class KitReadmeTest {
    private static final Path TESTS = Path.of("test/java/dev/baton/testing");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: (\\S+) -->\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile("`(\\w+)\\(");

    private final String readme = Files.readString(Path.of("README.md"));

    KitReadmeTest() throws IOException {}

    @Test
    void every_snippet_is_code_of_a_test() throws IOException {
        var snippets = SNIPPET.matcher(readme).results().toList();

        assertThat(snippets).hasSize(readme.split("```java\n", -1).length - 1).hasSizeGreaterThan(4);
        for (var snippet : snippets) {
            assertThat(withoutIndent(Files.readString(TESTS.resolve(snippet.group(1)))))
                    .contains(withoutIndent(snippet.group(2)));
        }
    }

    @Test
    void the_tables_name_all_answers_assertions_and_ways_to_mock() {
        var told = METHOD.matcher(readme).results().map(found -> found.group(1)).collect(Collectors.toSet());

        for (var type : new Class<?>[] {Answer.class, MockedTask.class, MockedExecution.class, MockedMachine.class}) {
            assertThat(told)
                    .containsAll(Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> Modifier.isPublic(method.getModifiers()))
                            .map(Method::getName)
                            .filter(name -> !name.equals("toString") && !name.startsWith("lambda$"))
                            .toList());
        }
    }

    private static String withoutIndent(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
