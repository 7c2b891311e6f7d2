package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that run because somebody wants it, or what they use besides is another: the plan says so before, and `why`
/// after.
class ForceTest {
    private static final String HEAD = "package own; import dev.baton.task.*; import java.util.List;"
            + " import java.time.Year; import java.io.IOException; ";
    private static final String ME = System.getProperty("user.name");

    @TempDir
    private Path home;

    private String jar = "";

    private Call baton(String... words) {
        return Call.in(
                home, Stream.concat(Stream.of(words), Stream.of("--jar", jar)).toArray(String[]::new));
    }

    private static final String USES =
            " public List<Access> uses() { return List.of(Access.read(\"s3://mill/stones/\")); }"
                    + " public java.util.Map<String, String> identities() {"
                    + " return java.util.Map.of(\"stones\", \"s3://mill/stones/VERSION\"); } }";

    private static String task(String name, String requires, String text) {
        return HEAD + "@Intent(\"" + name + "\") public record " + name + "(Year year) implements Task {"
                + " public List<Task> requires() { return List.of(" + requires + "); }"
                + " public Target output() { return S3Target.at(\"s3://mill/" + name + "/{year}.txt\", this); }"
                + " public void run(TaskRun run) throws IOException { run.output().text(" + text + "); } }";
    }

    @BeforeEach
    void mill() throws IOException {
        jar = SourceJar.of(
                        home.resolve("own"),
                        "Mills",
                        Map.of(
                                "Acorn",
                                task("Acorn", "", "\"acorn\"").replaceFirst(" }$", Matcher.quoteReplacement(USES)),
                                "Meal",
                                task("Meal", "new Acorn(year)", "String.valueOf(System.nanoTime())"),
                                "Cake",
                                task("Cake", "new Meal(year)", "run.input(new Meal(year)).text()"),
                                "Mills",
                                HEAD + "public final class Mills implements PipelineProvider { public List<Pipeline>"
                                        + " pipelines() { return List.of(Pipeline.of(\"mill\", Cake.class)); } }"))
                .toString();
    }

    private List<String> ran(String... words) {
        var run = baton(words);
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        return run.lines().stream()
                .filter(line -> line.contains("\"taskEnded\"") && line.contains("\"RAN\""))
                .map(line -> line.replaceFirst(".*\"node\":\"([^\"]*)\".*", "$1"))
                .sorted()
                .toList();
    }

    @Test
    void what_is_forced_runs_though_it_is_fresh_and_says_who_wanted_it() throws IOException {
        assertThat(baton("plan", "mill", "--year", "2012").lines())
                .contains("waiting    Acorn 2012 waits for s3://mill/stones/VERSION, which is not there");
        var stones = home.resolve("statemachines/mill/data/stones/VERSION");
        Files.createDirectories(stones.getParent());
        Files.writeString(stones, "flint");
        assertThat(ran("run", "mill", "--year", "2012", "--json")).containsExactly("Acorn", "Cake", "Meal");
        assertThat(ran("run", "mill", "--year", "2012", "--json")).isEmpty();

        assertThat(baton("plan", "mill", "--year", "2012", "--force", "Acorn").lines())
                .contains(
                        "run        Acorn 2012 would run: forced by " + ME,
                        "depends    Meal 2012 would run if Acorn comes out different");
        assertThat(ran("run", "mill", "--year", "2012", "--json", "--force", "Acorn"))
                .as("what follows stays fresh, for it comes out equal")
                .containsExactly("Acorn");
        var why = baton("why", "Acorn", "--year", "2012");
        assertThat(why.lines())
                .as(why.err())
                .startsWith("Acorn 2012 ran: forced by " + ME)
                .endsWith("Acorn 2012 is fresh");
        assertThat(ran("run", "mill", "--year", "2012", "--json")).as("once").isEmpty();
        assertThat(ran("run", "mill", "--year", "2012", "--json", "--force", "Meal+"))
                .containsExactly("Cake", "Meal");
        assertThat(baton("why", "Cake", "--year", "2012").lines())
                .first()
                .asString()
                .startsWith("Cake 2012 ran: forced by " + ME + "; its input Meal changed");

        Files.writeString(stones, "granite");
        var told = "what it uses as stones changed from sha256:";
        assertThat(baton("plan", "mill", "--year", "2012").lines())
                .first()
                .asString()
                .startsWith("run        Acorn 2012 would run: " + told);
        assertThat(ran("run", "mill", "--year", "2012", "--json")).containsExactly("Acorn");
        assertThat(baton("why", "Acorn", "--year", "2012").lines())
                .first()
                .asString()
                .startsWith("Acorn 2012 ran: " + told);

        assertThat(baton("plan", "mill", "--from", "2011", "--to", "2012", "--force", "all")
                        .lines())
                .startsWith("2011  3 of 3 tasks would run", "2012  3 of 3 tasks would run");
        var years = baton("run", "mill", "--from", "2011", "--to", "2012", "--force", "all");
        assertThat(years.lines("succeeded"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("3 ran, 0 fresh"));
        assertThat(baton("run", "mill", "--year", "2012", "--force", "Cacke").err())
                .contains("RUN043", "did you mean Cake?");
    }
}
