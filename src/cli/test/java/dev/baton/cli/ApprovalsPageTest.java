package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.json.Json;
import dev.baton.run.ApprovalRecord;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page on approvals cannot lie: its commands take their words, what it shows of the example is there, its pattern is
/// that of the events, and where no policies hold the example is what it was.
class ApprovalsPageTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("src/site/markdown/approvals.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);

    private static String block(String language) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_command_takes_the_words_that_the_page_gives_it() throws IOException {
        PageCommands.assertTaken(PAGE, 4);
    }

    @Test
    void the_annotation_is_that_of_the_example() throws IOException {
        assertThat(Files.readString(
                        ROOT.resolve("statemachines/weather/main/java/dev/baton/weather/WeatherReport.java")))
                .contains(block("java"));
    }

    @Test
    void its_words_are_those_of_the_code() throws IOException {
        var page = Files.readString(PAGE);
        var function = Files.readString(ROOT.resolve("lambda/main/java/dev/baton/lambda/people/ApprovalEvents.java"));
        var pattern = Json.parseObject(block("json").getBytes(StandardCharsets.UTF_8));
        assertThat(pattern.get("detail-type")).isEqualTo(List.of("Approval Requested"));
        assertThat(function).contains("\"Approval Requested\"");
        Pattern.compile("detail\\.put\\(\"(\\w+)\"")
                .matcher(function)
                .results()
                .forEach(member -> assertThat(page).contains("`" + member.group(1) + "`"));
        assertThat(page).contains("/" + ApprovalRecord.NAME + "`", "`ApprovalTimedOut`");
    }

    @Test
    void the_example_waits_in_governed_environments_alone() throws IOException {
        var governed = Compiler.compile(Weather.PIPELINE, CompilerOptions.DEFAULT.governed(true));
        assertThat(governed.machine().definition().states()).containsKey("Approve WeatherReport");
        assertThat(governed.functions()).extracting(function -> function.kind()).contains(Kind.APPROVAL);
        assertThat(Compiler.compile(Weather.PIPELINE).machine().definition().toJson())
                .isEqualTo(Files.readString(ROOT.resolve("statemachines/weather/definition.asl.json")));
    }
}
