package dev.baton.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "same, same, 0", "ab, ba, 2"})
    void a_distance_counts_letters_put_in_taken_out_or_changed(String one, String other, int letters) {
        assertThat(NearestName.distance(one, other)).isEqualTo(letters);
        assertThat(NearestName.distance(other, one)).isEqualTo(letters);
    }

    @Test
    void the_nearest_of_several_is_meant() {
        assertThat(NearestName.to("Nexxt", List.of("Default", "Text", "Next"))).contains("Next");
    }

    @Test
    void what_differs_by_more_is_not_meant() {
        assertThat(NearestName.to("Charge", List.of("Ship", "Refund"))).isEmpty();
        assertThat(NearestName.to("if", List.of("of", "is"))).isEmpty();
    }

    @Test
    void among_too_many_names_none_is_looked_for() {
        var names = Collections.nCopies(51, "Charge");
        assertThat(NearestName.to("Chargo", names)).isEmpty();
        assertThat(NearestName.to("Chargo", names, names.size())).contains("Charge");
    }
}
