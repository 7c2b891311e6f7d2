package dev.baton.compiler.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.Declarations.Retrying;
import org.junit.jupiter.api.Test;

class StateSpecTest {
    private static final StateSpec ONE = new StateSpec("Tile", "Tile", "A tile", "function", 60, Retrying.DEFAULT);

    @Test
    void in_a_crowd_it_may_have_to_wait_until_it_is_its_turn() {
        var alone = ONE.worstSeconds();

        assertThat(ONE.in(new StateSpec.Crowd("TileConcurrency", 44)).worstSeconds())
                .isEqualTo(44 * alone);
        assertThat(ONE.in(new StateSpec.Crowd("TileConcurrency", 1_000)).worstSeconds())
                .isEqualTo(100 * alone);
    }
}
