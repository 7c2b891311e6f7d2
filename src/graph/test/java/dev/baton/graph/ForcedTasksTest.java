package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.run.Force;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.Year;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForcedTasksTest {
    enum City {
        OSLO,
        ROME
    }

    @Intent("a part of one city")
    record Part(Year year, City city) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/part/{city}/{year}", this);
        }
    }

    @Intent("every part")
    record Whole(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Part(year, City.OSLO), new Part(year, City.ROME), new ExpansionTest.EveryStation(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/whole/{year}", this);
        }
    }

    private static final TaskGraph GRAPH =
            CheckedGraph.of(Pipeline.of("p", Whole.class)).orThrow();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Part            | Part oslo, Part rome                      |
                    Part oslo       | Part oslo                                 |
                    Part oslo+      | Part oslo, Whole                          |
                    Whole,Part rome | Part rome, Whole                          |
                    EveryStation    | EveryStation                              | EveryStation
                    Station         | ''                                        | EveryStation
                    Station+        | EveryStation, Whole                       | EveryStation
                    Stations+       | EveryStation, Whole                       | EveryStation
                    all             | EveryStation, Part oslo, Part rome, Whole | EveryStation
                    """)
    void a_word_means_tasks_and_what_follows_them(String words, String tasks, String items) {
        var forced = ForcedTasks.of(GRAPH, new Force(List.of(words.split(",")), "user/ada"));
        assertThat(GRAPH.nodes().stream()
                        .filter(node -> !node.external() && forced.contains(node))
                        .map(TaskNode::id)
                        .collect(Collectors.joining(", ")))
                .isEqualTo(tasks);
        assertThat(GRAPH.nodes().stream()
                        .filter(node -> node.items().isPresent() && forced.containsItems(node))
                        .map(TaskNode::id)
                        .collect(Collectors.joining(", ")))
                .isEqualTo(items == null ? "" : items);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Wohle     | RUN043 | did you mean Whole?
                    Wohle+    | RUN043 | it has EveryStation, Station, Part, Whole
                    Stations  | RUN044 | force what reads it with Stations+
                    """)
    void what_is_no_task_or_none_of_the_pipelines_own_is_told(String word, String code, String sentence) {
        assertThatThrownBy(() -> ForcedTasks.of(GRAPH, new Force(List.of(word), "user/ada")))
                .hasMessageContaining(code)
                .hasMessageContaining(sentence);
    }

    @Test
    void a_full_name_is_a_name_too() {
        assertThat(ForcedTasks.of(GRAPH, new Force(List.of(Whole.class.getName()), "user/ada"))
                        .contains(GRAPH.root()))
                .isTrue();
    }
}
