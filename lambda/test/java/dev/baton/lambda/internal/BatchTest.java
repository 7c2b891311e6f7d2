package dev.baton.lambda.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    @Test
    void all_are_tried_and_the_first_failure_is_thrown() {
        var tried = new ArrayList<Integer>();
        assertThatThrownBy(() -> Batch.all(List.of(1, 2, 3, 4), item -> {
                    tried.add(item);
                    if (item % 2 == 0) {
                        throw new IllegalStateException("no " + item);
                    }
                    return List.of(item);
                }))
                .hasMessage("no 2")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(tried).containsExactly(1, 2, 3, 4);
    }

    @Test
    void one_failure_thrown_twice_is_thrown_once() {
        var failure = new IllegalStateException("no");
        assertThatThrownBy(() -> Batch.all(List.of(1, 2), item -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void the_results_stay_in_order() {
        assertThat(Batch.all(List.of(1, 2), item -> List.of(item, -item))).containsExactly(1, -1, 2, -2);
    }
}
