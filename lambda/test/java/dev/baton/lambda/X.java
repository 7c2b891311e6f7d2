package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.CompiledFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardsTest {
    @Test
    void few_functions_lie_in_one_stack() {
        assertThat(Shards.of(functions(60)).keySet()).containsExactly("Tasks");
    }

    @Test
    void no_stack_has_more_than_sixty_and_every_function_is_in_one() {
        for (var count : List.of(61, 200, 1_000, 1_500)) {
            var shards = Shards.of(functions(count));
            assertThat(shards.values()).allSatisfy(shard -> assertThat(shard).hasSizeLessThanOrEqualTo(Shards.MOST));
            assertThat(shards.values().stream().mapToInt(List::size).sum()).isEqualTo(count);
            // Spread well: no more than three times as many as would do.
            assertThat(shards.size()).isLessThanOrEqualTo(3 * (count + Shards.MOST - 1) / Shards.MOST);
        }
    }

    @Test
    void another_function_moves_none_until_a_stack_is_full() {
        var moves = 0;
        for (var count = 61; count < 400; count++) {
            var before = places(count);
            var after = places(count + 1);
            if (before.entrySet().stream().anyMatch(place -> !place.getValue().equals(after.get(place.getKey())))) {
                moves++;
            }
        }
        assertThat(moves).isLessThanOrEqualTo(3);
    }

    private static Map<String, String> places(int count) {
        var places = new LinkedHashMap<String, String>();
        Shards.of(functions(count))
                .forEach((shard, functions) -> functions.forEach(function -> places.put(function.name(), shard)));
        return places;
    }

    private static List<CompiledFunction> functions(int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> new CompiledFunction(
                        "baton-many-Task" + i,
                        CompiledFunction.Kind.TASK,
                        Optional.empty(),
                        "baton-many-Task" + i + "-runner",
                        "Task" + i + "Version",
                        new LinkedHashMap<>(),
                        512,
                        60,
                        Optional.empty()))
                .toList());
    }
}
