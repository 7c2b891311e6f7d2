package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeNamesTest {

    @Intent("raw")
    record Raw(YearMonth month) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/raw/{month}", this);
        }
    }

    @Intent("this month and the last")
    record Report(YearMonth month) implements Made {
        public List<Task> requires() {
            return List.of(new Raw(month), new Raw(month.minusMonths(1)), new Raw(YearMonth.of(1999, 12)));
        }

        public Target output() {
            return S3Target.at("s3://lake/report/{month}", this);
        }
    }

    @Test
    void a_name_says_the_constants_and_the_shift() {
        assertThat(Made.ids(Report.class)).containsExactly("Raw", "Raw 1999-12", "Raw month-1", "Report");
    }

    @Intent("a day")
    record Day(LocalDate day) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/day/{day}", this);
        }
    }

    @Intent("from and to")
    record Span(LocalDate from, LocalDate to) implements Made {
        public List<Task> requires() {
            return List.of(new Day(from), new Day(to), new Day(to.plusDays(1)));
        }

        public Target output() {
            return S3Target.at("s3://lake/span/{from}/{to}", this);
        }
    }

    @Test
    void a_name_says_which_of_two_root_parameters_is_meant() {
        assertThat(Made.ids(Span.class)).containsExactly("Day from", "Day to", "Day to+1", "Span");
    }

    @Intent("days of a month")
    record Days(YearMonth month) implements Made {
        public List<Task> requires() {
            return List.of(new Day(month.atDay(1)), new Day(month.atDay(15)), new Day(month.atDay(28)));
        }

        public Target output() {
            return S3Target.at("s3://lake/days/{month}", this);
        }
    }

    @Test
    void a_name_counts_from_where_a_coarser_part_of_the_calendar_begins() {
        assertThat(Made.ids(Days.class)).containsExactly("Day", "Day month+14", "Day month+27", "Days");
    }

    @Intent("a long name")
    record Long(
            @Pattern(
                    value = "[a-z]+",
                    samples = {"a", "b"})
            String name,

            YearMonth month)
            implements Made {
        public Target output() {
            return S3Target.at("s3://lake/long/{name}/{month}", this);
        }
    }

    @Intent("two long names that begin alike")
    record Longs(YearMonth month) implements Made {
        public List<Task> requires() {
            return List.of(new Long("a".repeat(100) + "b", month), new Long("a".repeat(100) + "c", month));
        }

        public Target output() {
            return S3Target.at("s3://lake/longs/{month}", this);
        }
    }

    @Test
    void a_name_of_more_than_80_characters_is_cut_and_told_apart_by_a_hash() {
        assertThat(Made.ids(Longs.class)).hasSize(3).doesNotHaveDuplicates().allMatch(id -> id.length() <= 80);
        assertThat(Made.ids(Longs.class).getFirst()).matches("Long a{66}-[0-9a-f]{8}");
    }

    static final class Other {
        @Intent("raw too")
        record Raw(YearMonth month) implements Made {
            public Target output() {
                return S3Target.at("s3://lake/other/{month}", this);
            }
        }
    }

    @Intent("two classes of one simple name")
    record Mixed(YearMonth month) implements Made {
        public List<Task> requires() {
            return List.of(new Raw(month), new Other.Raw(month));
        }

        public Target output() {
            return S3Target.at("s3://lake/mixed/{month}", this);
        }
    }

    @Test
    void classes_of_one_simple_name_are_told_apart_by_their_package() {
        assertThat(Made.ids(Mixed.class))
                .containsExactly(
                        "Mixed", "dev.baton.graph.NodeNamesTest.Other.Raw", "dev.baton.graph.NodeNamesTest.Raw");
    }

    @Intent("a set of tasks in an order that changes, and of which some come and go between builds")
    record Changing(YearMonth month) implements Made {
        private static Random order = new Random(1);
        private static int left;

        public List<Task> requires() {
            var tasks = new ArrayList<Task>();
            for (var i = left; i < 12; i++) {
                tasks.add(new Raw(month.minusMonths(i)));
                tasks.add(new Raw(YearMonth.of(1990, i + 1)));
            }
            Collections.shuffle(tasks, order);
            return tasks;
        }

        public Target output() {
            return S3Target.at("s3://lake/changing/{month}", this);
        }
    }

    @Test
    void neither_order_nor_new_neighbours_rename_a_node() {
        Changing.left = 0;
        var all = shape();
        for (var seed = 0; seed < 20; seed++) {
            Changing.order = new Random(seed);
            assertThat(shape()).as("seed %d", seed).isEqualTo(all);
        }
        Changing.left = 5;
        var fewer = shape();
        assertThat(fewer).hasSize(15);
        assertThat(new HashSet<>(all)).containsAll(fewer);
    }

    private static List<String> shape() {
        // The class scan would refuse the shuffling, so the check is left out here.
        var graph = CheckedGraph.ofCompiled(Pipeline.of("p", Changing.class)).orThrow();
        return graph.nodes().stream().map(TaskNode::id).toList();
    }
}
