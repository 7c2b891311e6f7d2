package dev.baton.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.Call;
import dev.baton.cli.WeatherData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
