package dev.baton.task.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.task.ExternalTask;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which tasks are the same.
class TaskMapTest {
    record Tile(int x, String layer) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/tiles/{x}/{layer}", this);
        }
    }

    record Other(int x, String layer) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/others/{x}/{layer}", this);
        }
    }

    record Odd(int x) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/odd/{x}", this);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Odd;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void are_those_of_one_class_with_equal_parameters() {
        var map = new TaskMap<String>();
        map.put(new Tile(1, "a"), "first");
        assertThat(map.get(new Tile(1, new String("a")))).isEqualTo("first");
        assertThat(map.get(new Tile(2, "a"))).isNull();
        assertThat(map.get(new Tile(1, "b"))).isNull();
        assertThat(map.get(new Other(1, "a"))).isNull();
        assertThat(map).containsKey(new Tile(1, "a")).doesNotContainKey(new Other(1, "a"));
    }

    @Test
    void whatever_their_own_equals_says() {
        var map = new TaskMap<String>();
        map.put(new Odd(1), "one");
        map.put(new Odd(2), "two");
        assertThat(map).hasSize(2);
        assertThat(map.get(new Odd(2))).isEqualTo("two");
        assertThat(TaskKey.same(new Odd(1), new Odd(2))).isFalse();
    }

    @Test
    void keep_their_order_and_the_first_of_them() {
        var map = new TaskMap<Integer>();
        var first = new Tile(9, "z");
        map.put(first, 1);
        map.put(new Tile(1, "a"), 2);
        assertThat(map.put(new Tile(9, "z"), 3)).isEqualTo(1);
        assertThat(map.values()).containsExactly(3, 2);
        assertThat(map.keySet().iterator().next()).isSameAs(first);
        assertThat(map.merge(new Tile(1, "a"), 5, Integer::sum)).isEqualTo(7);
        assertThat(map.keySet())
                .extracting(Task::toString)
                .isEqualTo(List.of(first.toString(), new Tile(1, "a").toString()));
    }

    @Test
    void are_records() {
        var map = new TaskMap<Integer>();
        Task none = new ExternalTask() {
            public Target output() {
                throw new UnsupportedOperationException();
            }
        };
        assertThat(map.get(none)).isNull();
        assertThat(map.get("text")).isNull();
        assertThatThrownBy(() -> map.put(none, 1)).isInstanceOf(ClassCastException.class);
    }
}
