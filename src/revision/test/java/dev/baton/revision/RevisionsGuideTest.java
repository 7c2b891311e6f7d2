package dev.baton.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.Explanations;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page about revisions cannot lie: its command runs, its file is one, its names are taken or refused as it says.
class RevisionsGuideTest {
    private static final Path GUIDE = Path.of("../site/markdown/revisions.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @TempDir
    private Path folder;

    private static String block(String language) throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .findFirst()
                .orElseThrow();
    }

    /// What stands quoted in the first cells of a table.
    private static List<String> table(String head) throws IOException {
        return Files.readString(GUIDE)
                .lines()
                .dropWhile(line -> !line.startsWith("| " + head + " |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> QUOTED.matcher(line.split("\\|")[1]).results())
                .map(quoted -> quoted.group(1))
                .toList();
    }

    @Test
    void its_command_stamps_what_was_built() throws IOException, InterruptedException {
        var sources = Sources.git(folder);
        var id = sources.write(".gitignore", "target\n").commit("one");
        var words = Stream.of(block("sh").strip().split(" "))
                .map(word -> word.equals("\"$CLASSPATH\"") ? System.getProperty("java.class.path") : word)
                .map(word -> word.equals("java")
                        ? Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()
                        : word)
                .toList();
        var process = new ProcessBuilder(words)
                .directory(sources.root().toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEqualTo(id.substring(0, 12) + " on main\n");
        assertThat(Stamp.of(sources.root().resolve("target/classes"))
                        .orElseThrow()
                        .id())
                .isEqualTo(id);
    }

    @Test
    void its_file_is_a_stamp_and_its_table_has_every_member() throws IOException {
        var shown = block("json");
        var json = Json.parseObject(shown);

        assertThat(Stamp.text(RevisionJson.parse(json))).isEqualTo(shown);
        assertThat(Files.readString(GUIDE).lines().filter(line -> line.startsWith("| `")))
                .filteredOn(line -> json.containsKey(line.split("`")[1]))
                .hasSize(json.size());
        assertThat(table("member")).filteredOn(json::containsKey).containsExactlyElementsOf(json.keySet());
    }

    @Test
    void its_names_are_taken_and_those_that_it_refuses_are_refused() throws IOException {
        assertThat(table("name"))
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThatCode(() -> RevisionName.of(name)).doesNotThrowAnyException());
        assertThat(table("refused"))
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThatThrownBy(() -> RevisionName.of(name))
                        .hasMessageContaining("error REV002 at " + name));
    }

    @Test
    void its_plugin_and_its_goal_are_there() throws IOException {
        var plugin = block("xml");
        var pom = Files.readString(Path.of("../maven/pom.xml"));
        var goal = Files.readString(Path.of("../maven/main/java/dev/baton/maven/StampMojo.java"));

        for (var element : List.of("artifactId", "version")) {
            var value = Pattern.compile("<" + element + ">([^<]+)<").matcher(plugin);
            assertThat(value.find()).isTrue();
            assertThat(pom).contains("<" + element + ">" + value.group(1) + "<");
        }
        assertThat(plugin).contains("<goal>stamp</goal>");
        assertThat(goal).contains("@Mojo(name = \"stamp\", defaultPhase = LifecyclePhase.PREPARE_PACKAGE");
        assertThat(Files.readString(GUIDE)).contains("-Dbaton.stamp.required", "-Dbaton.stamp.skip");
        assertThat(goal).contains("\"baton.stamp.required\"", "\"baton.stamp.skip\"");
        assertThat(Files.readString(Path.of("../site/markdown/own-project.md"))).contains(plugin);
    }

    @Test
    void its_findings_are_there() throws IOException {
        assertThat(Pattern.compile("`(REV[0-9]{3})`")
                        .matcher(Files.readString(GUIDE))
                        .results()
                        .map(code -> code.group(1)))
                .isNotEmpty()
                .allSatisfy(code -> assertThat(Explanations.of(code)).isPresent());
    }
}
