package dev.baton.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.http.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A list read part by part is read whole, whatever comes and goes meanwhile.
class PaginationTest {
    private static final Pagination PAGES =
            new Pagination("Max", "Token", "Next", 3, () -> new AwsError(400, "InvalidToken", "no token of ours"));

    private static Pagination.Page<String> page(List<String> all, @Nullable String token, @Nullable Integer size) {
        var input = new LinkedHashMap<String, Object>();
        if (token != null) {
            input.put("Token", token);
        }
        if (size != null) {
            input.put("Max", (long) size);
        }
        return PAGES.page(new ApiInput(input), all, Function.identity());
    }

    private static List<String> rest(List<String> all, @Nullable String token) {
        var told = new ArrayList<String>();
        for (var next = token; next != null; ) {
            var page = page(all, next, null);
            told.addAll(page.items());
            next = page.next();
        }
        return told;
    }

    @Test
    void there_are_as_many_as_asked_for_and_a_token_while_more_follow() {
        var all = List.of("a", "b", "c", "d");
        assertThat(page(all, null, null).items()).containsExactly("a", "b", "c");
        assertThat(page(all, null, 0).items()).hasSize(3);
        assertThat(page(all, null, 4).next()).isNull();
        assertThat(page(all, page(all, null, 2).next(), 2)).isEqualTo(new Pagination.Page<>(List.of("c", "d"), null));
        assertThat(PAGES.answer(new ApiInput(Map.of("Max", 1L)), "List", all, Function.identity(), String::length))
                .containsEntry("List", List.of(1))
                .containsKey("Next");
    }

    @Test
    void what_was_told_may_go_and_what_was_not_may_come() {
        var token = page(List.of("b", "c", "d", "e"), null, 2).next();
        assertThat(rest(List.of("d", "e"), token)).containsExactly("d", "e");
        assertThat(rest(List.of("c", "d", "e"), token)).containsExactly("d", "e");
        assertThat(rest(List.of("a", "b", "bb", "c", "d", "e"), token)).containsExactly("d", "e");
        assertThat(rest(List.of("a", "b", "d", "e"), token)).containsExactly("d", "e");
    }

    @Test
    void a_list_in_another_order_goes_on_behind_the_same_item_or_at_its_place() {
        var token = page(List.of("z", "y", "x", "w"), null, 2).next();
        assertThat(rest(List.of("zz", "z", "y", "x", "w"), token)).containsExactly("x", "w");
        assertThat(rest(List.of("z", "zy", "x", "w"), token)).containsExactly("x", "w");
        assertThat(rest(List.of("zz", "z"), token)).isEmpty();
    }

    @Test
    void a_token_of_somebody_else_is_refused() {
        for (var token : List.of("%", "", "bm9uZQ", "OmE", "LTE6YQ")) {
            assertThatThrownBy(() -> page(List.of("a"), token, null)).as(token).hasMessage("no token of ours");
        }
    }
}
