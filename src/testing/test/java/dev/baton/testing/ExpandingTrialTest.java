package dev.baton.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.task.ExpandingTask;
import dev.baton.task.Expansion;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Trials of tasks that expand, and of what reads their items.
class ExpandingTrialTest {

    @Intent("names of stations")
    record Stations(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/stations/{year}", this);
        }
    }

    @Intent("one station's year")
    record Station(Year year, @Pattern(samples = {"a", "b"}) String name) implements Task {
        public List<Task> requires() {
            return List.of(new Stations(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/station/{year}/{name}", this);
        }

        public void run(TaskRun run) throws IOException {
            run.output().text(name);
        }
    }

    @Intent("every station of the year")
    @Expansion(maxConcurrency = 20, toleratedFailurePercentage = 5)
    record EveryStation(Year year) implements ExpandingTask<Station> {
        public List<Task> requires() {
            return List.of(new Stations(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/every/{year}.json", this);
        }

        public Class<Station> itemClass() {
            return Station.class;
        }

        public Stream<Station> expand(TaskRun run) throws IOException {
            return run.input(new Stations(year))
                    .text()
                    .lines()
                    .map(name -> new Station(name.startsWith("!") ? year.plusYears(1) : year, name));
        }
    }

    @Test
    void a_trial_lists_each_item_once_in_the_order_of_the_task() throws Exception {
        var items = TaskTrial.of(new EveryStation(Year.of(2012)))
                .given(new Stations(Year.of(2012)), "b\na\nb\n")
                .items();

        assertThat(items).containsExactly(new Station(Year.of(2012), "b"), new Station(Year.of(2012), "a"));
    }

    @Intent("reads what every station made")
    record Report(Year year) implements Task {
        public List<Task> requires() {
            return List.of(new EveryStation(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/report/{year}.txt", this);
        }

        public void run(TaskRun run) throws IOException {
            var text = new StringBuilder();
            for (var station : run.items(new EveryStation(year)).entrySet()) {
                text.append(station.getKey().name())
                        .append('=')
                        .append(station.getValue().text())
                        .append(' ');
            }
            run.output().text(text.toString().strip());
        }
    }

    @Test
    void a_trial_gives_a_successor_what_the_items_made_and_refuses_what_was_not_required() throws Exception {
        var year = Year.of(2012);
        var written = TaskTrial.of(new Report(year))
                .given(new EveryStation(year), Map.of(new Station(year, "b"), "2", new Station(year, "a"), "1"))
                .run();
        assertThat(written.text()).isEqualTo("a=1 b=2");

        assertThatThrownBy(() -> TaskTrial.of(new Report(year))
                        .given(new EveryStation(Year.of(2013)), Map.<Station, String>of())
                        .run())
                .hasMessageContaining("was not given EveryStation[year=2012]");
    }

    @Test
    void an_item_that_may_not_be_stops_the_expansion() {
        var trial = TaskTrial.of(new EveryStation(Year.of(2012))).given(new Stations(Year.of(2012)), "a/b\n!c\n");

        assertThatThrownBy(trial::items)
                .hasMessageContaining("RUN012")
                .hasMessageContaining("the item Station[2012, a/b] of EveryStation[2012] has no text: name of");
    }
}
