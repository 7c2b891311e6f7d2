package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.task.Access;
import dev.baton.task.ExpandingTask;
import dev.baton.task.Expansion;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Tasks that expand when they run.
class ExpansionTest {

    @Intent("names of stations")
    record Stations(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/stations/{year}", this);
        }
    }

    @Intent("one station's year")
    record Station(Year year, @Pattern(samples = {"a", "b"}) String name) implements Made {
        public List<Task> requires() {
            return List.of(new Stations(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/station/{year}/{name}", this);
        }

        public List<Access> uses() {
            return List.of(Access.read("s3://lake/raw/"));
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
    void the_items_of_an_expanding_task_are_known_before_it_runs() {
        var node =
                CheckedGraph.of(Pipeline.of("p", EveryStation.class)).orThrow().root();
        var items = node.items().orElseThrow();

        assertThat(items.itemClass()).isEqualTo(Station.class);
        assertThat(items.maxConcurrency()).isEqualTo(20);
        assertThat(items.toleratedFailurePercentage()).isEqualTo(5);
        assertThat(items.template().wildcard()).isEqualTo("station/*/*");
        assertThat(items.requires()).containsExactly(Stations.class);
        assertThat(items.uses()).containsExactly(Access.read("s3://lake/raw/"));
        assertThat(items.declarations().intent()).isEqualTo("one station's year");
    }

    @Test
    void an_expansion_lists_each_item_once_in_an_order_of_its_own() {
        var task = new EveryStation(Year.of(2012));
        var items = CheckedGraph.of(Pipeline.of("p", EveryStation.class))
                .orThrow()
                .root()
                .items()
                .orElseThrow();
        var expanded = Stream.of("b", "a", "b").map(name -> new Station(Year.of(2012), name));
        var list = items.list(task, expanded);
        assertThat(list.toJson()).hasToString("[{name=a, year=2012}, {name=b, year=2012}]");
        assertThat(items.item(list.items().getFirst())).isEqualTo(new Station(Year.of(2012), "a"));
    }

    @Test
    void an_item_that_may_not_be_stops_the_expansion() {
        var items = CheckedGraph.of(Pipeline.of("p", EveryStation.class))
                .orThrow()
                .root()
                .items()
                .orElseThrow();
        var wrong = Stream.of(new Station(Year.of(2012), "a/b"), new Station(Year.of(2013), "!c"));

        assertThatThrownBy(() -> items.list(new EveryStation(Year.of(2012)), wrong))
                .hasMessageContaining("RUN012")
                .hasMessageContaining("the item Station[2012, a/b] of EveryStation[2012] has no text: name of")
                .hasMessageContaining("the item Station[2013, !c] of EveryStation[2012] requires Stations[2013], which"
                        + " the expanding task does not require");
    }

    @Intent("expands into what it must not")
    @Expansion(maxConcurrency = 0)
    record Bad(Year year) implements ExpandingTask<Station> {
        public Target output() {
            return S3Target.at("s3://lake/bad/{year}.json", this);
        }

        public Class<Station> itemClass() {
            return Station.class;
        }

        public Stream<Station> expand(TaskRun run) {
            return Stream.empty();
        }
    }

    @Intent("an item of a graph of which it is a node")
    record Mixed(Year year) implements ExpandingTask<Station> {
        public List<Task> requires() {
            return List.of(new Station(year, "x"));
        }

        public Target output() {
            return S3Target.at("s3://lake/mixed/{year}.json", this);
        }

        public Class<Station> itemClass() {
            return Station.class;
        }

        public Stream<Station> expand(TaskRun run) {
            return Stream.empty();
        }
    }

    @Test
    void items_that_may_not_be_are_refused_before() {
        assertThat(Made.messages(Bad.class))
                .containsExactly(
                        "TSK009 p/Bad: @Expansion(maxConcurrency) must be from 1 to 10000, but was 0",
                        "TSK036 p/Bad: its item Station[2013, a] requires Stations[2013], which it does not require"
                                + " itself");
        assertThat(Made.messages(Mixed.class))
                .containsExactly("TSK036 p/Mixed: its items are Station, of which the graph has tasks already");
    }

    @Intent("no intent of its item, whose output is uploaded too")
    record Everything(Year year) implements ExpandingTask<Upload> {
        public List<Task> requires() {
            return List.of(new Stations(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/everything/{year}.json", this);
        }

        public Class<Upload> itemClass() {
            return Upload.class;
        }

        public Stream<Upload> expand(TaskRun run) {
            return Stream.empty();
        }
    }

    record Upload(Year year, String name) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/stations/{year}", this);
        }
    }

    record Upload2(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/stations/{year}", this);
        }
    }

    @Intent("expands into its own trigger")
    record Loop(Year year) implements ExpandingTask<Upload2> {
        public List<Task> requires() {
            return List.of(new Stations(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/loop/{year}.json", this);
        }

        public Class<Upload2> itemClass() {
            return Upload2.class;
        }

        public Stream<Upload2> expand(TaskRun run) {
            return Stream.empty();
        }
    }

    @Test
    void the_class_of_the_items_is_checked_like_every_other() {
        assertThat(Made.codes(Everything.class)).containsExactly("TSK001", "TSK020");
        assertThat(Made.codes(Loop.class)).containsExactly("TSK001", "TSK007");
    }
}
