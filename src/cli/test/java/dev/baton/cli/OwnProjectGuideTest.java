package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guide to a project of one's own, followed: the classes that it shows are compiled into a jar, and the command
/// runs what is in it.
class OwnProjectGuideTest {
    private static final Path GUIDE = Path.of("../../src/site/markdown/own-project.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Path SOURCES = Path.of("test/resources/own-project");

    @TempDir
    private Path home;

    private Path jar() throws IOException {
        return SourceJar.of(home.resolve("project"), "Shop", sources());
    }

    private static Map<String, String> sources() throws IOException {
        var sources = new LinkedHashMap<String, String>();
        for (var type : List.of("ShopLog", "LineCount", "Shop")) {
            sources.put(type, Files.readString(SOURCES.resolve(type + ".java")));
        }
        return sources;
    }

    @Test
    void its_pipeline_runs_from_a_jar_as_the_page_calls_it() throws IOException {
        var jar = jar();
        var data = Files.createDirectories(home.resolve("data/raw")).getParent();
        Files.writeString(data.resolve("raw/2026-01-31.log"), "a sale\nanother\n");
        var commands = blocks("sh").stream().flatMap(String::lines).toList();
        var words = commands.stream()
                .filter(line -> line.startsWith("baton run "))
                .findFirst()
                .orElseThrow()
                .substring("baton ".length())
                .replace("target/shop.jar", jar.toString())
                .replace("--data data", "--data " + data)
                .split(" ");
        assertThat(commands).contains("printf 'a sale\\nanother\\n' > data/raw/2026-01-31.log");

        var run = Call.in(home, words);

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(Files.walk(home.resolve(".baton/out/shop")).filter(Files::isRegularFile))
                .singleElement()
                .satisfies(file -> assertThat(file).hasContent("2 lines\n"));
    }

    @Test
    void its_task_is_tried_in_memory() throws Exception {
        var sources = sources();
        sources.put("LineCountTest", Files.readString(SOURCES.resolve("LineCountTest.java")));
        var jar = SourceJar.of(home.resolve("project"), "Shop", sources);
        try (var loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            var test = loader.loadClass("own.LineCountTest").getDeclaredConstructor();
            test.setAccessible(true);
            var method = test.getDeclaringClass().getDeclaredMethod("every_line_counts");
            method.setAccessible(true);

            assertThatCode(() -> method.invoke(test.newInstance())).doesNotThrowAnyException();
        }
    }

    @Test
    void what_it_may_do_is_told_without_running_it() throws IOException {
        var access = Call.in(home, "access", "shop", "--jar", jar().toString());

        assertThat(access.exit()).isZero();
        assertThat(access.out()).contains("LineCount", "shop/raw/*.log", "shop/counts/*.txt");
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
