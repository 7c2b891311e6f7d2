package dev.baton.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.Call;
import dev.baton.cli.SourceJar;
import dev.baton.cli.WeatherData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All years of the example in one call; then one city's year is replaced.
class BackfillTest {
    @TempDir
    private Path home;

    private Call baton(String... words) {
        return Call.in(home, words);
    }

    @Test
    void each_run_is_a_line_and_only_what_another_upload_concerns_runs_again() throws IOException {
        WeatherData.copy(home, 2012, 2013, 2015);

        assertThat(baton("plan", "weather", "--from", "2012", "--to", "2015").lines())
                .startsWith(
                        "2012  11 of 11 tasks would run",
                        "2013  11 of 11 tasks would run",
                        "2014  0 of 11 tasks would run, 11 waiting for uploads",
                        "2015  11 of 11 tasks would run");

        var first = baton("run", "weather", "--from", "2012", "--to", "2015", "--newest-first");
        assertThat(first.exit()).as(first.out() + first.err()).isZero();
        assertThat(first.lines("succeeded"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("11 ran, 0 fresh"))
                .first()
                .asString()
                .startsWith("succeeded  2015");
        assertThat(first.lines("waiting"))
                .singleElement()
                .asString()
                .contains("2014", "holds no file for", "landing/seattle/2014.csv", "(2 of 4, about ");
        assertThat(first.lines().getLast()).startsWith("4 runs: 3 succeeded, 1 waiting, ");

        var file = home.resolve("statemachines/weather/data/seattle/2013.csv");
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^(2013-07-01,[^,]*,)([^,]*)", "$159.0"));
        assertThat(baton("plan", "weather", "--year", "2012..2013").lines())
                .startsWith(
                        "2012  0 of 11 tasks would run, 11 fresh",
                        "2013  1 of 11 tasks would run, 6 if an input comes out different, 4 fresh");

        var again = baton("run", "weather", "--year", "2012..2013");
        assertThat(again.exit()).as(again.out() + again.err()).isZero();
        assertThat(again.lines("succeeded"))
                .satisfiesExactly(
                        year -> assertThat(year).contains("2012", "0 ran, 11 fresh"),
                        year -> assertThat(year).contains("2013", "7 ran, 4 fresh"));
        assertThat(baton("why", "MonthlyNormals", "--city", "seattle", "--year", "2013")
                        .lines())
                .first()
                .asString()
                .startsWith("MonthlyNormals seattle 2013 ran: its input CleanObservations changed");
    }

    private static final String HEAD = "package own; import dev.baton.task.*; import java.util.List; ";

    @Test
    void a_parameter_that_is_called_from_is_still_given_as_such() throws IOException {
        var jar = SourceJar.of(
                        home.resolve("own"),
                        "Voyages",
                        Map.of("Tide", HEAD + """
                                @Intent("a tide")
                                public record Tide(@Pattern(samples = {"oslo", "bergen"}) String from,
                                        @Pattern(samples = {"oslo", "bergen"}) String to) implements ExternalTask {
                                    public Target output() { return S3Target.at("s3://sea/tides/{from}/{to}.txt", this); }
                                }
                                """, "Voyage", HEAD + """
                                @Intent("a voyage")
                                public record Voyage(@Pattern(samples = {"oslo", "bergen"}) String from,
                                        @Pattern(samples = {"oslo", "bergen"}) String to) implements Task {
                                    public List<Tide> requires() { return List.of(new Tide(from, to)); }
                                    public Target output() { return S3Target.at("s3://sea/voyages/{from}/{to}.txt", this); }
                                    public void run(TaskRun run) {}
                                }
                                """, "Voyages", HEAD + """
                                public final class Voyages implements PipelineProvider {
                                    public List<Pipeline> pipelines() {
                                        return List.of(Pipeline.of("voyage", Voyage.class));
                                    }
                                }
                                """))
                .toString();

        var plan = baton("plan", "voyage", "--jar", jar, "--from", "oslo", "--to", "bergen");
        assertThat(plan.lines())
                .as(plan.err())
                .contains("waiting    Voyage oslo bergen waits for s3://sea/tides/oslo/bergen.txt, which is not there");
        assertThat(baton("plan", "voyage", "--jar", jar, "--from", "oslo").err())
                .contains("CLI005", "the parameter \"to\" is missing");
    }
}
